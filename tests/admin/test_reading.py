"""What each role meets in the admin, and at what cost."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases import models as m
from cases.admin.base import ActionAdmin
from cases.admin.reading import GatedAdmin
from cases.vocabulary.organisations import Role
from tests.admin.samples import ADMINS, f, made, url
from tests.matrices import by_turns

pytestmark = pytest.mark.django_db

STAFF = [role for role in Role if role != Role.PARTNER]
CASE_MODELS = (m.Individual, m.IndividualName, m.Contact, m.FamilyLink, m.StatusEvent, m.Task,
               m.Note, m.Assistance)  # fmt: skip


def test_every_model_is_registered_and_nothing_else_is():
    internal = {
        m.AuditHead, m.BulkItem, m.BulkRun, m.CaseSerial, m.CaseloadRelease, m.Change,
        m.DailySummary, m.ExportRun, m.Factor, m.FiguresTaken, m.FrozenPage, m.IdempotencyKey,
        m.ImportKey, m.ImportRow, m.ImportRun, m.LikelyPair, m.MergedRow, m.NameKey, m.NamePair,
        m.NameToken, m.PersonOffer, m.QueuedJob, m.RecoveryCode, m.SavedView, m.Session,
        m.SignInCount, m.WeeklySummary,
    }  # fmt: skip
    ours = {getattr(m, name) for name in m.__all__} - internal

    assert set(admin.site._registry) == ours


@pytest.mark.parametrize("model", ADMINS, ids=lambda model: model.__name__)
def test_every_admin_is_gated_and_saves_through_actions_only(model, rf):
    model_admin = ADMINS[model]

    assert isinstance(model_admin, GatedAdmin)
    assert not model_admin.list_editable
    assert not model_admin.inlines
    assert model_admin.actions is None
    assert model_admin.search_fields
    assert model_admin.list_filter or len(model_admin.list_display) <= 2
    if not isinstance(model_admin, ActionAdmin):
        assert not model_admin.has_add_permission(rf.get("/"))
        assert not model_admin.has_change_permission(rf.get("/"))


@pytest.mark.parametrize("model", ADMINS, ids=lambda model: model.__name__)
def test_every_field_of_a_form_has_help(model, client_of):
    administered = model in {m.User, m.Organisation}
    client = client_of(Role.ADMINISTRATOR if administered else Role.SUPERVISOR)
    response = client.get(url(model, "add"))
    if response.status_code == 403:
        return
    fields = response.context["adminform"].form.fields
    assert [name for name, field in fields.items() if not field.help_text] == []


@pytest.mark.parametrize(
    ("model", "role"),
    by_turns((model, role) for model in ADMINS for role in STAFF),
    ids=lambda one: getattr(one, "__name__", one),
)
def test_no_page_fails_for_any_role(model, role, client_of):
    client = client_of(role)
    row = made(model) if model is not m.AuditEntry else None
    addresses = [url(model), url(model, "add"), f"{url(model)}?q=Судж%00&o=99.-3",
                 f"{url(model)}?p={'9' * 30}&_popup=1"]  # fmt: skip
    if row is not None:
        addresses += [url(model, "change", row.pk), url(model, "page", row.pk)]
    for address in addresses:
        assert client.get(address).status_code in {200, 302, 403, 404}, address


def test_an_administrator_sees_no_cases(client_of):
    client = client_of(Role.ADMINISTRATOR)
    person = f.IndividualFactory(organisation=client.user.organisation)

    for model in CASE_MODELS:
        assert client.get(url(model)).status_code == 403
    assert client.get(url(m.Individual, "page", person.pk)).status_code == 403
    assert client.get("/admin/find/", {"find": person.case_number}).context["found"] == []


def test_an_auditor_changes_nothing(client_of):
    client = client_of(Role.AUDITOR)
    for model in ADMINS:
        assert client.get(url(model, "add")).status_code == 403
        assert client.post(url(model, "add"), {}).status_code == 403
    person = f.IndividualFactory(organisation=client.user.organisation)
    assert client.post(url(m.Individual, "change", person.pk), {}).status_code == 403


def test_a_manager_meets_no_name(client_of):
    client = client_of(Role.MANAGER)
    person = f.IndividualFactory(
        organisation=client.user.organisation, circumstances="Qzxwritten, one"
    )
    f.IndividualNameFactory(individual=person, text="Qzxwritten Two")
    f.NoteFactory(individual=person, text="Qzxwritten three")
    lists = [url(model) for model in (m.Individual, m.IndividualName, m.Note)]
    own = [url(m.Individual, kind, person.pk) for kind in ("page", "change")]
    sought = [f"{url(m.Individual)}?q=qzxname", "/admin/find/?find=qzxname"]
    addresses = [*lists, *own, *sought, "/admin/"]
    for address in addresses:
        page = client.get(address).content.decode().replace("qzxname", "")
        assert "Qzxwritten" not in page, address
    assert client.get(url(m.Individual) + "?q=qzxname").context["cl"].result_count == 0


def test_a_caseworker_finds_a_person_by_either_script(client_of):
    client = client_of(Role.CASEWORKER)
    person = f.IndividualFactory(organisation=client.user.organisation)
    f.IndividualNameFactory(individual=person, text="Дарья Щукина", language_tag="ru-Cyrl")

    for asked in ("Щукина", "щукина", "Shchukina", "darya"):
        found = client.get("/admin/find/", {"find": asked}).context["found"]
        assert found[0].title == "People", asked
        assert "Дарья Щукина" in found[0].hits[0].words
        assert asked.lower() in found[0].hits[0].why
        assert client.get(url(m.Individual), {"q": asked}).context["cl"].result_count == 1


@pytest.mark.parametrize("lookup", ["circumstances__startswith", "names__text__regex", "id__in"])
def test_a_list_is_narrowed_by_declared_filters_only(lookup, client_of):
    client = client_of(Role.CASEWORKER)

    assert client.get(url(m.Individual), {lookup: "a"}).status_code == 400


def test_nothing_is_deleted(client_of):
    client = client_of(Role.SUPERVISOR)
    report = f.SourceReportFactory(organisation=client.user.organisation)

    for address in ("delete/", "change/delete/"):
        path = f"/admin/cases/sourcereport/{report.pk}/{address}"
        assert client.post(path, {"post": "yes"}).status_code in {302, 404, 403}
    client.post(url(m.SourceReport), {"action": "delete_selected", "_selected_action": report.pk})
    assert m.SourceReport.objects.filter(pk=report.pk).exists()


def test_the_trail_of_a_record_is_for_those_who_read_the_trail(client_of):
    auditor = client_of(Role.AUDITOR)
    report = f.SourceReportFactory(organisation=auditor.user.organisation)
    address = f"/admin/cases/sourcereport/{report.pk}/history/"

    assert auditor.get(address).status_code == 200
    assert client_of(Role.CASEWORKER).get(address).status_code == 403


def queries(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


@pytest.mark.parametrize("model", ADMINS, ids=lambda model: model.__name__)
def test_a_list_costs_the_same_however_long(model, client_of):
    if model in {m.AuditEntry, m.Organisation}:
        return
    administered = model is m.User
    client = client_of(Role.ADMINISTRATOR if administered else Role.SUPERVISOR)
    made(model)
    few = queries(client, url(model))
    for _ in range(3):
        made(model)
    assert queries(client, url(model)) <= few + 1


def test_the_pages_cost_the_same_however_much_is_on_them(client_of):
    client = client_of(Role.SUPERVISOR)
    keeper = client.user.organisation
    report = f.SourceReportFactory(organisation=keeper)
    batch = f.RepatriationBatchFactory(organisation=keeper)
    person = f.IndividualFactory(organisation=keeper)

    def fill() -> None:
        citation = f.CitationFactory(report=report, organisation=keeper)
        f.ReportedCountFactory(statement=citation.statement, organisation=keeper, batch=batch)
        f.BatchSlotFactory(batch=batch, individual=f.IndividualFactory(organisation=keeper))
        f.MediationFactory(batch=batch, statement=citation.statement)
        f.StatusEventFactory(individual=person, statement=citation.statement)
        f.IndividualNameFactory(individual=person)
        f.FamilyLinkFactory(individual=person)
        f.TaskFactory(individual=person)
        f.NoteFactory(individual=person)
        f.AssistanceFactory(individual=person)

    fill()
    pages = [url(m.SourceReport, "page", report.pk), url(m.RepatriationBatch, "page", batch.pk),
             url(m.Individual, "page", person.pk), "/admin/"]  # fmt: skip
    before = [queries(client, page) for page in pages]
    for _ in range(3):
        fill()
    assert [queries(client, page) for page in pages] == before


@pytest.mark.parametrize("model", [m.RepatriationBatch, m.Place])
def test_what_answers_a_search_twice_is_listed_once(model, client_of):
    """A batch with two mediators, a place with two names: both are of one spelling."""
    place = f.PlaceFactory(name="Vzdornoye-on-the-Sudost")
    batch = f.RepatriationBatchFactory(title="By two bodies of one name")
    for number in range(2):
        f.PlaceNameFactory(place=place, text=f"Vzdornoye {number}")
        body = f.BodyFactory(name=f"Vzdornoye Committee {number}")
        f.BodyNameFactory(body=body, text=f"Vzdornoye Committee {number}")
        f.MediationFactory(batch=batch, body=body)

    page = client_of(Role.CASEWORKER).get(url(model), {"q": "Vzdornoye"})

    assert page.context["cl"].result_count == 1
    assert len(page.context["cl"].result_list) == 1
