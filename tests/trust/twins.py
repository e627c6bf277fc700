"""A thousand requests, each sent five times at once with one Idempotency-Key: a thousand rows."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Barrier
from uuid import uuid4

from tests.trust.calls import Answer, Caller
from tests.trust.figures import Figure, counted
from tests.trust.installation import Installation
from tests.trust.scale import scaled
from tests.trust.writers import only

KEYS, TWINS, GROUPS = scaled(1_000), 5, 3
CHANGED = min(50, KEYS)
PATIENCE = 120.0
TITLE = "Twin"


@dataclass
class Told:
    """What the five were told about one key."""

    ids: set[str] = field(default_factory=set)
    made: int = 0
    replayed: int = 0
    other: list[int] = field(default_factory=list)

    def note(self, answer: Answer) -> None:
        if not answer.is_acknowledged:
            self.other.append(answer.status)
            return
        self.ids.add(answer.json["id"])
        if answer.headers.get("idempotency-replayed") == "true":
            self.replayed += 1
        else:
            self.made += 1

    @property
    def is_as_promised(self) -> bool:
        return (len(self.ids), self.made, self.replayed, self.other) == (1, 1, TWINS - 1, [])


def run(installation: Installation) -> list[Figure]:
    """Send, count the rows, then send some keys again with another body and as somebody else."""
    keys = [str(uuid4()) for _ in range(KEYS)]
    told = {key: Told() for key in keys}
    shares = [(keys[group::GROUPS], Barrier(TWINS)) for group in range(GROUPS)]
    work = [(share, barrier) for share, barrier in shares for _ in range(TWINS)]
    with ThreadPoolExecutor(len(work)) as pool:
        answered = pool.map(lambda given: send(installation, *given), work)
        for key, answer in (pair for pairs in answered for pair in pairs):
            told[key].note(answer)
    rows = Counter(title for (title,) in installation.rows(_query(TITLE)))
    changed = _answers(installation.caller(), keys[:CHANGED], "Another body")
    other = _answers(installation.caller("a-supervisor"), keys[:CHANGED], "Somebody else")
    return [
        counted("twins", "rows", rows.total(), KEYS),
        counted("twins", "duplicates", rows.total() - len(rows), 0),
        counted("twins", "keys told anything but made once, replayed", _broken(told), 0),
        counted("twins", "answers to a key with another body", changed, "422"),
        counted("twins", "rows of a key with another body", _rows(installation, "Another body"), 0),
        counted("twins", "answers to somebody else's key", other, "201"),
    ]


def send(
    installation: Installation, keys: list[str], together: Barrier
) -> list[tuple[str, Answer]]:
    """Post each key at the moment that its twins do; what is told to wait is sent again."""
    caller, answers = installation.caller(), []
    try:
        for key in keys:
            together.wait(PATIENCE)
            answers.append((key, post(caller, f"{TITLE} {key}", key)))
    except BaseException:
        together.abort()  # else the twins wait for one who is gone
        raise
    return answers


def post(caller: Caller, title: str, key: str) -> Answer:
    return caller.insist("POST", "tasks/", {"title": title}, {"Idempotency-Key": key})


def _answers(caller: Caller, keys: list[str], title: str) -> str:
    return only(post(caller, title, key).status for key in keys)


def _broken(told: dict[str, Told]) -> int:
    return sum(not each.is_as_promised for each in told.values())


def _rows(installation: Installation, title: str) -> int:
    return len(installation.rows(_query(title)))


def _query(title: str) -> str:
    return f"SELECT title FROM cases_task WHERE title LIKE '{title}%'"
