"""A case is merged once, however many merge it at the same moment."""

from functools import partial

from django.core.exceptions import ValidationError

from cases.access.gate import System
from cases.actions import attempts, duplicates, merges
from cases.actions.recording import Conflict
from cases.models import DuplicateDecision, Individual, Merge, Note
from tests.factories import IndividualFactory, NoteFactory

BY = System("tests")
MERGERS = 6


def merging(kept, duplicate):
    def once():
        people = [Individual.objects.get(pk=one.pk) for one in (kept, duplicate)]
        return merges.merge(people[0], by=BY, version=None, duplicate=people[1], reason="One.")

    return partial(attempts.repeated, once)


def refusals(answers):
    return [one for one in answers if isinstance(one, ValidationError | Conflict)]


def test_one_merge_of_a_case_wins(together):
    duplicate = IndividualFactory()
    note = NoteFactory(individual=duplicate)
    keepers = [IndividualFactory() for _ in range(MERGERS)]

    answers = together(*(merging(kept, duplicate) for kept in keepers))

    [won] = [one for one in answers if isinstance(one, Merge)]
    assert len(refusals(answers)) == MERGERS - 1
    assert Note.objects.get(pk=note.pk).individual_id == won.individual_id
    assert duplicate.status_events.count() == 1


def test_a_circle_is_not_closed_from_both_ends(together):
    one, other = IndividualFactory(), IndividualFactory()

    answers = together(merging(one, other), merging(other, one))

    assert len([row for row in answers if isinstance(row, Merge)]) == 1
    assert len(refusals(answers)) == 1


def test_one_decision_stands(together):
    one, other = IndividualFactory(), IndividualFactory()

    def deciding(verdict):
        decide = partial(duplicates.decide, one, by=BY, other=other, verdict=verdict)
        return partial(attempts.repeated, decide)

    together(*(deciding(verdict) for verdict in ("same", "different") * 3))

    assert DuplicateDecision.objects.filter(superseded_at__isnull=True).count() == 1
    assert DuplicateDecision.objects.count() == 6
