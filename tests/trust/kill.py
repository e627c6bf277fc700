"""Kill -9 in the middle of the work, thirty times. What was acknowledged is there afterwards.

Eight writers add and change; each keeps a journal of what it was told. A request whose answer
never came is sent again with its key: it is there once, whether the first was done or not.
"""

import random
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event
from typing import Any
from uuid import UUID, uuid4

from tests.trust import ledger
from tests.trust.calls import Answer, Caller, Unanswered, Unexpected
from tests.trust.figures import Figure, counted
from tests.trust.installation import Installation
from tests.trust.scale import scaled
from tests.trust.stores import Postgres

KILLS, CRASHES, WRITERS = scaled(30), scaled(5), 8
SOONEST, LATEST = 0.2, 3.0

Request = tuple[str, dict[str, Any], str]


@dataclass
class Journal:
    """What one writer was told: rows with the version acknowledged, and requests unanswered."""

    acknowledged: dict[ledger.Key, tuple[int, str]] = field(default_factory=dict)
    doubtful: list[Request] = field(default_factory=list)
    writes: int = 0

    def note(self, model: str, answer: Answer) -> Any:
        """Take down what was acknowledged; give the row.

        :raises Unexpected: for a refusal.
        """
        if not answer.is_acknowledged:
            raise Unexpected(f"{model} → {answer.status}: {answer.body[:300]!r}")
        row = answer.json
        self.acknowledged[model, UUID(row["id"])] = (row["version"], row.get("title", ""))
        self.writes += 1
        return row


@dataclass
class Outcome:
    """What all kills together did."""

    writes: int = 0
    doubtful: int = 0
    lost: int = 0
    twice: int = 0
    partial: int = 0
    breaks: int = 0
    faults: list[str] = field(default_factory=list)


def run(installation: Installation) -> list[Figure]:
    """Kill the server, and on PostgreSQL then the database, and judge after each."""
    seed = random.randrange(10**6)
    print(f"  kill: seed {seed}", flush=True)
    chance = random.Random(seed)
    known = ledger.disagreements(installation)
    server, database = Outcome(), Outcome()
    for _ in range(KILLS):
        trial(installation, chance, server, known, lambda: revived(installation))
    figures = shown("server killed", KILLS, server)
    if isinstance(installation.store, Postgres):
        for _ in range(CRASHES):
            trial(installation, chance, database, known, installation.store.crash)
        figures += shown("database killed", CRASHES, database)
    verified = installation.manage("verify_audit")
    said = "whole" if verified.returncode == 0 else verified.stderr.strip()[-60:]
    return [*figures, counted("kill", "the trail, by manage.py verify_audit", said, "whole")]


def revived(installation: Installation) -> None:
    """Kill the server and all its workers, and start it as before."""
    installation.kill()
    installation.start()


def trial(
    installation: Installation,
    chance: random.Random,
    outcome: Outcome,
    known: set[ledger.Key],
    crash: Callable[[], None],
) -> None:
    """Let the writers work for a while, crash, and judge what is left."""
    ended = Event()
    with ThreadPoolExecutor(WRITERS) as pool:
        work = [pool.submit(write, installation.caller(), ended) for _ in range(WRITERS)]
        time.sleep(chance.uniform(SOONEST, LATEST))
        try:
            crash()
        finally:
            ended.set()
        journals = [_result(future) for future in work]
    caller = installation.caller()
    for journal in journals:
        outcome.doubtful += len(journal.doubtful)
        for path, body, key in journal.doubtful:
            answer = caller.insist("POST", path, body, {"Idempotency-Key": key})
            journal.note("task" if path == "tasks/" else "individual", answer)
    judge(installation, journals, outcome, known)


def _result(future: Future[Journal]) -> Journal:
    return future.result(timeout=60)


def write(caller: Caller, ended: Event) -> Journal:
    """Add a person, add a task, change the task, until the server is gone."""
    journal = Journal()
    while not ended.is_set():
        try:
            _people_and_tasks(caller, journal)
        except Unanswered:
            break
    return journal


def _people_and_tasks(caller: Caller, journal: Journal) -> None:
    named = {"names": [{"text": "Анна Проба", "language_tag": "ru-Cyrl"}]}
    _add(caller, journal, "individuals/", named)
    for _ in range(3):
        title = f"Killed {uuid4()}"
        row = _add(caller, journal, "tasks/", {"title": title})
        if row is None:
            return
        changed = {"title": f"{title} changed"}
        condition = {"If-Match": f'"{row["version"]}"'}
        answer = caller.ask("PATCH", f"tasks/{row['id']}/", changed, condition)
        if not answer.asks_to_wait:
            journal.note("task", answer)


def _add(caller: Caller, journal: Journal, path: str, body: dict[str, Any]) -> Any:
    """Post with a key; what is not answered is doubtful until it is sent again."""
    key = str(uuid4())
    journal.doubtful.append((path, body, key))
    answer = caller.ask("POST", path, body, {"Idempotency-Key": key})
    journal.doubtful.pop()
    if answer.asks_to_wait:
        return None
    return journal.note("task" if path == "tasks/" else "individual", answer)


def judge(
    installation: Installation,
    journals: list[Journal],
    outcome: Outcome,
    known: set[ledger.Key],
) -> None:
    """Hold the database against the journals, its trail and its own check."""
    versions = ledger.versions(installation)
    titles = {
        UUID(str(pk)): title for pk, title in installation.rows("SELECT id, title FROM cases_task")
    }
    for journal in journals:
        outcome.writes += journal.writes
        for key, (version, title) in journal.acknowledged.items():
            now = versions.get(key, 0)
            is_there = now > version or (now == version and titles.get(key[1], "") == title)
            outcome.lost += not is_there
    begun = Counter(title.removesuffix(" changed") for title in titles.values())
    outcome.twice += sum(n > 1 for title, n in begun.items() if title.startswith("Killed"))
    outcome.partial += len(ledger.disagreements(installation, known))
    outcome.partial += nameless(installation)
    outcome.breaks += ledger.breaks(installation)
    if fault := installation.store.fault(installation.part):
        outcome.faults.append(fault)


def nameless(installation: Installation) -> int:
    """Count the people of this part who did not get their one name with them."""
    rows = installation.rows(
        "SELECT count(*) FROM cases_individual person WHERE 1 <> (SELECT count(*) FROM "
        "cases_individualname name WHERE name.individual_id = person.id) AND person.id IN "
        "(SELECT individual_id FROM cases_individualname WHERE text = 'Анна Проба')"
    )
    return int(rows[0][0])


def shown(how: str, times: int, outcome: Outcome) -> list[Figure]:
    """Give the figures of one way to die."""
    kept = {
        "acknowledged writes lost": outcome.lost,
        "there twice after a retry with its key": outcome.twice,
        "rows and trail that disagree": outcome.partial,
        "broken links of the chain": outcome.breaks,
        "faults of the file or cluster": len(outcome.faults),
    }
    return [
        counted("kill", f"{how}, times", times),
        counted("kill", "writes acknowledged", outcome.writes),
        counted("kill", "unanswered, sent again with their key", outcome.doubtful),
        *(counted("kill", name, number, 0) for name, number in kept.items()),
    ]
