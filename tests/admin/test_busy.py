"""A busy database is answered with a page that says so."""

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpResponse
from django.template.response import SimpleTemplateResponse
from django.test import RequestFactory

from cases.actions import attempts
from cases.admin import busy, work
from cases.vocabulary.organisations import Role


def broken(*_args, **_kwargs):
    raise OperationalError("database is locked")


def assert_busy(response):
    assert response.status_code == 503
    assert response["Retry-After"] == "5"
    assert "It is not known whether what you sent was written" in response.content.decode()


@pytest.mark.django_db
def test_a_page_of_the_admin_says_that_it_is_busy(client_of, monkeypatch):
    monkeypatch.setattr(work, "waiting", broken)

    assert_busy(client_of().get("/admin/"))


@pytest.mark.django_db
def test_a_fault_anywhere_else_is_told_apart(client_of, monkeypatch):
    client = client_of(Role.MANAGER)
    client.raise_request_exception = False
    monkeypatch.setattr(connection, "ensure_connection", broken)

    assert_busy(client.get("/dashboard/"))


def test_one_that_lost_for_sure_says_that_nothing_was_written(monkeypatch):
    monkeypatch.setattr(attempts, "is_busy", lambda _fault: True)
    monkeypatch.setattr(attempts, "ATTEMPTS", 1)

    response = busy.patient(broken)(RequestFactory().get("/"))

    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert "Nothing was written" in response.content.decode()


def test_a_view_that_lost_is_tried_again_and_rendered_each_time(monkeypatch):
    monkeypatch.setattr(attempts, "is_busy", lambda _fault: True)
    monkeypatch.setattr("time.sleep", lambda _seconds: None)
    tries = []

    @busy.patient
    def view(request):
        tries.append(request)
        if len(tries) < 3:
            broken()
        return HttpResponse("done")

    assert view(RequestFactory().get("/")).content == b"done"
    assert len(tries) == 3


@pytest.mark.parametrize("fault", [OperationalError, InterfaceError])
def test_a_template_that_asks_the_database_is_answered_too(fault):
    class Lazy(SimpleTemplateResponse):
        @property
        def rendered_content(self):
            raise fault

    @busy.patient
    def view(_request):
        return Lazy("admin/busy.html")

    assert_busy(view(RequestFactory().get("/")))


def test_a_fault_of_ours_stays_one():
    request = RequestFactory().get("/")
    try:
        int("x")
    except ValueError:
        assert busy.fault(request).status_code == 500
    try:
        broken()
    except OperationalError:
        assert_busy(busy.fault(request))
