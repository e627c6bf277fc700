"""Batches, routes, talks and reports."""

from typing import Any

import pytest

from cases.access.gate import System, acting_as
from cases.actions import batches, bodies, negotiations, places, reports, routes
from cases.actions.recording import Conflict
from cases.models import (
    BatchSlot,
    Body,
    Mediation,
    RepatriationBatch,
    RouteLeg,
    Speaker,
    Statement,
)
from cases.vocabulary.batches import BatchStatus
from cases.vocabulary.organisations import Role
from tests.factories import (
    BatchSlotFactory,
    BodyFactory,
    IndividualFactory,
    MediationFactory,
    OfficialFactory,
    PlaceFactory,
    RepatriationBatchFactory,
    StatementFactory,
)
from tests.refusals import sentence_of

pytestmark = pytest.mark.django_db
BATCH: dict[str, Any] = {"code": "K-1", "title": "First", "kind": "negotiated"}


@pytest.fixture
def worker(as_actor):
    with as_actor(Role.CASEWORKER, is_movement_cell=True) as actor:
        yield actor


def test_a_batch_is_announced_with_unnamed_slots(worker):
    batch = batches.announce(by=worker, slots=3, **BATCH)

    assert [slot.number for slot in batch.slots.order_by("number")] == [1, 2, 3]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"slots": 501}, "A batch has from 0 to 500 slots."),
        ({"status": "departed"}, "A batch cannot begin as “Departed”."),
        ({"status": "lost"}, "“lost” is not a status of a batch."),
    ],
)
def test_a_refused_batch_is_not_written(worker, fields, said):
    assert sentence_of(batches.announce, by=worker, **BATCH, **fields).startswith(said)
    assert not RepatriationBatch.objects.exists()


def test_a_batch_moves_on_and_is_not_moved_by_editing(worker):
    batch = batches.announce(by=worker, **BATCH)

    step = batches.move(batch, by=worker, version=1, to_status=BatchStatus.AGREED)

    batch.refresh_from_db()
    assert (batch.status, batch.version) == (BatchStatus.AGREED, 2)
    assert (step.from_status, step.to_status) == (BatchStatus.PROPOSED, BatchStatus.AGREED)
    assert "moved on by a transition" in sentence_of(
        batches.amend, batch, by=worker, version=2, status="departed"
    )
    assert "is not a status of a batch" in sentence_of(
        batches.move, batch, by=worker, version=2, to_status="lost"
    )


def test_a_slot_is_bound_and_unbound_without_changing_the_total(worker):
    batch = batches.announce(by=worker, slots=1, **BATCH)
    slot, person = batch.slots.get(), IndividualFactory()

    batches.bind(slot, by=worker, version=1, individual=person)
    with pytest.raises(Conflict, match="Unbind it first"):
        batches.bind(slot, by=worker, version=2, individual=IndividualFactory())
    batches.unbind(slot, by=worker, version=2)
    batches.amend_slot(slot, by=worker, version=3, age_class="child")

    assert batch.slots.get().individual is None


def test_a_person_has_one_slot_in_a_batch(worker):
    batch = batches.announce(by=worker, slots=2, **BATCH)
    one, other = batch.slots.order_by("number")
    person = IndividualFactory()
    batches.bind(one, by=worker, version=1, individual=person)

    said = sentence_of(batches.bind, other, by=worker, version=1, individual=person)

    assert said.startswith("This person has a slot in the batch already.")


def test_a_slot_takes_the_next_number_also_after_slots_it_cannot_see(as_actor):
    with as_actor(Role.PARTNER) as partner:
        batch = batches.announce(by=partner, **BATCH)
        with acting_as(System("tests")):
            BatchSlotFactory(batch=batch, number=7)
        assert batches.add_slot(by=partner, batch=batch).number == 8
        assert batches.add_slot(by=partner, batch=batch, number=20).number == 20
    assert BatchSlot.objects.count() == 3


def test_a_mediator_is_credited_on_somebodys_word(worker):
    batch = batches.announce(by=worker, **BATCH)
    part = batches.credit(
        by=worker,
        batch=batch,
        body=BodyFactory(mediating=True),
        role="mediator",
        statement=StatementFactory(),
    )
    batches.amend_mediation(part, by=worker, version=1, role="facilitator")

    assert part.role == "facilitator"


@pytest.fixture
def via(worker):
    """A route of two legs: A → B → C."""
    a, b, c = (PlaceFactory(country=True, name=name) for name in "ABC")
    route = routes.add(by=worker, code="a-b-c", title="A → B → C")
    routes.add_leg(by=worker, route=route, from_place=a, to_place=b)
    routes.add_leg(by=worker, route=route, number=2, from_place=b, to_place=c)
    return route, (a, b, c)


def test_a_leg_joins_the_one_before(worker, via):
    route, (a, b, _c) = via

    said = sentence_of(routes.add_leg, by=worker, route=route, from_place=a, to_place=b)

    assert said.startswith("Leg 3 begins at A, but the leg before it ends at C.")
    assert "number 3" in sentence_of(
        routes.add_leg, by=worker, route=route, number=9, from_place=a, to_place=b
    )
    assert "cannot be null" in sentence_of(routes.add_leg, by=worker, route=route, to_place=b)
    assert RouteLeg.objects.count() == 2


def test_an_amended_leg_still_joins_both_neighbours(worker, via):
    route, (a, b, _c) = via
    first, second = route.legs.order_by("number")

    assert "Leg 2 begins at B" in sentence_of(
        routes.amend_leg, first, by=worker, version=1, to_place=a
    )
    assert "Leg 2 begins at A" in sentence_of(
        routes.amend_leg, second, by=worker, version=1, from_place=a
    )
    routes.amend_leg(first, by=worker, version=1, mode="rail", number=1, from_place=a, to_place=b)
    routes.amend_leg(second, by=worker, version=1, mode="rail")
    routes.amend(route, by=worker, version=1, title="The long way")
    assert set(route.legs.values_list("mode", flat=True)) == {"rail"}


def test_a_leg_keeps_its_number(worker, via):
    leg = via[0].legs.get(number=1)

    assert "keeps its route and its number" in sentence_of(
        routes.amend_leg, leg, by=worker, version=1, number=2
    )


def test_a_statement_is_made_with_its_speakers(worker):
    official, body = OfficialFactory(), BodyFactory()
    speakers = [{"official": official}, {"body": body}]

    made = reports.make_statement(
        by=worker, code="s-1", attribution="named", summary="Said.", speakers=speakers
    )
    reports.add_speaker(by=worker, statement=made, body=BodyFactory())
    last = Speaker.objects.get(official=official)
    reports.amend_speaker(last, by=worker, version=1, body=BodyFactory())

    assert Speaker.objects.count() == 3
    assert "has no speaker" in sentence_of(
        reports.amend_statement, made, by=worker, version=1, attribution="unattributed"
    )
    reports.amend_statement(made, by=worker, version=1, attribution="collective")
    reports.amend_statement(made, by=worker, version=2, summary="Said so.")


def test_a_named_statement_of_nobody_is_not_written(worker):
    assert "needs a speaker" in sentence_of(
        reports.make_statement, by=worker, code="s-1", attribution="named", summary="Said."
    )
    assert not Statement.objects.exists()


def test_a_report_is_recorded_flagged_and_cites(worker):
    report = reports.record(by=worker, code="SR-9", title="Ninth")
    flag = reports.flag(by=worker, report=report, kind="undated")
    citation = reports.cite(by=worker, report=report, statement=StatementFactory())

    reports.amend(report, by=worker, version=1, title="The ninth")
    reports.amend_flag(flag, by=worker, version=1, remarks="No day.")
    reports.amend_citation(citation, by=worker, version=1, locator="paragraph 3")

    assert "cites a statement" in sentence_of(reports.cite, by=worker, report=report)


def test_the_small_change_of_evidence(worker):
    place = places.add(by=worker, kind="settlement", name="Sudzha")
    places.amend(place, by=worker, version=1, national_scheme="OKTMO")
    name = places.add_name(by=worker, place=place, text="Суджа", language_tag="ru-Cyrl")
    places.amend_name(name, by=worker, version=1, kind="official")
    office = bodies.add(by=worker, name="Office", kind="ombudsman")
    bodies.amend(office, by=worker, version=1, mediates=True)
    title = bodies.add_name(by=worker, body=office, text="Ведомство", language_tag="ru-Cyrl")
    bodies.amend_name(title, by=worker, version=1, kind="official")
    official = bodies.add_official(by=worker, name="An Official")
    bodies.amend_official(official, by=worker, version=1, remarks="The elder.")
    spelt = bodies.name_official(
        by=worker, official=official, text="Ан Офишл", language_tag="ru-Cyrl"
    )
    bodies.amend_official_name(spelt, by=worker, version=1, kind="alias")
    tenure = bodies.add_tenure(by=worker, official=official, body=office, title="Head")
    bodies.amend_tenure(tenure, by=worker, version=1, title="Acting head")
    bodies.add_mediating(by=worker, name="Mediator", kind="humanitarian")
    talks = negotiations.add(by=worker, kind="corridor", title="Corridor", status="proposed")
    negotiations.amend(talks, by=worker, version=1, status="in_talks")
    stance = negotiations.take_position(
        by=worker, negotiation=talks, body=office, stance="hopes", statement=StatementFactory()
    )
    negotiations.amend_position(stance, by=worker, version=1, stance="agrees")

    assert Body.objects.filter(mediates=True).count() == 2
    assert str(tenure) == "Acting head, An Official"
    assert RepatriationBatchFactory().version == 1


def test_two_organisations_may_credit_one_body_on_one_word(organisation, other_organisation):
    first = MediationFactory(organisation=organisation)

    batches.credit(
        by=System("tests"), organisation=other_organisation, body=first.body, batch=first.batch,
        role=first.role, statement=first.statement,
    )  # fmt: skip

    assert Mediation.objects.count() == 2
