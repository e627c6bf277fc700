"""Adding and changing through the admin is the action: audited, compared, refused in place."""

from typing import Any

import pytest

from cases import models as m
from cases.access.gate import System, acting_as
from cases.vocabulary.organisations import Role
from tests.admin.samples import ADDABLE, ADMINISTERED, AMENDABLE, f, made, posted, url, wanted

pytestmark = pytest.mark.django_db


def role_for(model: type) -> str:
    return Role.ADMINISTRATOR if model in ADMINISTERED else Role.SUPERVISOR


def trail() -> int:
    return m.AuditEntry.objects.count()


def form_of(response: Any) -> Any:
    return response.context["adminform"].form


@pytest.mark.parametrize("model", ADDABLE, ids=lambda model: model.__name__)
def test_adding_calls_the_action(model, client_of):
    client = client_of(role_for(model), is_cleared_for_restricted=True)
    row = made(model)
    form = form_of(client.get(url(model, "add")))
    data = wanted(row, form)
    if model is not m.Organisation:
        model.objects.filter(pk=row.pk).delete()
    rows, entries = model.objects.count(), trail()

    response = client.post(url(model, "add"), data)

    assert response.status_code == 302, form_of(response).errors
    assert model.objects.count() > rows
    assert trail() > entries


@pytest.mark.parametrize("model", AMENDABLE, ids=lambda model: model.__name__)
def test_changing_calls_the_action(model, client_of, organisation):
    client = client_of(role_for(model), is_cleared_for_restricted=True, is_movement_cell=True)
    row = client.user.organisation if model is m.Organisation else made(model)
    form = form_of(client.get(url(model, "change", row.pk)))
    name, value = a_change(form, row)
    entries = trail()

    response = client.post(url(model, "change", row.pk), posted(form) | {name: value})

    assert response.status_code == 302, form_of(response).errors
    fresh = model.objects.get(pk=row.pk)
    assert str(model._meta.get_field(name).value_from_object(fresh)) == str(value)
    assert fresh.version == row.version + 1
    assert trail() > entries


def a_change(form: Any, row: Any) -> tuple[str, Any]:
    """Pick a field that can take another value without breaking a rule."""
    texts = ("remarks", "summary", "title", "text", "definition", "method", "name", "rests_on")
    for name in texts:
        if name in form.fields:
            return name, "Changed"
    for name, value in {
        "locator": "paragraph 9",
        "days": 400,
        "version_text": "Changed",
        "priority": "urgent",
        "presence": "no_show",
        "collections": "places",
        "certainty": "confirmed",
        "border_point": None,
        "is_published": True,
    }.items():
        if name in form.fields and value is not None:
            return name, value
    if "body" in form.fields:
        return "body", f.BodyFactory(organisation=row.organisation).pk
    return "mode", "rail"


def test_a_stale_save_shows_both_values_and_writes_nothing(client_of):
    client = client_of(Role.CASEWORKER)
    report = f.SourceReportFactory(title="As it was")
    data = posted(form_of(client.get(url(m.SourceReport, "change", report.pk))))
    with acting_as(System("tests")):
        m.SourceReport.objects.filter(pk=report.pk).update(title="Theirs", version=2)

    response = client.post(
        url(m.SourceReport, "change", report.pk), data | {"title": "Mine", "remarks": "Typed"}
    )

    page = response.content.decode()
    assert response.status_code == 200
    assert "<td>Mine</td>" in page
    assert "<td>Theirs</td>" in page
    assert ">Typed</td>" in page
    assert m.SourceReport.objects.get(pk=report.pk).title == "Theirs"


def test_a_save_without_a_version_is_refused(client_of):
    client = client_of(Role.CASEWORKER)
    report = f.SourceReportFactory(title="As it was")
    data = posted(form_of(client.get(url(m.SourceReport, "change", report.pk))))
    del data["version"]

    response = client.post(url(m.SourceReport, "change", report.pk), data | {"title": "Mine"})

    assert "This form has lost its version" in response.content.decode()
    assert m.SourceReport.objects.get(pk=report.pk).title == "As it was"


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"national_code": "12"}, "national_scheme", "Say which scheme the national code is of."),
        ({"latitude": "12"}, "longitude", "Give both a latitude"),
        ({"valid_edtf": "last week"}, "valid_edtf", "is not a date we can read"),
    ],
)
def test_a_rule_stands_beside_its_field(client_of, given, field, sentence):
    client = client_of(Role.CASEWORKER)
    entries = trail()

    response = client.post(url(m.Place, "add"), {"name": "Sudzha", "kind": "settlement", **given})

    assert response.status_code == 200
    assert sentence in " ".join(form_of(response).errors[field])
    assert form_of(response)["name"].value() == "Sudzha"
    assert (m.Place.objects.count(), trail()) == (0, entries)


def test_a_rule_of_an_action_stands_above_the_form_where_it_has_no_field(client_of):
    client = client_of(Role.CASEWORKER)
    data = {"code": "s-1", "summary": "x", "attribution": "named", "channel": "unknown",
            "modality": "asserts"}  # fmt: skip

    response = client.post(url(m.Statement, "add"), data)

    assert "needs a speaker" in " ".join(form_of(response).non_field_errors())
    assert not m.Statement.objects.exists()


def test_an_address_taken_elsewhere_is_refused_not_a_fault(client_of, other_organisation):
    taken = f.UserFactory(organisation=other_organisation)
    client = client_of(Role.ADMINISTRATOR)

    response = client.post(
        url(m.User, "add"),
        {"email": taken.email.upper(), "role": "caseworker", "password": f.PASSWORD},
    )

    assert response.status_code == 200
    assert "email" in form_of(response).errors


def test_a_row_of_another_organisation_is_not_there(client_of, other_organisation):
    client = client_of(Role.SUPERVISOR)
    foreign = f.IndividualFactory(organisation=other_organisation)
    random = "7d2f3a54-8b1e-4c55-9d0b-1f1f8f6c1a11"

    for kind in ("change", "page"):
        assert client.get(url(m.Individual, kind, foreign.pk)).status_code == 404
        assert client.get(url(m.Individual, kind, random)).status_code == 404
    assert client.post(url(m.Individual, "change", foreign.pk), {}).status_code == 404


def test_a_foreign_or_broken_prefill_stays_blank(client_of, other_organisation):
    client = client_of(Role.SUPERVISOR)
    foreign = f.IndividualFactory(organisation=other_organisation)
    own = f.IndividualFactory(organisation=client.user.organisation)

    for given in (foreign.pk, "x", "\x00"):
        form = form_of(client.get(url(m.Note, "add"), {"individual": given}))
        assert not form["individual"].value()
    form = form_of(client.get(url(m.Note, "add"), {"individual": own.pk}))
    assert form["individual"].value() == str(own.pk)


def test_a_forged_foreign_key_is_refused(client_of, other_organisation):
    client = client_of(Role.SUPERVISOR)
    foreign = f.IndividualFactory(organisation=other_organisation)

    response = client.post(url(m.Note, "add"), {"individual": foreign.pk, "text": "x"})

    assert "individual" in form_of(response).errors
    assert not m.Note.objects.exists()


def test_a_report_kept_by_another_organisation_is_read_only(client_of, other_organisation):
    client = client_of(Role.SUPERVISOR)
    report = f.SourceReportFactory(organisation=other_organisation)

    assert client.get(url(m.SourceReport, "change", report.pk)).status_code == 200
    response = client.post(url(m.SourceReport, "change", report.pk), {"title": "x"})
    assert response.status_code == 403
