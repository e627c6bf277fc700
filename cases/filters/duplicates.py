"""Decisions on pairs of cases."""

from typing import Any

from django.db.models import Q

from cases.filters.base import IsFilled, Link, Rows, Term
from cases.filters.records import RecordFilters
from cases.models import DuplicateDecision, Individual
from cases.vocabulary.duplicates import Verdict


class EitherOf(Link):
    """The id of one of the two of a pair, whichever it is."""

    saying = "Only those of this case, by its id."

    def __init__(self) -> None:
        super().__init__(Individual, "first")
        self.rests_on = ((DuplicateDecision, "first"), (DuplicateDecision, "second"))

    def filter(self, qs: Rows, value: Any) -> Rows:
        if value is None:
            return qs
        case = self.to.objects.filter(pk=value)
        return qs.filter(Q(first__in=case) | Q(second__in=case))


class DuplicateDecisionFilters(RecordFilters):
    individual = EitherOf()
    verdict = Term(Verdict)
    is_superseded = IsFilled("superseded_at")
