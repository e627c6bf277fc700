"""A partner system's client of the return case tracker, in one file: copy it and make it yours.

    pip install httpx
    export TRACKER_URL=https://tracker.example.org TRACKER_TOKEN=rct_…
    python partner.py push cases.jsonl     # a line each: {"reference": …, "name": …, "language": …}
    python partner.py figure figure.json   # one figure with the report and the statement it is from
    python partner.py pull mirror.json     # what changed since the last time, into a mirror

Each command may be killed and run again: nothing is lost and nothing is written twice.
"""

import json
import os
import sys
import time
import uuid
from pathlib import Path
from typing import Any

import httpx

OURS = uuid.UUID("5f0f6f0e-2f0b-4c1e-9d55-0a6f6f1c2a11")
"""Draw one of your own. A key made of it and your own reference is the same on every try."""
TRIES = 8
LONGEST_WAIT = 60.0


class Refused(Exception):
    """The tracker said no, and would say so again: a person has to look."""


class Tracker:
    """The API, over a line that may break at any moment."""

    def __init__(self, url: str, token: str, transport: httpx.BaseTransport | None = None) -> None:
        self.client = httpx.Client(
            base_url=f"{url.rstrip('/')}/api/v1/",
            headers={"Authorization": f"Bearer {token}"},
            timeout=30,
            transport=transport,
        )

    def ask(self, method: str, path: str, **sent: Any) -> httpx.Response:
        """Send until there is an answer; a busy server says itself when to come again."""
        for attempt in range(TRIES):
            try:
                answer = self.client.request(method, path, **sent)
            except httpx.TransportError:
                wait = 2.0**attempt
            else:
                if answer.status_code not in {409, 429, 503} or "Retry-After" not in answer.headers:
                    return answer
                wait = float(answer.headers["Retry-After"])
            time.sleep(min(wait, LONGEST_WAIT))
        raise Refused(f"{method} {path}: no answer in {TRIES} tries.")

    def get(self, path: str, **params: Any) -> Any:
        return told(self.ask("GET", path, params=params))

    def add(self, path: str, reference: str, **body: Any) -> Any:
        """Add a row. The same reference adds it once, however often it is sent."""
        key = str(uuid.uuid5(OURS, f"{path} {reference}"))
        return told(self.ask("POST", path, json=body, headers={"Idempotency-Key": key}))


def told(answer: httpx.Response) -> Any:
    """Give what the answer says, or the tracker's own sentence for what is wrong."""
    if answer.is_success:
        return answer.json()
    raise Refused(f"{answer.status_code} {answer.json().get('detail', '')}")


def push(tracker: Tracker, file: Path) -> None:
    """Hand in cases, and say under which number each is known from now on."""
    for line in file.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        names = [{"text": case["name"], "language_tag": case["language"]}]
        try:
            person = tracker.add("individuals/", case["reference"], names=names)
        except Refused as refusal:
            print(f"{case['reference']}: refused. {refusal}")
            continue
        print(f"{case['reference']}: {person['case_number']}", *person["warnings"])


def figure(tracker: Tracker, file: Path) -> None:
    """Hand in a figure: never without who said it, and where."""
    given = json.loads(file.read_text(encoding="utf-8"))
    report = tracker.add("source-reports/", given["report"]["code"], **given["report"])
    statement = tracker.add("statements/", given["statement"]["code"], **given["statement"])
    cited = f"{report['code']} {statement['code']}"
    tracker.add("citations/", cited, statement=statement["id"], report=report["id"])
    (population,) = tracker.get("populations/", code=given["population"])["results"]
    row = tracker.add(
        "reported-counts/",
        f"{statement['code']} {given['population']}",
        statement=statement["id"],
        population=population["id"],
        **given["count"],
    )
    print(f"{row['stated_text']} of {given['population']}, said in {report['code']}: {row['id']}")


def pull(tracker: Tracker, file: Path) -> None:
    """Bring a mirror up to date; it is saved after each page, with the place in the feed."""
    mirror = json.loads(file.read_text()) if file.exists() else {"after": None, "rows": {}}
    rows, has_more, seen = mirror["rows"], True, 0
    while has_more:
        place = {"after": mirror["after"]} if mirror["after"] else {}
        page = tracker.get("changes/", page_size=200, **place)
        for change in page["results"]:
            row, seen = f"{change['collection']}/{change['id']}/", seen + 1
            answer = None if change["change"] == "gone" else tracker.ask("GET", row)
            if answer is None or answer.status_code == httpx.codes.NOT_FOUND:
                rows.pop(row, None)
            else:
                rows[row] = told(answer)
        mirror["after"], has_more = page["next"], page["has_more"]
        save(file, mirror)
    print(f"{seen} changes, {len(rows)} rows in the mirror")


def save(file: Path, mirror: dict[str, Any]) -> None:
    """Write beside, then put in place: a mirror that is half written is none."""
    beside = file.with_suffix(".new")
    beside.write_text(json.dumps(mirror, ensure_ascii=False), encoding="utf-8")
    beside.replace(file)


COMMANDS = {"push": push, "figure": figure, "pull": pull}


def main() -> None:
    if len(sys.argv) != 3 or sys.argv[1] not in COMMANDS:  # noqa: PLR2004 - command and file
        sys.exit(__doc__)
    tracker = Tracker(os.environ["TRACKER_URL"], os.environ["TRACKER_TOKEN"])
    try:
        COMMANDS[sys.argv[1]](tracker, Path(sys.argv[2]))
    except Refused as refusal:
        sys.exit(str(refusal))


if __name__ == "__main__":
    main()
