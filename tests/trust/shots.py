"""A bad request, what became of it, and whether it left a trace."""

import hashlib
import json
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote_from_bytes

from django.db import connection, transaction
from django.test import Client

PATIENCE = 10.0
_CLOSES = b"django-admin-popup-response-constants"
OWN_TRACES = {"cases_audithead", "cases_session", "cases_signincount", "django_session"}
"""Tables that a refusal may touch: the head moves where the trail tells of the refusal, and
sign-ins that failed are counted."""
QUERIES = {
    "cases_auditentry": (
        "SELECT * FROM cases_auditentry WHERE outcome <> 'refused' AND act <> 'read'"
    )
}
"""A form shown again with its mistakes shows a person's protected fields: it is a read as well."""


@dataclass(frozen=True)
class Shot:
    """One request, and in what it is bad."""

    said: str
    method: str
    path: str
    body: bytes = b""
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Round:
    """What became of many shots."""

    fired: int = 0
    accepted: int = 0
    faults: list[str] = field(default_factory=list)
    slow: list[str] = field(default_factory=list)
    traces: list[str] = field(default_factory=list)

    @property
    def complaints(self) -> list[str]:
        return [*self.faults, *self.slow, *self.traces]


def fire(client: Client, shots: Iterable[Shot]) -> Round:
    """Send each; undo what was accepted, so that at the end any difference is a refusal's."""
    client.raise_request_exception = False
    done, before = Round(), fingerprint()
    for shot in shots:
        began = time.monotonic()
        with transaction.atomic():
            answer = _sent(client, shot)
            if answer.status_code >= 500 or _is_accepted(shot, answer):
                transaction.set_rollback(True)
        done.fired += 1
        done.accepted += _is_accepted(shot, answer)
        if answer.status_code >= 500 and not answer.has_header("Retry-After"):
            done.faults.append(f"{_told(shot)} → {answer.status_code} {_reason(answer)}")
        if time.monotonic() - began > PATIENCE:
            done.slow.append(f"{_told(shot)} took {time.monotonic() - began:.0f} s")
    after = fingerprint()
    done.traces = [
        f"a refusal left a trace in {name}" for name in after if after[name] != before[name]
    ]
    return done


def _sent(client: Client, shot: Shot) -> Any:
    headers = {name: _as_on_the_wire(value) for name, value in shot.headers.items()}
    return client.generic(shot.method, shot.path, shot.body, shot.content_type, headers=headers)


def _as_on_the_wire(value: str) -> str:
    return value.encode("utf-8", "surrogatepass").decode("latin-1")


def _is_accepted(shot: Shot, answer: Any) -> bool:
    """Say whether something may have been done; a form shown again with its mistakes was not.

    A form in a window of its own answers, once it is saved, with a page that closes the window.
    """
    if shot.method == "POST" and not shot.path.startswith("/api/"):
        return bool(answer.status_code == 302 or _CLOSES in answer.content)
    return bool(answer.status_code < 400)


def _told(shot: Shot) -> str:
    return f"{shot.method} {shot.path[:200]} ({shot.said})"


def _reason(answer: Any) -> str:
    kind, value, _ = getattr(answer, "exc_info", None) or (None, "", None)
    return f"{kind.__name__}: {str(value)[:200]}" if kind else ""


def fingerprint() -> dict[str, str]:
    """Give a digest of each table, but for what a refusal may leave behind."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table not in OWN_TRACES:
                cursor.execute(QUERIES.get(table, f'SELECT * FROM "{table}"'))
                rows = "\n".join(sorted(map(repr, cursor.fetchall())))
                found[table] = hashlib.sha256(rows.encode("utf-8", "backslashreplace")).hexdigest()
    return found


def encoded(text: str) -> str:
    """Percent-encode anything, lone surrogates too."""
    return quote_from_bytes(text.encode("utf-8", "surrogatepass"), safe="")


def asking(path: str, name: str, text: str) -> str:
    return f"{path}?{encoded(name)}={encoded(text)}"


def with_fragment(body: dict[str, Any], name: str, fragment: str) -> bytes:
    """Write a JSON body whose one field is a fragment as it stands, valid or not."""
    rest = {key: value for key, value in body.items() if key != name}
    whole = json.dumps(rest)[:-1] + (", " if rest else "")
    return f"{whole}{json.dumps(name)}: {fragment}}}".encode()


def as_form(data: dict[str, Any]) -> bytes:
    """Write what a browser would send."""
    pairs = [
        (name, item)
        for name, value in data.items()
        for item in (value if isinstance(value, list) else [value])
    ]
    return "&".join(f"{encoded(name)}={encoded(str(item))}" for name, item in pairs).encode()
