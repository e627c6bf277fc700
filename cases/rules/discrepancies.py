"""How a contradiction is reviewed: a decision is taken back before another is made."""

from django.utils.translation import gettext_lazy

from cases.rules.machine import Guard, Machine, any_of
from cases.vocabulary.counts import DiscrepancyState

S = DiscrepancyState
EXPLAINED = Guard(
    frozenset({S.BOTH_STAND, S.RESOLVED}),
    gettext_lazy("Say why both stand, or how it is explained."),
    "discrepancy_is_ended_with_a_rationale",
)

REVIEW = Machine(
    title="A contradiction under review",
    subject=gettext_lazy("A discrepancy"),
    noun=gettext_lazy("a state of a discrepancy"),
    terms=S,
    column="state",
    asked="state",
    starts=any_of(S),
    steps={
        S.OPEN: frozenset({S.BOTH_STAND, S.RESOLVED}),
        S.BOTH_STAND: frozenset({S.OPEN, S.RESOLVED}),
        S.RESOLVED: frozenset({S.OPEN}),
    },
    guards=(EXPLAINED,),
)
