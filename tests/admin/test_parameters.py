"""Addresses of the admin that nobody but an attacker writes: refused or ignored, never a fault."""

import re

import pytest
from django.contrib import admin

from cases import models as m
from cases.vocabulary.organisations import Role
from tests.admin.samples import ADMINS, f, made, url
from tests.matrices import exhaustively

pytestmark = pytest.mark.django_db
LONG = "9" * 30
BAD = [
    f"p={LONG}", "p=-1", "p=abc", "p=%00", "p=", "p=٣",
    f"o={LONG}", "o=-1.2.-3", "o=%00", "o=.", "o=" + "1." * 900, "o=name",
    "q=%00", "q=%", "q=_", "q='\"\\", "q=" + "x" * 1900, "q=%ED%A0%80", "q=%FF", "q=(((",
    "q=%E2%80%AE",
    f"id__in={LONG}", "id__in=" + ",".join("1" * 400), "pk__in=%00", "id=%00", f"version={LONG}",
    "organisation=x", "organisation__key__startswith=a", "recorded_by__password__startswith=p",
    f"recorded_at__year={LONG}", "recorded_at__year=-1",
    "recorded_at__gte=9999-12-31T23:59:59-12:00",
    "recorded_at__regex=(a%2B)%2B%24", "nonsense=1", "_connector=OR", "_negated=1", "__proto__=1",
    "_facets=1", "_facets=%00", "_facets", "_popup=1", "_popup=%00", "_to_field=password",
    "_to_field=id", "_to_field=%00", "_changelist_filters=q%3D%2500", "_changelist_filters=%00",
    "e=1", "all=1", "all=", "action=delete_selected", "individual__id__exact=%00",
    f"individual__id__exact={LONG}", "individual=x", "state__exact=%00", "state__isnull=x",
    "mine=%00", "due=%00", "kind__exact=" + "x" * 1900, "is_active__exact=9", "language_tag=%00",
]  # fmt: skip
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')


@pytest.mark.parametrize("model", exhaustively(ADMINS, {m.Individual, m.AuditEntry}), ids=str)
def test_no_parameter_breaks_a_list(model, client_of):
    administered = model in {m.User, m.Organisation}
    role = Role.ADMINISTRATOR if administered else Role.SUPERVISOR
    client = client_of(Role.AUDITOR if model is m.AuditEntry else role)
    rows = model._base_manager.exclude(**refusals(model)).count()

    for query in BAD:
        answer = client.get(f"{url(model)}?{query}")
        assert answer.status_code in {200, 302, 400, 403}, query
        if answer.status_code == 302:
            assert answer["Location"].endswith("?e=1"), query
    assert model._base_manager.exclude(**refusals(model)).count() == rows


def test_no_filter_passes_a_null_character_on(client_of):
    """PostgreSQL stops at one; without a check it was a fault of ours."""
    clients = {role: client_of(role) for role in (Role.SUPERVISOR, Role.AUDITOR)}
    tried = 0
    for model, model_admin in ((model, admin.site.get_model_admin(model)) for model in ADMINS):
        client = clients[Role.AUDITOR if model is m.AuditEntry else Role.SUPERVISOR]
        for name in (name for name in model_admin.list_filter if isinstance(name, str)):
            for look_up in (name, f"{name}__exact"):
                answer = client.get(f"{url(model)}?{look_up}=a%00b")
                assert answer.status_code in {400, 403}, (model, look_up)
                tried += 1
    assert tried > 40


def refusals(model):
    """Tell the entries of what was refused just now from all other rows."""
    return {"outcome": "refused"} if model is m.AuditEntry else {"pk": None}


@pytest.mark.parametrize("model", exhaustively(ADMINS, {m.Task}), ids=str)
def test_no_parameter_breaks_a_form(model, client_of):
    client = client_of(Role.ADMINISTRATOR if model in {m.User, m.Organisation} else Role.SUPERVISOR)
    own = {} if model in {m.User, m.Organisation, m.AuditEntry} else {
        "organisation": client.user.organisation
    }  # fmt: skip
    row = made(model, **own) if model is not m.AuditEntry else None
    forms = [url(model, "add"), *([url(model, "change", row.pk)] if row else [])]

    for query in BAD:
        for form in forms:
            answer = client.get(f"{form}?{query}")
            assert answer.status_code in {200, 302, 400, 403, 404}, (form, query)


@pytest.mark.parametrize(
    "path",
    [
        "/admin/cases/individual/%00/change/",
        "/admin/cases/individual/_00_3A/change/",
        f"/admin/cases/individual/{LONG}/",
        "/admin/cases/individual/../../../etc/passwd",
        "/admin/cases/nonsense/",
        "/admin/r/1/1/",
        "/admin/find/?find=%00",
        "/admin/find/?find=" + "x" * 1900,
        "/admin/find/?find=%ED%A0%80",
        "/admin/login/?next=//evil.example",
        "/admin/autocomplete/?app_label=cases&model_name=individual&field_name=password&term=a",
        "/admin/autocomplete/?app_label=auth&model_name=user&field_name=id&term=%00",
        "/admin/autocomplete/?app_label=cases&model_name=task&field_name=individual&term=%00&page=x",
        f"/admin/autocomplete/?app_label=cases&model_name=task&field_name=individual&page={LONG}",
        "/admin/autocomplete/",
        "/admin/jsi18n/?language=%00",
        "/.git/config",
        "/.env",
        "/metrics",
        "/static/%2e%2e/%2e%2e/manage.py",
    ],
)
def test_no_address_breaks_the_site(path, client_of):
    answer = client_of(Role.SUPERVISOR).get(path)

    assert answer.status_code in {200, 302, 301, 400, 403, 404}, path
    assert "evil" not in answer.get("Location", "")
    assert b"Traceback" not in answer.content


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
@pytest.mark.parametrize(
    "path", ["/admin/", "/admin/cases/individual/", "/dashboard/", "/health/live/"]
)
def test_pages_are_read_and_sent_and_nothing_else(path, method, client_of):
    answer = getattr(client_of(Role.SUPERVISOR), method)(path)

    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD, POST"


@pytest.mark.parametrize(
    "header", ["X-HTTP-Method-Override", "X-Method-Override", "X-HTTP-Method", "X-Forwarded-Host",
               "X-Original-URL", "X-Rewrite-URL", "X-Forwarded-User", "Remote-User"]
)  # fmt: skip
def test_no_header_changes_what_a_request_is(header, client_of):
    client = client_of(Role.SUPERVISOR)
    person = f.IndividualFactory(organisation=client.user.organisation)
    address = url(m.Individual, "page", person.pk)
    plain = client.get(address)

    answer = client.get(address, headers={header: "DELETE"})

    assert TOKEN.sub(b"", answer.content) == TOKEN.sub(b"", plain.content)
