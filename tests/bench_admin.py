"""What the admin's lists and the API's cost at a million people: `make bench-admin`.

PEOPLE=1000000 ON="sqlite postgresql" by default. Each page is asked for in turn with its bare
query, A B A B …, in one process; medians and 95th percentiles are printed, and the ratio of the
medians, so that a slow machine slows both. Nothing here passes or fails.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg

from tests import postgres

PEOPLE = int(os.environ.get("PEOPLE", "1000000"))
ROUNDS = int(os.environ.get("ROUNDS", "40"))
DATABASES = os.environ.get("ON", "sqlite postgresql").split()
LIST = "/admin/cases/individual/"
API = "/api/v1/individuals/"
LAST = min(200, PEOPLE * 4 // 10 * 9 // 10 // 50)
"""A page near the end of what is listed of the largest organisation, which keeps four in ten."""
PAGES = (
    ("the list", LIST),
    ("deep in it", f"{LIST}?p={LAST}"),
    ("by case number", f"{LIST}?o=1"),
    ("open cases", f"{LIST}?work_status__exact=open"),
    ("the dead (1 in 75)", f"{LIST}?return_status__exact=deceased"),
    ("a choice nobody meets", f"{LIST}?sex__exact=other"),
    ("two filters", f"{LIST}?work_status__exact=closed&priority__exact=urgent"),
    ("mine", f"{LIST}?mine=yes"),
    ("search, a case number", f"{LIST}?q=C-000042"),
    ("search, a common name", f"{LIST}?q=Olena"),
    ("names", "/admin/cases/individualname/"),
    ("status history", "/admin/cases/statusevent/"),
    ("the API's page", API),
    ("the API's count", f"{API}?include=count"),
)


def main() -> None:
    if os.environ.get("MEASURING"):
        measure()
        return
    for kind in DATABASES:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            (Path(folder) / "static").mkdir()
            environment = {
                **os.environ,
                "DATA_DIR": folder,
                "DEMO": "1",
                "ALLOWED_HOSTS": "testserver",
                "DJANGO_SETTINGS_MODULE": "tracker.settings",
                "MEASURING": kind,
            }
            if kind == "postgresql":
                environment |= _server()
            subprocess.run([sys.executable, "-m", "tests.bench_admin"], env=environment, check=True)


def _server() -> dict[str, str]:
    """Start a PostgreSQL as it comes, but for the memory that a server of its own would have."""
    postgres.QUICK += ["shared_buffers=1GB", "maintenance_work_mem=256MB", "max_wal_size=4GB"]
    owner = postgres.start(postgres.find_binaries() or sys.exit(postgres.NONE_FOUND))
    with psycopg.connect(owner.replace("/tracker?", "/postgres?"), autocommit=True) as by:
        by.execute("CREATE DATABASE tracker")
    app = owner.replace("://postgres@", f"://{postgres.APP_ROLE}@")
    return {"DATABASE_URL": app, "DATABASE_OWNER_URL": owner}


def measure() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    began = time.perf_counter()
    call_command("generate", individuals=PEOPLE, if_empty=True, verbosity=0)
    print(f"\n{os.environ['MEASURING']}: {PEOPLE:,} people in {time.perf_counter() - began:.0f} s")
    print("      p50      p95   queries   bare p50   ratio")
    for title, address in PAGES:
        try:
            report(title, *pair(address))
        except NoPage as refusal:
            print(f"                                              {refusal}   {title}", flush=True)


class NoPage(RuntimeError):  # noqa: N818 - a finding
    """A page that did not come: its status says why."""


def pair(address: str) -> tuple[Callable[[], Any], Callable[[], Any], int]:
    """Give the page, its first page of rows bare, and how many queries the page takes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from cases.access.gate import System, acting_as
    from cases.models import Individual

    client, organisation = signed_in()

    def page() -> Any:
        response = client.get(address)
        if response.status_code != 200:
            raise NoPage(response.status_code)
        return response

    def bare() -> Any:
        with acting_as(System("measuring")):
            rows = Individual.objects.filter(organisation=organisation)
            return list(rows.order_by("-updated_at", "id")[:50].values_list())

    page()
    with CaptureQueriesContext(connection) as caught:
        page()
    return page, bare, len(caught)


def signed_in() -> tuple[Any, Any]:
    """Give a client with a session and a token of a caseworker of the largest organisation."""
    from django.test import Client
    from knox.models import AuthToken

    from cases.access.gate import System, acting_as
    from cases.models import Individual, User

    with acting_as(System("measuring")):
        largest = Individual.objects.order_by("recorded_at")[0].organisation_id
        user = User.objects.filter(organisation=largest, role="caseworker")[0]
        client = Client(headers={"Authorization": f"Bearer {AuthToken.objects.create(user)[1]}"})
        client.force_login(user)
    return client, largest


def report(title: str, page: Callable[[], Any], bare: Callable[[], Any], queries: int) -> None:
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for kept, act in zip(times, (page, bare), strict=True):
            began = time.perf_counter()
            act()
            kept.append((time.perf_counter() - began) * 1000)
    half, most = statistics.median(times[0]), statistics.quantiles(times[0], n=20)[-1]
    plain = statistics.median(times[1])
    print(
        f"{half:9.1f}{most:9.1f}{queries:10d}{plain:11.1f}{half / plain:8.1f}   {title}",
        flush=True,
    )


if __name__ == "__main__":
    main()
