"""How far help has come."""

from django.utils.translation import gettext_lazy

from cases.rules.machine import Machine, any_of
from cases.vocabulary.assistance import AssistanceStage

S = AssistanceStage
_MAY_FALL_THROUGH = frozenset({S.NEEDED, S.DELIVERED, S.DECLINED, S.NOT_NEEDED, S.COMPLAINED})

STAGE = Machine(
    title="Help for a person or a population",
    subject=gettext_lazy("Help"),
    noun=gettext_lazy("a stage of help"),
    terms=S,
    column="stage",
    asked="stage",
    starts=any_of(S),
    steps={
        S.NEEDED: any_of(S) - {S.NEEDED},
        S.PROMISED: _MAY_FALL_THROUGH | {S.CONDITIONAL, S.IN_PROGRESS},
        S.CONDITIONAL: _MAY_FALL_THROUGH | {S.PROMISED, S.IN_PROGRESS},
        S.IN_PROGRESS: _MAY_FALL_THROUGH,
        S.DELIVERED: frozenset({S.COMPLAINED, S.IN_PROGRESS}),
        S.DECLINED: frozenset({S.NEEDED, S.PROMISED, S.CONDITIONAL, S.IN_PROGRESS}),
        S.NOT_NEEDED: frozenset({S.NEEDED}),
        S.COMPLAINED: any_of(S) - {S.NEEDED, S.COMPLAINED},
    },
)
