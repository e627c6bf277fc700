"""Whoever acts: a signed-in user, the system under a name, or nobody."""

from dataclasses import dataclass, replace
from typing import Protocol
from uuid import UUID

from cases.access.roles import POWERS, READING, Act, Reach
from cases.access.sensitivity import Sensitivity
from cases.vocabulary.organisations import Role


class Account(Protocol):
    """What is asked of a user in order to act for them."""

    @property
    def pk(self) -> UUID: ...

    @property
    def organisation_id(self) -> UUID: ...

    @property
    def role(self) -> str: ...

    @property
    def is_movement_cell(self) -> bool: ...

    @property
    def is_cleared_for_restricted(self) -> bool: ...


@dataclass(frozen=True)
class Actor:
    """Someone signed in. Knows no secrets and outlives no request."""

    user_id: UUID
    organisation_id: UUID
    role: Role
    is_movement_cell: bool = False
    is_cleared_for_restricted: bool = False
    ceiling: Sensitivity = Sensitivity.CRITICAL
    """The class that is not gone beyond for now, whatever the role."""

    @classmethod
    def of(cls, account: Account) -> "Actor":
        return cls(
            user_id=account.pk,
            organisation_id=account.organisation_id,
            role=Role(account.role),
            is_movement_cell=account.is_movement_cell,
            is_cleared_for_restricted=account.is_cleared_for_restricted,
        )

    @property
    def label(self) -> str:
        return self.role.value

    @property
    def reach(self) -> Reach:
        return POWERS[self.role].reach

    @property
    def writes(self) -> bool:
        """Whether any act of theirs is more than reading."""
        return not POWERS[self.role].acts <= READING

    @property
    def clearance(self) -> Sensitivity:
        """The class up to which fields are read; `critical` needs the movement cell as well."""
        cleared = POWERS[self.role].clearance
        if cleared >= Sensitivity.PROTECTED and self.is_movement_cell:
            cleared = Sensitivity.CRITICAL
        return min(cleared, self.ceiling)

    def up_to(self, ceiling: Sensitivity) -> "Actor":
        """Give the same actor, who reads no further than ``ceiling``.

        PostgreSQL's policies go by the mark of the movement cell: it is laid down with the rest.
        """
        is_in_cell = self.is_movement_cell and ceiling >= Sensitivity.CRITICAL
        return replace(self, ceiling=ceiling, is_movement_cell=is_in_cell)

    def may(self, act: Act) -> bool:
        return act in POWERS[self.role].acts


@dataclass(frozen=True)
class System:
    """The system itself, doing what ``reason`` says. Never stands for a person."""

    reason: str
    user_id: None = None
    organisation_id: None = None
    reach: Reach = Reach.EVERYTHING
    clearance: Sensitivity = Sensitivity.CRITICAL
    is_cleared_for_restricted: bool = True

    @property
    def label(self) -> str:
        return f"system: {self.reason}"

    def may(self, act: Act) -> bool:
        return isinstance(act, Act)


@dataclass(frozen=True)
class Anonymous:
    """Nobody signed in: reads nothing, does nothing."""

    user_id: None = None
    organisation_id: None = None
    reach: Reach = Reach.NOTHING
    clearance: Sensitivity = Sensitivity.OPEN
    is_cleared_for_restricted: bool = False
    label: str = "nobody"

    def may(self, act: Act) -> bool:
        return not isinstance(act, Act)


AnyActor = Actor | System | Anonymous
