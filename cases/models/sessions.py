"""Sessions as rows of ours: each knows its user, its end is kept, and to delete it is to end it."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import IntegrityError, models, transaction

from cases import clock
from cases.access.gate import System, acting_as
from cases.access.scope import SYSTEM, Scope
from cases.access.sensitivity import CRITICAL, OPERATIONAL, Classes
from cases.models.gate import Gated
from cases.models.organisations import User
from cases.rules import sessions as rules

STARTED, BROWSER, SIGNING_IN_AS = "started_at", "browser", "signing_in"
"""What a session's data holds for its row."""
GRANULARITY = timedelta(minutes=1)
"""How exactly a session's last use is known; more exactly would cost a write a request."""
SIGNING_IN = timedelta(minutes=10)
"""How long somebody may take from the password to the code."""


class Session(Gated):
    """One browser signed in, or on its way to be."""

    SCOPE: ClassVar[Scope] = SYSTEM
    SENSITIVITY: ClassVar[Classes] = {
        "id": OPERATIONAL,
        "user": OPERATIONAL,
        "data": CRITICAL,
        "browser": OPERATIONAL,
        "started_at": OPERATIONAL,
        "seen_at": OPERATIONAL,
        "expires_at": OPERATIONAL,
    }

    id = models.UUIDField(
        primary_key=True,
        editable=False,
        help_text="From the hash of the cookie: whoever reads this table can impersonate nobody.",
    )
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    data = models.TextField()
    browser = models.CharField(max_length=60, blank=True, default="")
    started_at = models.DateTimeField(default=clock.now)
    seen_at = models.DateTimeField(default=clock.now, help_text="To the minute.")
    expires_at = models.DateTimeField(db_index=True)

    class Meta(Gated.Meta):
        pass

    def __str__(self) -> str:
        return f"session {str(self.pk)[:8]}"


def id_of(key: str) -> UUID:
    """Give the row's id for the key in the cookie."""
    return UUID(bytes=sha256(key.encode()).digest()[:16], version=4)


class SessionStore(SessionBase):
    """Django's sessions in our own table: named as the engine in the settings.

    The system reads and writes them: nobody acts yet, or any longer.
    """

    def load(self) -> dict[str, Any]:
        with acting_as(System("reading a session")):
            rows = Session.objects.filter(pk=id_of(self._key()), expires_at__gt=clock.now())
            row = rows.first()
        if row is None:
            self._session_key = None  # else an attacker could choose the key of a new session
            return {}
        if clock.now() - row.seen_at >= GRANULARITY:
            self.modified = True  # so that the middleware saves it, and its end moves on
        return self.decode(row.data)

    def exists(self, session_key: str) -> bool:
        with acting_as(System("reading a session")):
            return Session.objects.filter(pk=id_of(session_key)).exists()

    def create(self) -> None:
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002 - Django's
        """Write the row.

        :raises UpdateError: if the session was ended meanwhile: it does not come back.
        """
        if self.session_key is None:
            self.create()
            return
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        values = self._columns(data)
        with acting_as(System("keeping a session")), transaction.atomic():
            if must_create:
                _insert(id_of(self.session_key), values)
            elif not Session.objects.filter(pk=id_of(self.session_key)).update(**values):
                raise UpdateError

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            with acting_as(System("ending a session")):
                Session.objects.filter(pk=id_of(key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        """Forget the sessions that are over: `manage.py clearsessions`."""
        with acting_as(System("forgetting sessions")):
            Session.objects.filter(expires_at__lte=clock.now()).delete()

    def _key(self) -> str:
        return str(self.session_key)

    def _columns(self, data: dict[str, Any]) -> dict[str, Any]:
        now = clock.now()
        started = datetime.fromisoformat(data.setdefault(STARTED, now.isoformat()))
        user_id = data.get(SESSION_KEY)
        of_whom = user_id or data.get(SIGNING_IN_AS)  # half a sign-in ends with the sessions
        idle = timedelta(seconds=settings.SESSION_IDLE_AGE) if user_id else SIGNING_IN
        longest = timedelta(seconds=settings.SESSION_COOKIE_AGE) if user_id else SIGNING_IN
        return {
            "user_id": of_whom,
            "data": self.encode(data),
            "browser": data.get(BROWSER, ""),
            "started_at": started,
            "seen_at": now,
            "expires_at": rules.ends_at(started, now, idle=idle, longest=longest),
        }


def _insert(pk: UUID, values: dict[str, Any]) -> None:
    try:
        with transaction.atomic():
            Session(pk=pk, **values).save(force_insert=True)
    except IntegrityError:
        raise CreateError from None
