"""How a user's second factor stands."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cases.access.gate import System, acting_as
from cases.models import Factor, RecoveryCode


@dataclass(frozen=True)
class FactorState:
    """Nothing of the factor itself: whether there is one, and what is asked about it."""

    is_on: bool
    added_at: datetime | None = None
    codes_left: int = 0
    reset_asked_at: datetime | None = None
    reset_asked_by: UUID | None = None


def state_of(user_id: UUID | None) -> FactorState:
    """Read how a user's second factor stands."""
    with acting_as(System("reading how a second factor stands")):
        factor = Factor.objects.filter(user=user_id).first()
        if factor is None:
            return FactorState(is_on=False)
        return FactorState(
            is_on=True,
            added_at=factor.added_at,
            codes_left=RecoveryCode.objects.filter(user=user_id, used_at__isnull=True).count(),
            reset_asked_at=factor.reset_asked_at,
            reset_asked_by=factor.reset_asked_by_id,
        )
