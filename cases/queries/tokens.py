"""The tokens of an organisation's users: what is known of them, never the tokens."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps

from cases import clock
from cases.models import User


@dataclass(frozen=True)
class IssuedToken:
    """A token as its keepers see it."""

    digest: str
    prefix: str
    user: User
    made_at: datetime
    expires_at: datetime | None
    is_expired: bool


def within_reach() -> list[IssuedToken]:
    """Give the tokens of the users whom whoever asks may see, the newest first."""
    users = {user.pk: user for user in User.objects.all()}
    rows = _tokens().filter(user_id__in=User.objects.values("pk")).order_by("-created")
    return [_issued(row, users[row.user_id]) for row in rows]


def one(digest: str) -> IssuedToken | None:
    """Give one of them, or None: also for a token of another organisation."""
    row = _tokens().filter(digest=digest, user_id__in=User.objects.values("pk")).first()
    return None if row is None else _issued(row, User.objects.get(pk=row.user_id))


def _issued(row: Any, user: User) -> IssuedToken:
    return IssuedToken(
        digest=row.digest,
        prefix=row.token_key,
        user=user,
        made_at=row.created,
        expires_at=row.expiry,
        is_expired=row.expiry is not None and row.expiry <= clock.now(),
    )


def _tokens() -> Any:
    """Reach the table by name: the layers below the faces do not import its package."""
    return apps.get_model("knox", "AuthToken")._default_manager
