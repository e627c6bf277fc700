"""A caller of the API who notes every answer; acknowledged is what was received to its end."""

import json
import time
from collections import Counter
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from random import uniform
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

PATIENCE = 30.0
BUSY = {409, 503}


class Unanswered(Exception):  # noqa: N818 - what a dead server says
    """The answer did not come, or not to its end: nobody knows whether it was done."""


class Unexpected(Exception):  # noqa: N818
    """An answer that the contract does not know."""


@dataclass(frozen=True)
class Answer:
    """A whole answer."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def is_acknowledged(self) -> bool:
        return 200 <= self.status < 300

    @property
    def asks_to_wait(self) -> bool:
        """Say whether nothing was written for now, and the same may be sent again."""
        return self.status in BUSY and "retry-after" in self.headers


@dataclass
class Tally:
    """How many answers of each kind all callers of a part got."""

    statuses: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    _lock: Any = field(default_factory=Lock)

    def note(self, asked: str, answer: Answer) -> None:
        """Count an answer; a 5xx is a fault unless it is the documented “busy”."""
        with self._lock:
            self.statuses[answer.status] += 1
            if answer.status >= 500 and not answer.asks_to_wait:
                self.faults.append(f"{asked} → {answer.status}")


class Caller:
    """One connection with one token; not for two threads at once."""

    def __init__(self, url: str, token: str, tally: Tally) -> None:
        self._address = urlsplit(url).netloc
        self._token, self._tally = token, tally
        self._connection: HTTPConnection | None = None

    def ask(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> Answer:
        """Send one request and read its answer.

        :raises Unanswered: where the answer did not come to its end.
        """
        sent = {"Authorization": f"Bearer {self._token}", **(headers or {})}
        content = None
        if body is not None:
            content = json.dumps(body).encode()
            sent["Content-Type"] = "application/json"
        if self._connection is None:
            self._connection = HTTPConnection(self._address, timeout=PATIENCE)
        try:
            self._connection.request(method, f"/api/v1/{path}", content, sent)
            response = self._connection.getresponse()
            given = {name.lower(): value for name, value in response.getheaders()}
            answer = Answer(response.status, given, response.read())
        except (OSError, HTTPException) as fault:
            self.close()
            raise Unanswered(f"{method} {path}") from fault
        self._tally.note(f"{method} {path}", answer)
        return answer

    def insist(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> Answer:
        """Send the same again for as long as the server asks to wait.

        :raises Unexpected: where it still asks after a while.
        """
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            answer = self.ask(method, path, body, headers)
            if not answer.asks_to_wait:
                return answer
            time.sleep(uniform(0.05, 0.3))
        raise Unexpected(f"{method} {path}: still asked to wait after {PATIENCE:.0f} s")

    def made(self, path: str, body: Any, headers: dict[str, str] | None = None) -> Any:
        """Add a row and give it as answered.

        :raises Unexpected: for any refusal.
        """
        answer = self.insist("POST", path, body, headers)
        if answer.status != 201:
            raise Unexpected(f"POST {path} → {answer.status}: {answer.body[:300]!r}")
        return answer.json

    def uploaded(self, path: str, body: bytes, kind: str) -> Any:
        """Send a form with a file, and give the row as answered.

        :raises Unexpected: for any refusal.
        """
        connection = HTTPConnection(self._address, timeout=PATIENCE)
        sent = {"Authorization": f"Bearer {self._token}", "Content-Type": kind}
        connection.request("POST", f"/api/v1/{path}", body, sent)
        response = connection.getresponse()
        content = response.read()
        connection.close()
        if response.status != 201:
            raise Unexpected(f"POST {path} → {response.status}: {content[:300]!r}")
        return json.loads(content)

    def close(self) -> None:
        """Hang up; the next request connects again."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
