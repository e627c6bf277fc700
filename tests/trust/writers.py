"""Sixteen people edit the same few notes at once. Every acknowledged edit must be in the note.

Each edit appends one word, so that an edit written over is a word that is missing.
"""

import time
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from random import uniform
from uuid import UUID

from tests.trust.calls import Answer, Caller, Unexpected
from tests.trust.figures import Figure, counted
from tests.trust.installation import Installation
from tests.trust.scale import scaled

WRITERS, EDITS, NOTES = 16, scaled(25), 4
PATIENCE = 300.0
FIRST = "begun"


def run(installation: Installation) -> list[Figure]:
    """Edit, then hold the notes, their versions and the trail against what was acknowledged."""
    caller = installation.caller()
    person = caller.made("individuals/", {})["id"]
    notes = [
        caller.made("notes/", {"individual": person, "text": FIRST})["id"] for _ in range(NOTES)
    ]
    blind = [edit(caller, notes[0], "blind", is_blind=True).status for _ in range(WRITERS)]
    until = time.monotonic() + PATIENCE
    with ThreadPoolExecutor(WRITERS) as pool:
        work = partial(write, installation, notes, until)
        acknowledged = [done for edits in pool.map(work, range(WRITERS)) for done in edits]
    return [
        counted("writers", "edits acknowledged", len(acknowledged), WRITERS * EDITS),
        counted("writers", "sent again after 412", installation.tally.statuses[412]),
        counted("writers", "answers to edits without If-Match", only(blind), "428"),
        *judged(installation, notes, acknowledged),
    ]


def only(statuses: Iterable[int]) -> str:
    """Write the one status that all answers had, or those that they had."""
    return " ".join(map(str, sorted(set(statuses))))


def write(
    installation: Installation, notes: list[str], until: float, writer: int
) -> list[tuple[str, str]]:
    """Read, append a word, save; begin again where somebody was quicker."""
    caller, done = installation.caller(), []
    for number in range(EDITS):
        note, word = notes[(writer + number) % len(notes)], f"{writer}.{number}"
        while (answer := edit(caller, note, word)).status != 200:
            if answer.status != 412 and not answer.asks_to_wait:
                raise Unexpected(f"PATCH notes/ → {answer.status}: {answer.body[:300]!r}")
            if time.monotonic() > until:
                raise Unexpected(f"Writer {writer} did not get through in {PATIENCE:.0f} s.")
            time.sleep(uniform(0, 0.1))
        done.append((note, word))
    return done


def edit(caller: Caller, note: str, word: str, *, is_blind: bool = False) -> Answer:
    """Append one word to what is read now."""
    read = caller.insist("GET", f"notes/{note}/")
    text = f"{read.json['text']} {word}"
    condition = {} if is_blind else {"If-Match": read.headers["etag"]}
    return caller.ask("PATCH", f"notes/{note}/", {"text": text}, condition)


def judged(
    installation: Installation, notes: list[str], acknowledged: list[tuple[str, str]]
) -> list[Figure]:
    """Count what is missing, what is there twice, and where row and trail disagree."""
    caller = installation.caller()
    found: Counter[tuple[str, str]] = Counter()
    disagreements = 0
    for note in notes:
        read = caller.insist("GET", f"notes/{note}/").json
        found.update((note, word) for word in read["text"].split() if word != FIRST)
        edits = sum(1 for where, _ in acknowledged if where == note)
        trail = changes(installation, note)
        disagreements += read["version"] != 1 + edits or trail != list(range(2, 2 + edits))
    lost = [edit for edit in acknowledged if edit not in found]
    twice = [edit for edit, times in found.items() if times > 1]
    phantoms = [edit for edit in found if edit not in set(acknowledged)]
    return [
        counted("writers", "edits lost", len(lost), 0),
        counted("writers", "edits there twice, or never acknowledged", len(twice + phantoms), 0),
        counted("writers", "notes whose version or trail disagrees", disagreements, 0),
    ]


def changes(installation: Installation, note: str) -> list[int]:
    """Give the versions that the trail says a note has had, in the order of the trail."""
    query = (
        "SELECT target_id, version_after FROM cases_auditentry "
        "WHERE model = 'note' AND act = 'changed' ORDER BY number"
    )
    rows = installation.rows(query)
    return [after for target, after in rows if UUID(str(target)) == UUID(note)]
