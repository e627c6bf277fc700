"""The page of a batch: the grid, the slots behind its numbers, and what is done in place."""

import pytest

from cases import models as m
from cases.vocabulary.organisations import Role
from tests.admin.samples import f

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client_of):
    return client_of(Role.CASEWORKER)


@pytest.fixture
def batch(client):
    """Three slots of a return that is over: a named child, somebody described, nobody."""
    batch = f.RepatriationBatchFactory(organisation=client.user.organisation, arrived=True)
    child = f.IndividualFactory(organisation=batch.organisation, identification="named")
    described = f.IndividualFactory(organisation=batch.organisation, identification="described")
    for person, age in ((child, "child"), (described, "adult"), (None, "child")):
        f.BatchSlotFactory(batch=batch, individual=person, age_class=age)
    f.BatchSlotFactory(batch=batch, individual=None, presence="no_show")
    return batch


def page(batch, query: str = "") -> str:
    return f"/admin/cases/repatriationbatch/{batch.pk}/{query}"


def numbers(client, address):
    return [line.slot.number for line in client.get(address).context["slots"]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?show=slots", [1, 2, 3]),
        ("?show=named", [1]),
        ("?show=described", [2]),
        ("?show=unnamed", [3]),
        ("?show=elsewhere", []),
        ("?show=slots&dimension=age&group=child", [1, 3]),
        ("?show=unnamed&dimension=age&group=child", [3]),
        ("", [1, 2, 3, 4]),
        ("?show=nonsense", [1, 2, 3, 4]),
        ("?show=slots&dimension=nonsense&group=child", [1, 2, 3, 4]),
    ],
)
def test_each_number_of_the_grid_leads_to_the_slots_it_counts(client, batch, query, expected):
    first = batch.slots.order_by("number").first().number
    assert [n - first + 1 for n in numbers(client, page(batch, query))] == expected


def test_the_grid_says_state_and_difference_in_words(client, batch):
    f.ReportedCountFactory(
        organisation=batch.organisation, batch=batch, stated_text="five", stated_value=5
    )
    shown = client.get(page(batch)).content.decode()
    assert "Short" in shown
    assert "2 slots too few" in shown


def test_a_slot_is_bound_and_unbound_in_place(client, batch):
    slot = batch.slots.get(individual=None, presence="planned")
    person = f.IndividualFactory(organisation=batch.organisation)
    opened = client.get(page(batch, f"?do=bind&slot={slot.pk}"))
    assert opened.context["opened_on"] == slot.pk

    done = client.post(
        page(batch, f"?do=bind&slot={slot.pk}"), {"version": 1, "individual": person.pk}
    )
    assert done["Location"] == page(batch, f"#slot-{slot.pk}")
    assert m.BatchSlot.objects.get(pk=slot.pk).individual_id == person.pk

    client.post(page(batch, f"?do=unbind&slot={slot.pk}"), {"version": 2})
    assert m.BatchSlot.objects.get(pk=slot.pk).individual_id is None


def test_somebody_in_another_batch_that_is_not_over_is_refused_in_place(client_of):
    client = client_of(Role.CASEWORKER, is_movement_cell=True)
    organisation = client.user.organisation
    person = f.IndividualFactory(organisation=organisation)
    f.BatchSlotFactory(
        batch=f.RepatriationBatchFactory(organisation=organisation), individual=person
    )
    batch = f.RepatriationBatchFactory(organisation=organisation)
    slot = f.BatchSlotFactory(batch=batch, individual=None)

    refused = client.post(
        page(batch, f"?do=bind&slot={slot.pk}"), {"version": 1, "individual": person.pk}
    )
    assert "in a batch that is not over" in refused.context["opened"].form.errors["individual"][0]
    assert m.BatchSlot.objects.get(pk=slot.pk).individual_id is None


def test_who_binds_second_is_told_so_in_place(client, batch):
    slot = batch.slots.get(individual=None, presence="planned")
    one, other = (f.IndividualFactory(organisation=batch.organisation) for _ in range(2))
    address = page(batch, f"?do=bind&slot={slot.pk}")
    client.post(address, {"version": 1, "individual": one.pk})

    late = client.post(address, {"version": 1, "individual": other.pk})
    assert late.status_code == 200
    assert late.context["opened_on"] == slot.pk
    assert "somebody else has saved this record" in late.content.decode()
    assert m.BatchSlot.objects.get(pk=slot.pk).individual_id == one.pk


def test_a_body_is_credited_in_place_on_somebodys_word(client, batch):
    body, statement = f.BodyFactory(), f.StatementFactory()
    form = client.get(page(batch, "?do=mediation")).context["opened"].form
    assert form.fields["batch"].widget.is_hidden

    data = {"batch": batch.pk, "body": body.pk, "role": "mediator", "statement": statement.pk}
    done = client.post(page(batch, "?do=mediation"), data)
    assert done["Location"] == page(batch, "#mediation")
    assert m.Mediation.objects.get().body_id == body.pk

    refused = client.post(page(batch, "?do=mediation"), data | {"statement": ""})
    assert "statement" in refused.context["opened"].form.errors


def test_a_headcount_and_a_slot_are_added_in_place(client, batch):
    data = {
        "batch": batch.pk, "statement": f.StatementFactory().pk, "stated_text": "3",
        "population": f.PopulationFactory().pk, "stated_value": 3, "qualifier": "exact",
        "measure": "flow_of_event", "unit": "person",
    }  # fmt: skip
    assert client.post(page(batch, "?do=headcount"), data).status_code == 302
    assert m.ReportedCount.objects.get().batch_id == batch.pk

    data = {"batch": batch.pk, "age_class": "unknown", "sex": "unknown", "presence": "planned"}
    assert client.post(page(batch, "?do=slots"), data).status_code == 302
    assert batch.slots.count() == 5


def test_the_way_is_drawn_and_said(client, batch):
    route = f.RouteFactory()
    one, two, three = (f.PlaceFactory(name=name) for name in ("Alpha", "Beta", "Gamma"))
    legs = ((one, two, "road", "transit", None),
            (two, three, "unknown", "destination", f.PlaceFactory(name="Delta")))  # fmt: skip
    for number, (begin, end, mode, role, border) in enumerate(legs, 1):
        f.RouteLegFactory(route=route, number=number, from_place=begin, to_place=end, mode=mode,
                          far_end_role=role, border_point=border)  # fmt: skip
    m.RepatriationBatch.objects.filter(pk=batch.pk).update(route=route)

    shown = client.get(page(batch)).context["way_in_words"]
    assert (
        shown == "From Alpha by road to Beta (transit); then across Delta to Gamma (destination)."
    )
    m.RepatriationBatch.objects.filter(pk=batch.pk).update(route=None)
    assert client.get(page(batch)).context["way_in_words"] == ""


@pytest.mark.parametrize("query", ["?do=nothing", "?do=bind", "?do=bind&slot=x"])
def test_there_is_no_other_form(client, batch, query):
    assert client.get(page(batch, query)).status_code == 404


def test_a_slot_of_another_batch_is_not_opened_here(client, batch):
    other = f.BatchSlotFactory(batch=f.RepatriationBatchFactory(arrived=True), individual=None)
    assert client.get(page(batch, f"?do=bind&slot={other.pk}")).status_code == 404


def test_another_organisation_opens_no_form(client_of, batch, other_organisation):
    m.RepatriationBatch.objects.filter(pk=batch.pk).update(is_published=True)
    other = client_of(Role.CASEWORKER, organisation=other_organisation)
    assert other.get(page(batch)).status_code == 200
    assert other.get(page(batch, "?do=mediation")).status_code == 403
