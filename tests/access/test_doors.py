"""The server does not start with an address open to all, nor with an admin past the gate."""

from django.contrib import admin
from django.http import HttpResponse
from django.urls import include, path
from rest_framework.permissions import AllowAny
from rest_framework.views import APIView

from cases.access.doors import check_addresses, guarded
from cases.admin.checks import check_admins
from cases.api.permissions import SignedIn
from cases.models import Note


class Open(APIView):
    permission_classes = (AllowAny,)


class Asking(APIView):
    permission_classes = (SignedIn,)


def show(_request):
    return HttpResponse()


inner = ([path("show/", show, name="show")], "inner")
urlpatterns = [
    path("open/", Open.as_view(), name="open"),
    path("asking/", Asking.as_view(), name="asking"),
    path("page/", guarded(lambda _request: HttpResponse()), name="page"),
    path("nameless/", show),
    path("inner/", include(inner)),
    path("", show, name="home"),
]


def test_all_addresses_and_admins_of_ours_are_guarded():
    assert check_addresses() == []
    assert check_admins() == []


def test_an_address_that_asks_nobody_who_they_are_is_an_error(settings):
    settings.ROOT_URLCONF = __name__

    faults = check_addresses()

    assert {fault.id for fault in faults} == {"cases.E006"}
    assert [fault.msg.removeprefix("Anybody may open the address ") for fault in faults] == [
        "open.",
        "nameless/.",
        "inner:show.",
    ]


def test_an_admin_that_is_not_gated_is_an_error(monkeypatch):
    site = admin.AdminSite()
    site.register(Note)
    monkeypatch.setattr(admin, "site", site)

    (fault,) = check_admins()

    assert (fault.id, fault.msg) == ("cases.E007", "The admin of cases.Note is not gated.")
