"""Files in and out, measured: `make bench-files` (PEOPLE=100000 ROWS=100000 TRIED=100000 MORE=0).

An invented crowd on a private PostgreSQL, served with two workers, a worker of its own beside
them. A CSV of TRIED people is sent over the API and tried in a dry run, with hints at duplicates;
one of ROWS is run. Meanwhile a reader asks for lists, as it did before. Then the same rows are put
into the same tables by `COPY`. MORE is a longer file, to see whether memory grows. Nothing here
passes or fails.
"""

import csv
import io
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any

import psycopg

from tests.names.__main__ import _database
from tests.serving import free_port, wait_for

PEOPLE = int(os.environ.get("PEOPLE", "100000"))
ROWS = int(os.environ.get("ROWS", "100000"))
TRIED = int(os.environ.get("TRIED", str(ROWS)))
MORE = int(os.environ.get("MORE", "0"))
BASE = int(os.environ.get("BASE", "300"))
LIST = "/api/v1/individuals/"
OUT = os.environ.get("OUT", "csv xlsx jsonl").split()
OUT_ROWS = [int(n) for n in os.environ.get("OUT_ROWS", "100000 1000000").split()]
TABLES = (
    "cases_individual", "cases_individualname", "cases_namekey", "cases_auditentry",
    "cases_change", "cases_importkey", "cases_importrow",
)  # fmt: skip
GIVEN = ("Анна", "Олена", "Сергій", "Дмитро", "Марія", "Иван", "Тетяна", "Павел", "Nadia", "Taras")
FAMILY = ("Петренко", "Иванова", "Коваль", "Сидоренко", "Melnyk", "Орлова", "Гнатюк", "Бондар")


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        environment = os.environ | _database("postgres")
        environment |= {
            "DATA_DIR": folder, "ENV_FILE": "", "DEMO": "1", "MFA_REQUIRED": "0",
            "DJANGO_SETTINGS_MODULE": "tracker.settings", "WORKER_IN_SERVER": "0",
            "API_REQUESTS_PER_MINUTE": "100000000", "EXPORT_ROWS_PER_DAY": "0",
            "WORKERS": "2",
        }  # fmt: skip
        for command in (["migrate", "-v0"], ["generate", "--individuals", str(PEOPLE)]):
            subprocess.run([sys.executable, "manage.py", *command], env=environment, check=True)
        known = told(environment, "tests.bench_api.token")
        hold_back_reminders(environment)
        server = version(environment)
        print(f"Python {platform.python_version()}, {server}, {os.cpu_count()} processors")
        print(f"{PEOPLE:,} people there; a file of {ROWS:,}\n", flush=True)
        with served(environment) as (port, worker):
            measure_import(port, known["caseworker"], worker, ROWS, environment)
        if MORE:
            with served(environment) as (port, worker):
                measure_import(port, known["caseworker"], worker, MORE, environment)
        measure_export(environment)


def hold_back_reminders(environment: dict[str, str]) -> None:
    """Keep the worker to files: nobody has ever set the reminders of an invented crowd."""
    with psycopg.connect(environment["DATABASE_OWNER_URL"], autocommit=True) as connection:
        connection.execute(
            "INSERT INTO cases_queuedjob (id, name, argument, state, attempt, takers, run_after, "
            "put_at, begun_at, fault) VALUES (gen_random_uuid(), 'remind', '', 'running', 1, 1, "
            "now(), now(), now() + interval '1 day', '')"
        )


def told(environment: dict[str, str], module: str, *given: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-m", module, *given], env=environment, check=True,
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])


def version(environment: dict[str, str]) -> str:
    with psycopg.connect(environment["DATABASE_OWNER_URL"]) as connection:
        return f"PostgreSQL {connection.info.server_version // 10_000}"


@contextmanager
def served(environment: dict[str, str]) -> Iterator[tuple[int, int]]:
    """Serve, and work beside it; give the port and the worker's process id."""
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--workers", "2",
         "--blocking-threads", "2", "--port", str(port), "--log-level", "error",
         "tracker.wsgi:application"],
        env=environment,
    )  # fmt: skip
    worker = subprocess.Popen(
        [sys.executable, "manage.py", "work"], env=environment, stdout=subprocess.DEVNULL
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/health/live/", server)
        yield port, worker.pid
    finally:
        for process in (server, worker):
            process.terminate()
        for process in (server, worker):
            process.wait(60)


class Reader:
    """One reader that asks for the list again and again, and times it."""

    def __init__(self, port: int, token: str) -> None:
        self.port, self.token = port, token

    def times(self, least: int) -> list[float]:
        return [self.once() for _ in range(least)]

    def once(self) -> float:
        began = time.perf_counter()
        ask(self.port, self.token, LIST)
        return time.perf_counter() - began

    @contextmanager
    def beside(self) -> Iterator[list[float]]:
        """Ask for as long as the block lasts."""
        ended, found = Event(), list[float]()

        def reading() -> None:
            while not ended.is_set():
                found.append(self.once())
                time.sleep(0.02)

        thread = Thread(target=reading)
        thread.start()
        try:
            yield found
        finally:
            ended.set()
            thread.join()


def ask(port: int, token: str, path: str, body: Any = None, kind: str = "application/json") -> Any:
    data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", data,
        {"Authorization": f"Bearer {token}", "Content-Type": kind},
    )  # fmt: skip
    try:
        with urllib.request.urlopen(request, timeout=600) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as refusal:
        sys.exit(f"{path} → {refusal.code}: {refusal.read()[:500]!r}")


def a_file(rows: int) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["external_id", "name", "sex", "birth_edtf", "circumstances"])
    mark = uuid.uuid4().hex[:6]
    for number in range(rows):
        given, family = GIVEN[number % len(GIVEN)], FAMILY[number // 7 % len(FAMILY)]
        writer.writerow([f"{mark}-{number}", f"{given} {family} {number % 997}",
                         "female" if number % 2 else "male", 1940 + number % 80,
                         "Left on foot."])  # fmt: skip
    return out.getvalue().encode()


def measure_import(
    port: int, token: str, worker: int, rows: int, environment: dict[str, str]
) -> None:
    reader = Reader(port, token)
    reader.times(20)
    before = reader.times(BASE)
    shown("lists before", before, None)
    if TRIED:
        measured_step(reader, worker, "dry-run/", "checked", TRIED, before)
    seconds = measured_step(reader, worker, "run/", "ended", rows, before)
    copied = copy_again(environment, rows)
    print(f"  the same rows by COPY into the same tables: {copied:.1f} s, {rows / copied:,.0f} a "
          f"second; the import has {copied / seconds:.0%} of that\n", flush=True)  # fmt: skip


def measured_step(
    reader: Reader, worker: int, step: str, state: str, rows: int, before: list[float]
) -> float:
    """Send a file and have one thing done with it, while lists are asked for; give the seconds."""
    port, token = reader.port, reader.token
    began = time.monotonic()
    address = f"/api/v1/imports/{sent(port, token, a_file(rows))['id']}/"
    ask(port, token, f"{address}map/", {"mapping": ask(port, token, address)["mapping"]})
    print(f"  {rows:,} rows sent, looked through, kept: {time.monotonic() - began:.1f} s")
    began = time.monotonic()
    with reader.beside() as during:
        ask(port, token, address + step, {})
        ended = finished(port, token, address, state)
    seconds = time.monotonic() - began
    print(f"  {step} {rows:,} rows in {seconds:.0f} s, {rows / seconds:,.0f} a second, "
          f"{ended['rows_added']:,} added, {ended['rows_refused']} refused")  # fmt: skip
    shown(f"lists during {step}", during, before)
    print(f"  peak memory of the worker: {peak(worker):,} MiB", flush=True)
    return seconds


def sent(port: int, token: str, content: bytes) -> Any:
    mark = uuid.uuid4().hex
    parts = [f'--{mark}\r\nContent-Disposition: form-data; name="kind"\r\n\r\nindividuals\r\n']
    head = 'Content-Disposition: form-data; name="file"; filename="people.csv"'
    parts.append(f"--{mark}\r\n{head}\r\nContent-Type: text/csv\r\n\r\n")
    body = "".join(parts).encode() + content + f"\r\n--{mark}--\r\n".encode()
    return ask(port, token, "/api/v1/imports/", body, f"multipart/form-data; boundary={mark}")


def finished(port: int, token: str, address: str, state: str) -> Any:
    while (run := ask(port, token, address))["state"] in {"checking", "running"}:
        time.sleep(1)
    if run["state"] != state:
        sys.exit(f"{run['state']}: {run['why']}")
    return run


def shown(what: str, times: list[float], before: list[float] | None) -> None:
    p95 = statistics.quantiles(times, n=20)[18]
    beside = ""
    if before is not None:
        beside = f", {p95 / statistics.quantiles(before, n=20)[18]:.1f} × before"
    median = statistics.median(times)
    print(f"  {what}: {len(times)} requests, median {median * 1000:.0f} ms, "
          f"p95 {p95 * 1000:.0f} ms{beside}")  # fmt: skip


def peak(process: int) -> int:
    """Give the most memory that a process has had, in MiB."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    held = next(line for line in lines if line.startswith("VmHWM"))
    return int(held.split()[1]) // 1024


def copy_again(environment: dict[str, str], rows: int) -> float:
    """Time `COPY` of what the import wrote, into tables that are made like these."""
    wanted = {"cases_individual": rows, "cases_individualname": rows}
    seconds = 0.0
    with psycopg.connect(environment["DATABASE_OWNER_URL"], autocommit=True) as connection:
        for table in TABLES:
            connection.execute(f"CREATE TABLE again_{table} (LIKE {table} INCLUDING ALL)")
            most = wanted.get(table, rows * 2 if table != "cases_importkey" else rows)
            query = f"SELECT * FROM {table} ORDER BY ctid DESC LIMIT {most}"
            with connection.cursor().copy(f"COPY ({query}) TO STDOUT (FORMAT binary)") as copy:
                blocks = [bytes(block) for block in copy]
            began = time.monotonic()
            into = f"COPY again_{table} FROM STDIN (FORMAT binary)"
            with connection.cursor().copy(into) as copy:
                for block in blocks:
                    copy.write(block)
            seconds += time.monotonic() - began
            connection.execute(f"DROP TABLE again_{table}")
    return seconds


def measure_export(environment: dict[str, str]) -> None:
    """Write lists of several lengths, each by a process of its own, and compare their peaks."""
    for kind in OUT:
        for rows in OUT_ROWS:
            found = told(environment, "tests.bench_files_out", kind, str(rows))
            print(f"  {found['rows']:,} rows as {kind}: {found['seconds']:.0f} s, peak "
                  f"{found['peak']:,} MiB", flush=True)  # fmt: skip


if __name__ == "__main__":
    Path("manage.py").resolve(strict=True)
    main()
