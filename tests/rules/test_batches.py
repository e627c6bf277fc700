"""The life of a batch, and its reconciliation."""

import pytest

from cases.rules import batches
from cases.rules.counts import Interval
from cases.vocabulary.batches import BatchStatus, Presence, ReconciliationState
from tests.refusals import sentence_of

S = BatchStatus


@pytest.mark.parametrize("status", sorted(batches.STARTS))
def test_where_a_batch_may_begin(status):
    batches.check_start(status)


def test_a_batch_does_not_begin_in_the_middle():
    said = sentence_of(batches.check_start, S.IN_TRANSIT)

    assert said == (
        "A batch cannot begin as “In transit”. It begins as one of: "
        "Agreed, Arrived, Failed, Proposed, Scheduled."
    )


@pytest.mark.parametrize(
    ("check", "args"), [(batches.check_start, ("lost",)), (batches.check_step, (S.AGREED, "lost"))]
)
def test_a_status_that_does_not_exist_is_a_refusal_and_no_crash(check, args):
    assert "is not a status of a batch" in sentence_of(check, *args)


@pytest.mark.parametrize("slots", [-1, batches.MOST_SLOTS + 1])
def test_slots_no_batch_has(slots):
    batches.check_slots(0)
    batches.check_slots(batches.MOST_SLOTS)
    assert sentence_of(batches.check_slots, slots) == "A batch has from 0 to 500 slots."


def test_a_batch_moves_by_its_steps():
    batches.check_step(S.PROPOSED, S.AGREED)

    said = sentence_of(batches.check_step, S.PROPOSED, S.ARRIVED)

    assert said == (
        "A batch cannot go from “Proposed” to “Arrived”. Next may be: Agreed, Cancelled, Postponed."
    )
    assert "it has ended" in sentence_of(batches.check_step, S.CLOSED, S.ARRIVED)
    assert set(batches.STEPS) == set(S.values)


def guard(after, **fields):
    usual = {"has_headcount": False, "slots": 0, "states": frozenset(), "is_accepted": False}
    batches.check_guard(after, **{**usual, **fields})


def test_somebody_arrives():
    guard(S.ARRIVED, slots=1)
    guard(S.ARRIVED, has_headcount=True)
    guard(S.DEPARTED)

    assert "claimed headcount or at least one slot" in sentence_of(guard, S.ARRIVED)


@pytest.mark.parametrize("state", ["matched", "matched_unnamed", "no_claim"])
def test_what_does_not_contradict_the_slots_is_reconciled(state):
    guard(S.RECONCILED, states=frozenset({state}), slots=1)


def test_nobody_is_not_reconciled():
    assert "“Reconciled” needs" in sentence_of(guard, S.RECONCILED, states=frozenset({"no_claim"}))


@pytest.mark.parametrize("status", BatchStatus)
def test_a_movement_is_published_when_it_is_over(status):
    moving = {S.PROPOSED, S.AGREED, S.SCHEDULED, S.DEPARTED, S.IN_TRANSIT, S.HANDED_OVER}
    batches.check_published(status, is_published=False)

    if status in moving | {S.POSTPONED}:
        said = sentence_of(batches.check_published, status, is_published=True)
        assert "that has not arrived is not published" in said
    else:
        batches.check_published(status, is_published=True)


@pytest.mark.parametrize("state", ["short", "over"])
def test_a_mismatch_is_reconciled_only_where_it_is_accepted(state):
    states = frozenset({state, "matched"})
    guard(S.RECONCILED, states=states, is_accepted=True, slots=1)

    said = sentence_of(guard, S.RECONCILED, states=states, slots=1)
    assert "is not matched by the slots" in said


@pytest.mark.parametrize("after", S.values)
def test_a_note_is_asked_for_where_a_batch_ends_over_a_mismatch(after):
    mismatch, match = frozenset({"over", "matched"}), frozenset({"matched", "no_claim"})
    batches.check_note(after, states=match, note="")
    batches.check_note(after, states=mismatch, note="Two were counted twice.")

    if after in {"reconciled", "closed"}:
        said = sentence_of(batches.check_note, after, states=mismatch, note=" ")
        assert said.endswith(f"why the batch is “{S(after).label}” all the same.")
    else:
        batches.check_note(after, states=mismatch, note="")


@pytest.mark.parametrize(
    ("claimed", "slots", "gap"),
    [
        (Interval(46, 46), 46, 0),
        (Interval(46, 46), 44, -2),
        (Interval(46, 46), 47, 1),
        (Interval(21, None), 500, 0),
        (Interval(21, None), 20, -1),
        (Interval(None, 49), 50, 1),
        (Interval(), 5, 0),
    ],
)
def test_how_many_slots_there_are_too_many(claimed, slots, gap):
    assert batches.gap(claimed, slots) == gap


@pytest.mark.parametrize(
    ("claimed", "slots", "bound", "state"),
    [
        (None, 46, 2, "no_claim"),
        (Interval(), 46, 2, "no_claim"),
        (Interval(46, 46), 45, 45, "short"),
        (Interval(46, 46), 47, 0, "over"),
        (Interval(46, 46), 46, 2, "matched_unnamed"),
        (Interval(46, 46), 46, 46, "matched"),
        (Interval(None, 49), 46, 46, "matched"),
        (Interval(21, None), 22, 22, "matched"),
    ],
)
def test_a_claim_held_against_the_slots(claimed, slots, bound, state):
    assert batches.reconcile(claimed, slots, bound) == ReconciliationState(state)


@pytest.mark.parametrize("status", S.values)
@pytest.mark.parametrize("presence", Presence.values)
def test_a_slot_is_live_until_its_movement_is_over_or_its_holder_gone(status, presence):
    is_over = status in {"arrived", "partially_arrived", "reconciled", "closed", "cancelled",
                         "failed"}  # fmt: skip

    assert batches.is_live(status, presence) is not (is_over or presence in {"no_show", "removed"})
