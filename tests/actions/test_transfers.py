"""A case passes to another organisation, whole, and neither side reaches into the other."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, models

from cases import clock
from cases.access.gate import System, acting_as
from cases.access.roles import Act
from cases.actions import individuals, recording, referrals
from cases.actions.recording import Conflict, NotYours
from cases.models import AuditEntry, Individual, Referral
from cases.queries.audit import rows as rows_of_the_trail
from cases.queries.consents import disclosures
from cases.queries.hanging import hanging_on_people
from cases.queries.reconciliation import of as reconciled
from cases.vocabulary.organisations import Role
from tests import factories
from tests.actions.referring import answer, asked
from tests.factories import (
    AnonymisationFactory,
    BatchSlotFactory,
    ContactFactory,
    FamilyLinkFactory,
    GrantFactory,
    IndividualFactory,
    OrganisationFactory,
    ReferralFactory,
    RepatriationBatchFactory,
    SpeakerFactory,
    TaskFactory,
)
from tests.refusals import sentence_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def theirs():
    return OrganisationFactory(other=True)


@pytest.fixture
def person(organisation):
    return IndividualFactory(circumstances="canarycircumstances77", child=True)


@pytest.fixture
def sender(actor_of, organisation):
    return actor_of(Role.SUPERVISOR)


@pytest.fixture
def receiver(actor_of, theirs):
    return actor_of(Role.SUPERVISOR, organisation=theirs)


def everything_on(person) -> list[Any]:
    """Hang a row of each kind on a person."""
    return [
        getattr(factories, f"{model.__name__}Factory")(individual=person)
        for model in hanging_on_people()
        if model.__name__ != "Anonymisation"
    ]


def test_on_acceptance_a_transfer_passes_the_case_and_all_that_hangs_on_it(
    sender, receiver, person, theirs, user_of
):
    rows = everything_on(person)
    contact = FamilyLinkFactory(individual=person, to_contact=True).contact
    TaskFactory(individual=person, batch=RepatriationBatchFactory(), assigned_to=user_of())
    shared = GrantFactory(individual=person, recipient__key="third", recipient__name="Third")
    other = ReferralFactory(individual=person, recipient=shared.recipient)
    number, before = person.case_number, IndividualFactory(organisation=theirs)
    request = asked(sender, person, theirs, kind="transfer")

    answer(referrals.accept, request, receiver)

    for row in (person, contact, shared, other, request, *rows):
        row.refresh_from_db()
    assert {row.organisation_id for row in (person, contact, *rows)} == {theirs.pk}
    assert (person.case_number, request.case_number) == (
        "C-000002-" + person.case_number[-2:],
        number,
    )
    assert person.assigned_to_id is None
    assert not person.tasks.exclude(batch=None, assigned_to=None).exists()
    assert (shared.is_live, other.state) == (False, "withdrawn")
    assert before.organisation_id == theirs.pk
    with acting_as(receiver):
        assert Individual.objects.get(pk=person.pk).circumstances == "canarycircumstances77"
        for model in hanging_on_people():
            kept = model.objects.filter(individual=person)
            assert kept.count() == model._base_manager.filter(individual=person).count()


def test_the_sender_keeps_the_fact_and_reads_and_writes_no_more(sender, receiver, person, theirs):
    name = factories.IndividualNameFactory(individual=person)
    request = asked(sender, person, theirs, kind="transfer")
    with acting_as(sender):
        stale = Individual.objects.get(pk=person.pk)
        stale_name = type(name).objects.get(pk=name.pk)
    answer(referrals.accept, request, receiver)

    with acting_as(sender):
        assert not Individual.objects.filter(pk=person.pk).exists()
        assert not type(name).objects.filter(pk=name.pk).exists()
        kept = Referral.objects.get(pk=request.pk)
        assert (kept.state, kept.case_number, kept.kept_since) == (
            "accepted", stale.case_number, person.recorded_at,
        )  # fmt: skip
        changes: list[tuple[Any, dict[str, Any]]] = [
            (stale, {"circumstances": "Mine."}), (stale_name, {"text": "Mine."}),
        ]  # fmt: skip
        for row, change in changes:
            with pytest.raises((Conflict, PermissionDenied)):
                recording.amend(row, by=sender, act=Act.KEEP_CASES, version=None, **change)
        with pytest.raises((NotYours, Conflict)):
            individuals.add_name(by=sender, individual=person_seen(person), text="A",
                                 language_tag="ru")  # fmt: skip
    if connection.vendor == "postgresql":
        with acting_as(sender):
            unseen: Any = models.QuerySet(Individual).filter(pk=person.pk)
            assert unseen.update(circumstances="Mine.") == 0


def person_seen(person):
    with acting_as(System("tests")):
        return Individual.objects.get(pk=person.pk)


def test_nobody_moves_a_row_of_the_other_side_by_themselves(sender, receiver, person, theirs):
    request = asked(sender, person, theirs, kind="transfer")

    with acting_as(receiver):
        seen = Referral.objects.get(pk=request.pk)
        with pytest.raises(PermissionDenied):
            recording.amend(seen, by=receiver, act=Act.SHARE_CASES, version=1, reason="Mine.")
        if connection.vendor == "postgresql":
            raw: Any = models.QuerySet(Referral).filter(pk=request.pk)
            assert raw.update(state="accepted", answered_at=clock.now()) == 0
            people: Any = models.QuerySet(Individual).filter(pk=person.pk)
            assert people.update(organisation=theirs) == 0


def test_the_trail_of_both_sides_holds(sender, receiver, person, theirs):
    rows = everything_on(person)
    request = asked(sender, person, theirs, kind="transfer")
    AuditEntry.objects.count()

    answer(referrals.accept, request, receiver)

    touched = {person.pk, request.pk, *(row.pk for row in rows)}
    assert [
        str(fault) for row, fault in rows_of_the_trail() if row and row.pk in touched and fault
    ] == []
    chains = {
        entry.act: entry.organisation_id for entry in AuditEntry.objects.filter(target_id=person.pk)
    }
    assert chains == {"handed over": sender.organisation_id, "taken over": theirs.pk}


def test_a_case_number_that_left_is_not_given_again(sender, receiver, theirs):
    with acting_as(sender):
        first, second = (individuals.register(by=sender) for _ in range(2))
    request = asked(sender, first, theirs, kind="transfer")
    answer(referrals.accept, request, receiver)

    with acting_as(sender):
        third = individuals.register(by=sender)

    assert [row.case_number[:8] for row in (second, third)] == ["C-000002", "C-000003"]


def test_a_case_that_comes_back_knows_since_when(sender, receiver, person, theirs):
    first = asked(sender, person, theirs, kind="transfer")
    answer(referrals.accept, first, receiver)
    first.refresh_from_db()
    back = asked(receiver, person_seen(person), sender_organisation(sender), kind="transfer")
    assert back.kept_since == first.answered_at
    answer(referrals.accept, back, sender)

    home = person_seen(person)
    assert home.organisation_id == sender.organisation_id
    with acting_as(sender):
        assert [one.act for one in disclosures(home)][:1] == ["handed over"]


def sender_organisation(sender):
    return type(OrganisationFactory(key="unused", name="Unused")).objects.get(
        pk=sender.organisation_id
    )


def test_a_person_on_a_movement_stays(sender, person, theirs):
    BatchSlotFactory(individual=person)

    said = sentence_of(asked, sender, person, theirs, kind="transfer")

    assert said.startswith("This person is in a batch that is not over.")


def test_a_record_that_is_to_be_anonymised_stays(sender, receiver, person, theirs):
    AnonymisationFactory(individual=person)

    said = sentence_of(asked, sender, person, theirs, kind="transfer")

    assert said == "This record is proposed to be anonymised. Decide on that first."


def test_a_case_is_offered_to_one_at_a_time(sender, person, theirs):
    asked(sender, person, theirs, kind="transfer")
    third = OrganisationFactory(key="third", name="Third")

    said = sentence_of(asked, sender, person, third, kind="transfer")

    assert said == "This case is offered to another organisation already. Withdraw that first."


def test_a_slot_of_a_movement_that_is_over_stays_bound(sender, receiver, person, theirs):
    batch = RepatriationBatchFactory(arrived=True)
    slot = BatchSlotFactory(batch=batch, individual=person)
    with acting_as(sender):
        before: Any = reconciled(batch).whole.tally
    request = asked(sender, person, theirs, kind="transfer")
    answer(referrals.accept, request, receiver)

    slot.refresh_from_db()
    with acting_as(sender):
        after: Any = reconciled(batch).whole.tally
    assert (slot.organisation_id, slot.individual_id) == (sender.organisation_id, person.pk)
    assert (after.slots, after.bound, after.bound_elsewhere) == (before.slots, before.bound, 1)


def test_relatives_and_shared_contacts_who_stay_are_out_of_reach(sender, receiver, person, theirs):
    mother, contact = IndividualFactory(), ContactFactory()
    tie = FamilyLinkFactory(individual=person, relative=mother)
    back = FamilyLinkFactory(individual=mother, relative=person, tie="child")
    for who in (person, mother):
        FamilyLinkFactory(individual=who, relative=None, contact=contact, tie="sibling")
    informant = FamilyLinkFactory(individual=person, to_contact=True, tie="relative").contact
    SpeakerFactory(official=None, contact=informant)
    twin = FamilyLinkFactory(individual=person, to_contact=True, tie="spouse").contact
    ContactFactory(organisation=theirs, reference=twin.reference)

    request = asked(sender, person, theirs, kind="transfer")
    answer(referrals.accept, request, receiver)

    for row in (tie, back, contact, informant, twin):
        row.refresh_from_db()
    assert {row.organisation_id for row in (back, contact, informant)} == {sender.organisation_id}
    assert {row.organisation_id for row in (tie, twin)} == {theirs.pk}
    assert twin.reference == twin.pk.hex[:12]
    with acting_as(receiver):
        assert not Individual.objects.filter(pk=mother.pk).exists()
    with acting_as(sender):
        assert not Individual.objects.filter(pk=person.pk).exists()
