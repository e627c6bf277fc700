"""An import row by row, its worker killed twenty times: each row once, the result file whole."""

import csv
import io
import random
import uuid
from collections import Counter
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

from tests.trust import ledger, workers
from tests.trust.calls import Unexpected
from tests.trust.figures import Figure, counted
from tests.trust.installation import Installation
from tests.trust.scale import scaled

ROWS = scaled(4_000)
BAD_EVERY = 40
KEY = "a-caseworker"


def run(installation: Installation) -> list[Figure]:
    """Upload, run, kill, resume; then hold rows, notes and file against what was sent."""
    seed = random.randrange(10**6)
    print(f"  imports: seed {seed}, {ROWS} rows", flush=True)
    address = begun(installation)

    def is_done() -> bool:
        return state_of(installation, address) not in {"running", "mapped"}

    kills, in_hand = workers.killed_and_resumed(installation, random.Random(seed), is_done)
    return [
        counted("imports", "worker killed, times", kills),
        counted("imports", "… with a job in its hands", in_hand),
        counted("imports", "rows of the file", ROWS),
        *judged(installation, address),
    ]


def begun(installation: Installation) -> str:
    """Upload a file of batches, match its columns and begin; give its address in the API."""
    run_ = sent(installation, "imports/", a_file())
    address = f"imports/{run_['id']}/"
    caller = installation.caller(KEY)
    steps = [("map/", {"mapping": ["external_id", "code", "title", "kind"]}), ("run/", {})]
    for step, body in steps:
        answer = caller.insist("POST", address + step, body)
        if not answer.is_acknowledged:
            raise Unexpected(f"{step} → {answer.status}: {answer.body[:300]!r}")
    return address


def a_file() -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["external_id", "code", "title", "kind"])
    for number in range(ROWS):
        kind = "nonsense" if number % BAD_EVERY == 0 else "corridor"
        writer.writerow([f"X{number}", f"killed-{number}", f"Batch {number}", kind])
    return out.getvalue().encode()


def sent(installation: Installation, path: str, content: bytes) -> Any:
    """Send a file as a form."""
    mark = uuid.uuid4().hex
    parts = [f'--{mark}\r\nContent-Disposition: form-data; name="kind"\r\n\r\nbatches\r\n'.encode()]
    head = 'Content-Disposition: form-data; name="file"; filename="batches.csv"'
    parts += [f"--{mark}\r\n{head}\r\nContent-Type: text/csv\r\n\r\n".encode(), content]
    body = b"".join([*parts, f"\r\n--{mark}--\r\n".encode()])
    caller = installation.caller(KEY)
    return caller.uploaded(path, body, f"multipart/form-data; boundary={mark}")


def state_of(installation: Installation, address: str) -> str:
    return str(installation.caller(KEY).insist("GET", address).json["state"])


def judged(installation: Installation, address: str) -> list[Figure]:
    """Compare what is there with what was sent, in plain SQL, and the file that goes back."""
    expected = set(range(2, ROWS + 2))
    bad = {number + 2 for number in range(0, ROWS, BAD_EVERY)}
    codes = Counter(code for (code,) in installation.rows(
        "SELECT code FROM cases_repatriationbatch WHERE code LIKE 'killed-%'"))  # fmt: skip
    noted = installation.rows("SELECT number, outcome FROM cases_importrow")
    numbers = Counter(number for number, _outcome in noted)
    entries = Counter(str(key) for (key,) in installation.rows(
        "SELECT target_id FROM cases_auditentry WHERE model = 'repatriationbatch' AND "
        "act = 'recorded' AND target_id IN "
        "(SELECT id FROM cases_repatriationbatch WHERE code LIKE 'killed-%')"))  # fmt: skip
    good = ROWS - len(bad)
    body = installation.caller(KEY).insist("GET", address).json
    lines = result_of(installation, address)
    kept = {
        "state at the end": (body["state"], "ended"),
        "rows added, by the run": (body["rows_added"], good),
        "batches that are there": (len(codes), good),
        "batches that are there twice": (sum(n > 1 for n in codes.values()), 0),
        "rows without their note, or with two": (
            len(expected ^ numbers.keys()) + sum(n > 1 for n in numbers.values()), 0),
        "bad rows refused": (len({n for n, what in noted if what == "refused"} & bad), len(bad)),
        "rows in the result file, each once": (len(set(lines)), ROWS),
        "lines of the result file": (len(lines), ROWS),
        "batches without one entry in the trail": (
            good - sum(n == 1 for n in entries.values()), 0),
        "broken links of the chain": (ledger.breaks(installation), 0),
    }  # fmt: skip
    return [counted("imports", name, found, wanted) for name, (found, wanted) in kept.items()]


def result_of(installation: Installation, address: str) -> list[int]:
    """Give the numbers of the rows in the file that goes back."""
    url = urlsplit(installation.url)
    connection = HTTPConnection(url.netloc, timeout=60)
    token = installation.actor(KEY)["token"]
    connection.request(
        "GET", f"/api/v1/{address}result/", headers={"Authorization": f"Bearer {token}"}
    )
    text = connection.getresponse().read().decode("utf-8-sig")
    connection.close()
    return [int(line["row"]) for line in csv.DictReader(io.StringIO(text))]
