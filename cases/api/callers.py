"""Who calls with a token: asked with every request, so by one statement compiled once."""

from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from knox.models import AuthToken

from cases import clock
from cases.access.sensitivity import OPEN
from cases.models import Grant
from cases.queries.prepared import Prepared, prepared, stand_in

_DIGEST, _NOW = "digest", "now"
_COLUMNS = (
    "user_id", "user__organisation_id", "user__role", "user__is_movement_cell",
    "user__is_cleared_for_restricted", "user__is_active", "user__organisation__is_active",
)  # fmt: skip


@dataclass(frozen=True)
class Caller:
    """The user of a token, as far as the API asks; ``is_given`` says that a grant stands."""

    pk: UUID
    organisation_id: UUID
    role: str
    is_movement_cell: bool
    is_cleared_for_restricted: bool
    is_active: bool
    is_given: bool

    is_authenticated: ClassVar[bool] = True


def of_token(digest: str) -> Caller | None:
    """Find the user of a token that has not expired; None where there is no such token."""
    found = _statement().fetch({_DIGEST: digest, _NOW: clock.now()})
    return _caller(*found[0]) if found else None


@cache
def _statement() -> Prepared:
    now, digest = stand_in(0, clock.now()), stand_in(0, "")
    with clock.fixed(now):
        theirs: Any = OuterRef("user__organisation")
        grants = Grant.live(theirs, OPEN)
    good = AuthToken.objects.filter(Q(expiry__isnull=True) | Q(expiry__gt=now), digest=digest)
    found = good.values_list(*_COLUMNS, Exists(grants))
    text, values = found.query.sql_with_params()
    return prepared(text, values, {_DIGEST: digest, _NOW: now})


def _caller(pk: Any, organisation: Any, *rest: Any) -> Caller:
    role, is_movement_cell, is_cleared, is_active, is_ours, is_given = rest
    return Caller(
        _key(pk), _key(organisation), role, bool(is_movement_cell), bool(is_cleared),
        bool(is_active and is_ours), bool(is_given),
    )  # fmt: skip


def _key(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(hex=value)
