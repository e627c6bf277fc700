"""What users see of their own: the account, and where they are signed in."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from cases import clock
from cases.access.gate import System, acting_as
from cases.models import Session, User


@dataclass(frozen=True)
class OwnSession:
    """A browser in which the user is signed in."""

    id: UUID
    browser: str
    started_at: datetime
    seen_at: datetime
    is_this: bool


def account_of(user_id: UUID) -> User:
    """Give users their own account, whole: an auditor may read no address but that one."""
    with acting_as(System("reading one's own account")):
        return User.objects.get(pk=user_id)


def of_user(user_id: UUID | None, *, this: UUID | None) -> list[OwnSession]:
    """Give the live sessions of a user, this one first, then the last used."""
    with acting_as(System("reading one's own sessions")):
        rows = Session.objects.filter(user=user_id, expires_at__gt=clock.now())
        found = [
            OwnSession(
                id=row.pk,
                browser=row.browser or _("unknown browser"),
                started_at=row.started_at,
                seen_at=row.seen_at,
                is_this=row.pk == this,
            )
            for row in rows.defer("data").order_by("-seen_at")
        ]
    return sorted(found, key=lambda session: not session.is_this)
