"""How far talks have come, as reported."""

from django.utils.translation import gettext_lazy

from cases.rules.machine import Machine, any_of
from cases.vocabulary.negotiations import NegotiationStatus

S = NegotiationStatus

STATUS = Machine(
    title="Talks",
    subject=gettext_lazy("Talks"),
    noun=gettext_lazy("a status of talks"),
    terms=S,
    column="status",
    asked="status",
    starts=any_of(S),
    steps={
        S.PROPOSED: frozenset({S.IN_TALKS, S.AGREED, S.ENDED}),
        S.IN_TALKS: frozenset({S.AGREED, S.ENDED}),
        S.AGREED: frozenset({S.IN_TALKS, S.CARRIED_OUT, S.ENDED}),
        S.CARRIED_OUT: frozenset({S.AGREED}),
        S.ENDED: frozenset({S.PROPOSED, S.IN_TALKS}),
    },
)
