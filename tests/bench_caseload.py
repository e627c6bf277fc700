"""What the caseload page costs as the people grow: `make bench-caseload` (PEOPLE=10000,100000).

One database on SQLite that is filled up step by step, the page asked for as a manager at each,
in processor time of this process: ratios to the first step. Beside it, the count of a day.
"""

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

STEPS = [int(step) for step in os.environ.get("PEOPLE", "10000,100000,1000000").split(",")]
ROUNDS = 15


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATA_DIR"] = folder
        (Path(folder) / "static").mkdir()
        os.environ["DJANGO_SETTINGS_MODULE"] = "tracker.settings"
        os.environ["ALLOWED_HOSTS"] = "testserver"
        os.environ["DEMO"] = "1"
        import django  # the settings need the environment above

        django.setup()
        from django.core.management import call_command

        from cases.access.gate import System, acting_as
        from cases.exchange.fixtures import LOAD_ORDER

        with acting_as(System("measuring")):
            call_command("migrate", verbosity=0, interactive=False)
            paths = [str(Path("fixtures") / f"{name}.json") for name in LOAD_ORDER]
            call_command("loaddata", *paths, verbosity=0)
            measure()


def measure() -> None:
    from django.test import Client

    from cases.jobs import caseload
    from cases.models import Individual, Organisation, Place, User
    from cases.rules.individuals import case_number
    from cases.vocabulary.organisations import Role

    organisation = Organisation.objects.get(key="a")
    manager = User(organisation=organisation, email="bench@example.org", role=Role.MANAGER)
    manager.set_unusable_password()
    manager.save()
    person = Individual(
        organisation=organisation,
        case_number=case_number(100_000),
        home_place=Place.objects.filter(kind="oblast").first(),
        age_as_stated=30,
        age_as_of_edtf="2026",
        work_status="open",
    )
    person.save()
    client = Client()
    client.force_login(manager)
    first = 0.0
    for step in STEPS:
        fill(person, step - Individual.objects.count())
        began = time.process_time()
        caseload.publish()
        counting = time.process_time() - began
        cost = median(lambda: _page(client))
        first = first or cost
        print(
            f"{step:>9,} people: page {cost * 1000:6.1f} ms, {cost / first:.2f} × the first step;"
            f" the count of a day {counting:.1f} s"
        )


def fill(person: Any, number: int) -> None:
    """Copy one row within the database, each with another status and sex."""
    from django.db import connection

    other = {
        "id": "lower(hex(randomblob(16)))",
        "case_number": "'B' || hex(randomblob(8))",
        "return_status": "CASE n % 5 WHEN 0 THEN 'home' WHEN 1 THEN 'in_transit' "
        "WHEN 2 THEN 'located_held' ELSE 'reported' END",
        "sex": "CASE n % 2 WHEN 0 THEN 'male' ELSE 'female' END",
        "age_as_stated": "n % 90",
    }
    columns = [field.column for field in type(person)._meta.concrete_fields]
    chosen = ", ".join(other.get(column, f'p."{column}"') for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE numbers(n) AS "
            "(SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < %s) "
            f"INSERT INTO cases_individual ({names}) "
            f"SELECT {chosen} FROM numbers, cases_individual p WHERE p.id = %s",
            [number, person.pk.hex],
        )


def median(act: Callable[[], object]) -> float:
    act()
    times = []
    for _ in range(ROUNDS):
        began = time.process_time()
        act()
        times.append(time.process_time() - began)
    return statistics.median(times)


def _page(client: Any) -> None:
    response = client.get("/dashboard/caseload/")
    if response.status_code != 200 or b"Who works on how many" not in response.content:
        raise RuntimeError(response.content[:500])


if __name__ == "__main__":
    main()
