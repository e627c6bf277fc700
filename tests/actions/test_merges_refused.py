"""What is not merged, and what is not undone: a sentence, and nothing written."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from cases import clock
from cases.access.gate import System, acting_as
from cases.actions import casework, duplicates, following, individuals, merges
from cases.actions.recording import Conflict
from cases.models import (
    AuditEntry,
    BatchSlot,
    Grant,
    Individual,
    IndividualName,
    Note,
)
from cases.vocabulary.duplicates import Verdict
from cases.vocabulary.individuals import Identification
from cases.vocabulary.organisations import Role
from cases.vocabulary.status import ReturnStatus, WorkStatus
from tests.actions.merging import WHY, dump, merge, undo
from tests.factories import (
    AnonymisationFactory,
    BatchSlotFactory,
    ConsentFactory,
    ExclusionFactory,
    FamilyLinkFactory,
    GrantFactory,
    IndividualFactory,
    IndividualNameFactory,
    NoteFactory,
    OrganisationFactory,
    ReferralFactory,
    RepatriationBatchFactory,
    StatusProposalFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    return IndividualFactory(), IndividualFactory()


@pytest.fixture
def supervisor(actor_of):
    with acting_as(actor_of(Role.SUPERVISOR, is_cleared_for_restricted=True)) as actor:
        yield actor


# --- What stands against it ---


def test_a_case_is_not_merged_into_itself(pair):
    with pytest.raises(ValidationError, match="into itself"):
        merge(pair[0], pair[0])


def test_there_is_no_chain_and_no_circle():
    a, b, c = (IndividualFactory() for _ in range(3))
    merge(a, b)

    for kept, duplicate, sentence in (
        (b, a, "merged into another one itself"),
        (c, a, "Other cases were merged into this one"),
        (b, c, "merged into another one itself"),
        (c, b, "merged into another one already"),
    ):
        with pytest.raises(ValidationError, match=sentence):
            merge(kept, duplicate)
    merge(a, c)


@pytest.mark.parametrize(
    ("of_kept", "of_duplicate", "sentence"),
    [
        ({"return_status": "duplicate"}, {}, "is a duplicate itself"),
        ({}, {"return_status": "deceased"}, "“Deceased”, which is final"),
        ({"work_status": WorkStatus.PENDING_CLOSURE}, {}, "waits for a second person"),
        ({}, {"identification": Identification.ANONYMOUS}, "deliberately kept without a name"),
    ],
)
def test_what_is_at_an_end_or_in_the_middle_is_settled_first(of_kept, of_duplicate, sentence):
    with pytest.raises(ValidationError, match=sentence):
        merge(IndividualFactory(**of_kept), IndividualFactory(**of_duplicate))


def test_whom_somebody_decided_to_be_different_is_not_merged(pair):
    decided = {"by": System("tests"), "other": pair[1]}
    duplicates.decide(pair[0], verdict=Verdict.DIFFERENT, **decided)
    with pytest.raises(ValidationError, match="decided that the two are different"):
        merge(*pair)

    duplicates.decide(pair[0], verdict=Verdict.SAME, **decided)
    merge(*pair)


def test_relatives_by_a_confirmed_tie_are_two_people(pair):
    FamilyLinkFactory(individual=pair[1], relative=pair[0], confirmed=True)

    with pytest.raises(ValidationError, match="confirmed family tie"):
        merge(*pair)


def test_nobody_becomes_their_own_grandchild(pair):
    relative = IndividualFactory()
    FamilyLinkFactory(individual=pair[0], relative=relative, tie="grandparent")
    FamilyLinkFactory(individual=pair[1], relative=relative, tie="child")

    with pytest.raises(ValidationError, match="Mend the tie"):
        merge(*pair)


def test_nobody_has_two_places_in_one_batch(pair):
    batch = RepatriationBatchFactory(arrived=True)
    for number, person in enumerate(pair, 1):
        BatchSlotFactory(batch=batch, individual=person, number=number)

    with pytest.raises(ValidationError, match=f"place in the batch {batch.code}"):
        merge(*pair)


def test_nobody_is_in_two_movements(pair):
    for person in pair:
        BatchSlotFactory(batch=RepatriationBatchFactory(), individual=person)

    with pytest.raises(ValidationError, match="a batch that is not over"):
        merge(*pair)


def test_a_place_in_a_movement_follows_also_for_whoever_may_not_see_it(pair, actor_of):
    slot = BatchSlotFactory(batch=RepatriationBatchFactory(), individual=pair[1])
    by = actor_of(Role.CASEWORKER)

    with acting_as(by):
        row = merge(*pair, by=by)
        assert BatchSlot.objects.get(pk=slot.pk).individual_id is None  # withheld

    assert BatchSlot.objects.get(pk=slot.pk).individual_id == pair[0].pk
    with acting_as(by):
        undo(row, by=by)
    assert BatchSlot.objects.get(pk=slot.pk).individual_id == pair[1].pk


def test_a_shared_case_is_merged_by_whoever_may_share(pair, actor_of):
    grant = GrantFactory(individual=pair[1])
    for role, may in ((Role.CASEWORKER, False), (Role.SUPERVISOR, True)):
        by = actor_of(role)
        with acting_as(by):
            if may:
                merge(*pair, by=by)
            else:
                with pytest.raises(ValidationError, match="is shared with another organisation"):
                    merge(*pair, by=by)

    assert Grant.objects.get(pk=grant.pk).individual_id == pair[0].pk


def test_an_ended_grant_stands_in_nobodys_way(pair, actor_of):
    with clock.fixed(clock.now() - timedelta(days=90)):
        GrantFactory(individual=pair[1])
    by = actor_of(Role.CASEWORKER)
    with acting_as(by):
        merge(*pair, by=by)


@pytest.mark.parametrize("role", [Role.PARTNER, Role.MANAGER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_it_is_for_caseworkers_and_supervisors(pair, actor_of, role):
    with pytest.raises(PermissionDenied, match="You may not merge"):
        merge(*pair, by=actor_of(role))


def test_both_are_of_ones_own_organisation(organisation, actor_of):
    ours, theirs = (
        IndividualFactory(),
        IndividualFactory(organisation=OrganisationFactory(other=True)),
    )
    for by in (actor_of(Role.SUPERVISOR), System("tests")):
        for kept, duplicate in ((ours, theirs), (theirs, ours)):
            with pytest.raises(PermissionDenied):
                merge(kept, duplicate, by=by)


def test_a_stale_reader_is_told(pair):
    kept, duplicate = pair
    individuals.amend(
        Individual.objects.get(pk=duplicate.pk), by=System("tests"), version=1, circumstances="A"
    )

    with pytest.raises(Conflict):
        merge(kept, duplicate, duplicate_version=1)
    with pytest.raises(Conflict):
        merges.merge(kept, by=System("tests"), version=7, duplicate=duplicate, reason=WHY)


def test_a_reason_is_asked_for(pair):
    with pytest.raises(ValidationError) as refused:
        merges.merge(pair[0], by=System("tests"), version=None, duplicate=pair[1], reason=" ")
    assert "reason" in refused.value.message_dict


@pytest.mark.parametrize(
    ("factory", "fields", "what"),
    [
        (StatusProposalFactory, {}, "a step"),
        (ReferralFactory, {}, "a request to another organisation"),
        (AnonymisationFactory, {}, "the end of the record"),
    ],
)
@pytest.mark.parametrize("whose", [0, 1])
def test_what_waits_for_a_decision_is_decided_first(pair, factory, fields, what, whose):
    factory(individual=pair[whose], **fields)

    with pytest.raises(ValidationError, match=f"waits for a decision: {what}"):
        merge(*pair)


def test_an_anonymised_record_is_nobodys_duplicate(pair):
    Individual.objects.filter(pk=pair[1].pk).update(anonymised_at=clock.now())

    for kept, duplicate in (pair, pair[::-1]):
        with pytest.raises(ValidationError, match="anonymised for good"):
            merge(kept, duplicate)


@pytest.mark.parametrize("whose", [0, 1])
def test_nothing_is_opened_to_whom_the_other_case_is_kept_from(pair, whose):
    grant = GrantFactory(individual=pair[whose])
    kept_from = ExclusionFactory(individual=pair[1 - whose], excluded=grant.recipient)
    with pytest.raises(ValidationError, match="must not learn of the other"):
        merge(*pair)

    type(kept_from).objects.update(lifted_at=clock.now())
    merge(*pair)


def test_what_was_withdrawn_is_not_brought_back(pair):
    allowed = ConsentFactory(individual=pair[0])
    withdrawn = ConsentFactory(individual=pair[1], withdrawn=True)
    with pytest.raises(ValidationError, match="the other still allows"):
        merge(*pair)

    type(allowed).objects.filter(pk=allowed.pk).update(
        recorded_at=withdrawn.withdrawn_at + timedelta(days=1)
    )
    merge(*pair)  # asked anew since, they agreed


# --- After it ---


def test_nothing_new_is_recorded_on_a_merged_case(pair):
    kept, duplicate = pair
    merge(kept, duplicate)
    duplicate = Individual.objects.get(pk=duplicate.pk)
    by = System("tests")

    for write in (
        lambda: casework.write_note(
            by=by, organisation=kept.organisation, individual=duplicate, text="New."
        ),
        lambda: individuals.amend(duplicate, by=by, version=None, circumstances="New."),
        lambda: duplicates.decide(kept, by=by, other=duplicate, verdict=Verdict.DIFFERENT),
    ):
        with pytest.raises(ValidationError, match="merged into another one"):
            write()


def test_a_duplicate_nobody_merged_is_written_to_as_before():
    person = IndividualFactory(return_status=ReturnStatus.DUPLICATE)

    individuals.amend(person, by=System("tests"), version=None, circumstances="New.")


def test_undoing_twice_is_refused(pair):
    row = merge(*pair)
    undo(row)

    with pytest.raises(ValidationError, match="undone already"):
        undo(row)


def test_undoing_needs_a_reason(pair):
    row = merge(*pair)

    with pytest.raises(ValidationError) as refused:
        merges.undo(row, by=System("tests"), version=None, reason="")
    assert "reason" in refused.value.message_dict


def test_what_was_changed_since_is_named_and_nothing_is_undone():
    kept: Any = IndividualFactory()
    duplicate = IndividualFactory(birth_edtf="1950")
    slot = BatchSlotFactory(batch=RepatriationBatchFactory(arrived=True), individual=duplicate)
    note = NoteFactory(individual=duplicate)
    row = merge(kept, duplicate)
    by = System("tests")
    kept = Individual.objects.get(pk=kept.pk)
    individuals.amend(kept, by=by, version=None, birth_edtf="1951")
    BatchSlot.objects.filter(pk=slot.pk).update(individual=None)
    before = dump()

    with pytest.raises(ValidationError) as refused:
        undo(row)

    [sentence] = refused.value.messages
    assert f"“born” of {kept}" in sentence
    assert f"batch slot {str(slot.pk)[:8]}" in sentence
    assert str(note.pk)[:8] not in sentence
    assert dump() == before


def test_a_status_moved_on_since_is_named(pair):
    row = merge(*pair)
    Individual.objects.filter(pk=pair[1].pk).update(return_status=ReturnStatus.REPORTED)

    with pytest.raises(ValidationError, match=f"the status of {pair[1]}"):
        undo(row)


def test_many_changes_are_counted(pair):
    notes = [NoteFactory(individual=pair[1]) for _ in range(7)]
    row = merge(*pair)
    Note.objects.filter(pk__in=[note.pk for note in notes]).update(individual=IndividualFactory())

    with pytest.raises(ValidationError, match="and 2 more"):
        undo(row)


def test_a_changed_text_comes_back_as_it_was_changed(pair):
    name = IndividualNameFactory(individual=pair[1])
    row = merge(*pair)
    individuals.amend_name(
        IndividualName.objects.get(pk=name.pk), by=System("tests"), version=None, text="Анна"
    )

    undo(row)

    name.refresh_from_db()
    assert (name.individual_id, name.text) == (pair[1].pk, "Анна")


def test_a_row_that_somebody_changes_meanwhile_is_a_conflict(pair):
    note = NoteFactory(individual=pair[1])
    [move] = following.of(*pair)
    Note.objects.filter(pk=note.pk).update(version=9)

    with pytest.raises(Conflict):
        following.move(move, to=pair[0], by=System("tests"))


def test_each_row_that_follows_has_its_entry(pair, supervisor):
    note = NoteFactory(individual=pair[1])
    merge(*pair, by=supervisor)

    with acting_as(System("tests")):
        acts = Counter(
            AuditEntry.objects.filter(target_id=note.pk).values_list("act", "changed", "actor_id")
        )
    assert acts == {("followed its case", "individual", supervisor.user_id): 1}


def test_what_is_anothers_by_now_is_not_undone(pair, supervisor):
    row = merge(*pair, by=supervisor)
    theirs = OrganisationFactory(other=True)

    for theirs_by_now in (
        lambda: Individual.objects.filter(pk=pair[0].pk).update(organisation=theirs),
        lambda: GrantFactory(
            individual=Individual.objects.get(pk=pair[0].pk), recipient=pair[1].organisation
        ),
    ):
        with acting_as(System("tests")):
            theirs_by_now()
        with pytest.raises(PermissionDenied, match=r"within your reach|kept by another"):
            undo(row, by=supervisor)


def test_a_merge_is_not_undone_once_the_record_is_anonymised(pair):
    row = merge(*pair)
    Individual.objects.filter(pk=pair[0].pk).update(anonymised_at=clock.now())

    with pytest.raises(ValidationError, match="anonymised for good"):
        undo(row)
