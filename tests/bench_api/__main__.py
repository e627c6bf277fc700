"""The API beside its peers, on the same rows: `make bench` (PEOPLE=1000000, ROUNDS=5, SECONDS=3).

An invented crowd on a private PostgreSQL, then on SQLite. Our server, plain Django REST framework
and django-ninja as commonly deployed, and a bare function that hands on JSON of the database (on
SQLite: Datasette) are up at once, each with two workers, and are asked in turn by `wrk`. Medians
and ratios within the run are printed and written to docs/benchmarks.md; nothing passes or fails.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tests.bench_api import asking, paths, report, serving
from tests.bench_api.serving import OURS, Server
from tests.names.__main__ import _database

PEOPLE = int(os.environ.get("PEOPLE", "1000000"))
ON = os.environ.get("ON", "postgres sqlite").split()
SECONDS = os.environ.get("SECONDS", "3")
ROUNDS = int(os.environ.get("ROUNDS", "5"))
AT_ONCE = (1, 16)


def main() -> None:
    asking.require()
    serving.install_peers()
    for on in ON:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            environment = _environment(on, folder)
            known = prepared(environment)
            with serving.served(on, environment) as servers:
                resting = {name: server.memory() for name, server in servers.items()}
                rates = measured(servers, known)
                report.say(on, PEOPLE, ROUNDS, rates, servers, resting)
    report.write(Path("docs/benchmarks.md"))


def _environment(on: str, folder: str) -> dict[str, str]:
    known = os.environ | _database(on)
    theirs = known.get("DATABASE_OWNER_URL", f"sqlite:///{folder}/tracker.sqlite3")
    return known | {
        "DATA_DIR": folder, "ENV_FILE": "", "DEMO": "1", "MFA_REQUIRED": "0",
        "DJANGO_SETTINGS_MODULE": "tracker.settings", "API_REQUESTS_PER_MINUTE": "100000000",
        "PEERS_DATABASE_URL": theirs,
    }  # fmt: skip


def prepared(environment: Mapping[str, str]) -> dict[str, str]:
    """Fill the database; give tokens and whom to ask for."""
    for command in (["migrate", "-v0"], ["generate", "--individuals", str(PEOPLE)]):
        subprocess.run([sys.executable, "manage.py", *command], env=environment, check=True)
    told = subprocess.run(
        [sys.executable, "-m", "tests.bench_api.token"], env=environment, check=True,
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    known: dict[str, str] = json.loads(told.stdout.splitlines()[-1])
    return known


def measured(servers: Mapping[str, Server], known: Mapping[str, str]) -> report.Rates:
    """Ask in turn: each round visits all, so that a slow minute is slow for all."""
    base = {name: f"http://127.0.0.1:{server.port}" for name, server in servers.items()}
    deep = asking.deep_page(base[OURS], known["caseworker"], PEOPLE * 4 // 10 // 2)
    rates: report.Rates = {}
    for turn in range(ROUNDS):
        for what, asked in paths.reads(known, deep).items():
            token = known["manager" if what == paths.DETAIL else "caseworker"]
            for at_once in AT_ONCE:
                for name in filter(base.__contains__, asked):
                    rate = asking.rate(
                        base[name] + asked[name], token, at_once=at_once, seconds=SECONDS
                    )
                    rates.setdefault((what, at_once, name), []).append(rate)
        to, bodies = paths.writes(known)
        for at_once in AT_ONCE:
            for name in filter(base.__contains__, to):
                rate = asking.rate_of_writes(
                    base[name] + to[name], known["caseworker"], bodies[name],
                    of=f"{name[0]}-{turn}-{at_once}", at_once=at_once, seconds=SECONDS,
                )  # fmt: skip
                rates.setdefault((paths.CREATE, at_once, name), []).append(rate)
    return rates


if __name__ == "__main__":
    Path("manage.py").resolve(strict=True)
    main()
