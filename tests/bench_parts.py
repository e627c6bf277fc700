"""What things cost, as ratios within one run: `make bench-parts` (ROWS=20000 by default).

Each pair runs in turn, A B A B …, in one process on one database; medians are compared, so that a
slow machine slows both. Nothing here passes or fails: a timed test would be a flaky one.
"""

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROWS = int(os.environ.get("ROWS", "20000"))
ROUNDS = 15
BATCH = 1_000


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATA_DIR"] = folder
        (Path(folder) / "static").mkdir()
        os.environ["DJANGO_SETTINGS_MODULE"] = "tracker.settings"
        os.environ["ALLOWED_HOSTS"] = "testserver"
        import django  # the settings need the environment above

        django.setup()
        from django.core.management import call_command

        from cases.access.gate import System, acting_as

        with acting_as(System("measuring")):
            call_command("migrate", verbosity=0, interactive=False)
            call_command("loaddata", *_fixtures(), verbosity=0)
            measure()


def _fixtures() -> list[str]:
    from cases.exchange.fixtures import LOAD_ORDER

    return [str(Path("fixtures") / f"{name}.json") for name in LOAD_ORDER]


def measure() -> None:
    from cases.models import Organisation, User
    from cases.vocabulary.organisations import Role

    organisation = Organisation.objects.get(key="a")
    worker = User(organisation=organisation, email="bench@example.org", role=Role.CASEWORKER)
    worker.set_unusable_password()
    worker.save()
    print(f"Python {sys.version.split()[0]}, {ROWS:,} individuals, medians of {ROUNDS} rounds\n")
    fill(organisation, worker)
    for title, one, other in pairs(worker):
        compare(title, one, other)
    explain()


def fill(organisation, worker) -> None:
    """Insert people and names past the actions: it is reading that is measured."""
    from cases.models import Individual, IndividualName
    from cases.rules.individuals import case_number

    given = ["Анна", "Олена", "Сергей", "Дмитро", "Марія", "Иван", "Тетяна", "Павел"]
    for start in range(0, ROWS, BATCH):
        people = [
            Individual(
                organisation=organisation,
                recorded_by=worker,
                case_number=case_number(100_000 + start + offset),
            )
            for offset in range(BATCH)
        ]
        Individual.objects.bulk_create(people)
        names = [
            IndividualName(
                organisation=organisation,
                individual=person,
                text=f"{given[number % len(given)]} Тестова{start + number}",
                language_tag="ru-Cyrl",
            )
            for number, person in enumerate(people)
        ]
        IndividualName.objects.bulk_create(names)


def pairs(worker) -> list[tuple[str, Callable[[], object], Callable[[], object]]]:
    from knox.models import AuthToken
    from rest_framework.test import APIClient

    from cases.models import Individual, IndividualName

    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {AuthToken.objects.create(worker)[1]}")

    def get(address: str) -> Any:
        response = client.get(address)
        if response.status_code != 200:
            raise RuntimeError(response.content)
        return json.loads(response.content)

    first = "/api/v1/individuals/"
    deep = _deep(get, first)
    outstanding = "/api/v1/outstanding/?population=kursk-held-in-ukraine"
    bare = Individual.objects.order_by("-updated_at", "id")
    written = IndividualName.objects.filter(text__icontains=f"тестова{ROWS - 1}")
    return [
        ("a page deep in the list / the first page", lambda: get(deep), lambda: get(first)),
        ("a page of the API / the same rows, bare", lambda: get(first), lambda: list(bare[:50])),
        (
            "search by name in another script / icontains in its own",
            lambda: get(f"{first}?q=testova{ROWS - 1}"),
            lambda: list(written.all()),
        ),
        (
            "the outstanding figures / a page of people",
            lambda: get(outstanding),
            lambda: get(first),
        ),
    ]


def _deep(get, address: str) -> str:
    for _ in range(40):
        following = get(f"{address}{'&' if '?' in address else '?'}page_size=200")["next"]
        if following is None:
            break
        address = following.replace("page_size=200&", "").replace("&page_size=200", "")
    return address


def compare(title: str, one: Callable[[], object], other: Callable[[], object]) -> None:
    one(), other()
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for kept, act in zip(times, (one, other), strict=True):
            began = time.perf_counter()
            act()
            kept.append(time.perf_counter() - began)
    a, b = (statistics.median(kept) * 1000 for kept in times)
    print(f"{a / b:6.2f} ×   {title}   ({a:.1f} ms / {b:.1f} ms)")


def explain() -> None:
    from cases.models import Individual

    print("\nThe plan of a page:")
    print(Individual.objects.order_by("-updated_at", "id")[:50].explain())


if __name__ == "__main__":
    main()
