"""The API beside its peers, on the same rows: `make bench-api` (PEOPLE=1000000, SECONDS=3).

An invented crowd on a private PostgreSQL; our server, plain Django REST framework as commonly
deployed and a bare function that hands on JSON of the database are up at once, each with two
workers, and are asked in turn by `wrk` (Debian's package). Medians and ratios within the run are
printed; nothing passes or fails.
"""

import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.names.__main__ import _database

PEOPLE = int(os.environ.get("PEOPLE", "1000000"))
SECONDS = os.environ.get("SECONDS", "3")
ROUNDS = int(os.environ.get("ROUNDS", "5"))
AT_ONCE = (1, 16)
READ_ON_RECORD = "detail, with its entry in the trail"
OURS, DRF, LIMIT = "the tracker", "plain DRF", "the limit"
_RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
_FAILED = re.compile(r"Non-2xx or 3xx responses: (\d+)")


def main() -> None:
    if shutil.which("wrk") is None:
        sys.exit("wrk is missing: apt-get install wrk")
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        environment = os.environ | _database("postgres")
        environment |= {
            "DATA_DIR": folder, "ENV_FILE": "", "DEMO": "1", "MFA_REQUIRED": "0",
            "DJANGO_SETTINGS_MODULE": "tracker.settings", "API_REQUESTS_PER_MINUTE": "100000000",
        }  # fmt: skip
        for command in (["migrate", "-v0"], ["generate", "--individuals", str(PEOPLE)]):
            subprocess.run([sys.executable, "manage.py", *command], env=environment, check=True)
        told = subprocess.run(
            [sys.executable, "-m", "tests.bench_api_token"], env=environment, check=True,
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        known = json.loads(told.stdout.splitlines()[-1])
        with served(environment) as ports:
            report(measured(ports, known))


@contextmanager
def served(environment: dict[str, str]) -> Iterator[dict[str, int]]:
    """Serve all three; the last line of each server's start is its own."""
    ports = {name: free_port() for name in (OURS, DRF, LIMIT)}
    module = {OURS: "tracker.wsgi", DRF: "tests.peers.drf", LIMIT: "tests.peers.limit"}
    servers = []
    for name, port in ports.items():
        given = environment if name != DRF else environment | {"DJANGO_SETTINGS_MODULE": ""}
        command = [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--workers", "2",
            "--blocking-threads", "2" if name == OURS else "1", "--port", str(port),
            "--log-level", "error", f"{module[name]}:application",
        ]  # fmt: skip
        servers.append(subprocess.Popen(command, env=given))
    try:
        for port in ports.values():
            await_answer(port)
        yield ports
    finally:
        for server in servers:
            server.terminate()
        for server in servers:
            server.wait(20)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def await_answer(port: int) -> None:
    for _ in range(200):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    sys.exit(f"Nothing listens at port {port}.")


def measured(ports: dict[str, int], known: dict[str, str]) -> dict[Any, list[float]]:
    """Ask in turn: each round visits all, so that a slow minute is slow for all."""
    organisation, person = known["organisation"], known["person"]
    paths = {
        "list": {
            OURS: "/api/v1/individuals/",
            DRF: f"/people/?organisation_id={organisation}",
            LIMIT: f"/list/{organisation}",
        },
        "a deep page": {OURS: deep_page(ports[OURS], known["caseworker"])},
        "detail": {
            OURS: f"/api/v1/individuals/{person}/",
            DRF: f"/people/{person}/",
            LIMIT: f"/detail/{person}",
        },
        READ_ON_RECORD: {OURS: f"/api/v1/individuals/{person}/", DRF: f"/people/{person}/"},
    }
    rates: dict[Any, list[float]] = {}
    for _ in range(ROUNDS):
        for what, asked in paths.items():
            for at_once in AT_ONCE:
                for name, path in asked.items():
                    token = known["manager" if what == "detail" else "caseworker"]
                    rate = asked_for(ports[name], path, token, at_once)
                    rates.setdefault((what, at_once, name), []).append(rate)
    return rates


def deep_page(port: int, token: str) -> str:
    """Give the address of a page half-way down the list."""
    address = "/api/v1/individuals/?page_size=200"
    for _ in range(PEOPLE * 4 // 10 // 2 // 200):
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}{address}", headers={"Authorization": f"Bearer {token}"}
        )
        with urllib.request.urlopen(request) as answer:  # noqa: S310
            following = json.load(answer)["next"]
        if following is None:
            break
        address = following.partition(f":{port}")[2]
    return address.replace("page_size=200&", "").replace("&page_size=200", "")


def asked_for(port: int, path: str, token: str, at_once: int) -> float:
    """Ask one address as often as it goes; give requests a second."""
    done = subprocess.run(
        ["wrk", "-t1", f"-c{at_once}", f"-d{SECONDS}s", "-H", f"Authorization: Bearer {token}",
         f"http://127.0.0.1:{port}{path}"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    if _FAILED.search(done.stdout):
        sys.exit(f"{path} does not answer with 200:\n{done.stdout}")
    found = _RATE.search(done.stdout)
    return float(found[1]) if found else 0.0


def report(rates: dict[Any, list[float]]) -> None:
    print(f"\n{PEOPLE:,} people, two workers each, medians of {ROUNDS} rounds, requests a second\n")
    medians = {key: statistics.median(found) for key, found in rates.items()}
    for (what, at_once, name), rate in medians.items():
        beside = "".join(
            f"   {rate / medians[what, at_once, other]:6.2f} × {other}"
            for other in (DRF, LIMIT)
            if name == OURS and (what, at_once, other) in medians
        )
        if what == "a deep page":
            beside = f"   {medians['list', at_once, OURS] / rate:6.2f} × the time of the first"
        print(f"{what:36} {at_once:3} at once  {name:12} {rate:9.0f}{beside}")


if __name__ == "__main__":
    Path("manage.py").resolve(strict=True)
    main()
