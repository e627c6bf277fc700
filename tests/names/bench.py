"""One database of the benchmark: filled, asked, and what came of it."""

import os
import random
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import django

django.setup()

from django.core.management import call_command
from django.db import connection

from cases import ids
from cases.access.actor import Actor, AnyActor
from cases.access.gate import System, acting_as
from cases.access.postgres.owner import as_owner
from cases.actions import loading, names, organisations
from cases.models import Individual, IndividualName, NameKey, NamePair, NameToken
from cases.queries import names as search
from cases.rules.individuals import case_number
from cases.rules.names.sounds import words
from cases.vocabulary.organisations import Role
from tests.names.misspelling import CLASSES, language_of, misspelt
from tests.names.people import person

PEOPLE = int(os.environ.get("PEOPLE", "1000000"))
QUERIES = int(os.environ.get("QUERIES", "100"))
"""Of each class."""
HITS = 20
AT_ONCE = 20_000
CROWD = "a crowd of names"


@dataclass
class Tally:
    """What came of the queries of one class."""

    asked: int = 0
    found: int = 0
    first_is_other: int = 0
    looked_up: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)
    """Seconds of this process alone: what a neighbour on the machine does not stretch."""
    shown: list[float] = field(default_factory=list)
    candidates: list[int] = field(default_factory=list)


def main() -> None:
    began = time.perf_counter()
    with acting_as(System("measuring the search for names")) as system:
        call_command("migrate", verbosity=0, interactive=False)
        organisation = organisations.enrol(by=system, key="measured", name="Measured")
        worker = organisations.add_user(
            by=system, organisation=organisation, email="worker@example.org", name="Worker",
            role=Role.CASEWORKER, password="never used to sign in 9",
        )  # fmt: skip
        fill(organisation, worker, system)
        tokens, keys, pairs = (model.objects.count() for model in (NameToken, NameKey, NamePair))
    print(
        f"\n{connection.display_name}: {PEOPLE:,} people, {tokens:,} words, {keys:,} keys, "
        f"{pairs:,} pairs, made in {time.perf_counter() - began:.0f} s"
    )
    with acting_as(Actor.of(worker)):
        report({how: ask(how) for how in CLASSES})


def fill(organisation: Any, worker: Any, system: AnyActor) -> None:
    """Load the people past the acts, then index their names."""
    own = ("organisation", "recorded_by")
    people = loading.Sheet(Individual, "id", *own, "case_number")
    named = loading.Sheet(IndividualName, "id", *own, "individual", "text", "language_tag")
    by = (organisation.pk.hex, worker.pk.hex)
    chance = random.Random("a crowd of names")
    for start in range(0, PEOPLE, AT_ONCE):
        some = range(start, min(start + AT_ONCE, PEOPLE))
        keys = [ids.new_id().hex for _ in some]
        rows = ((key, *by, case_number(n + 1)) for key, n in zip(keys, some, strict=True))
        loading.load(people, rows, by=system)
        loading.load(named, list(_names(keys, by, chance)), by=system)
    names.rebuild(by=system)
    with as_owner(connection), connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _names(
    keys: Sequence[str], by: tuple[str, str], chance: random.Random
) -> Iterator[tuple[str, ...]]:
    for key in keys:
        family, given, patronymic = person(chance)
        tag = "uk-Cyrl" if language_of(family, given) == "ukrainian" else "ru-Cyrl"
        yield (ids.new_id().hex, *by, key, f"{family} {given} {patronymic}", tag)


def ask(how: str) -> Tally:
    """Seek people of the crowd, each name as often as it occurs in it."""
    again = random.Random(CROWD)
    drawn = [person(again) for _ in range(min(PEOPLE, AT_ONCE))]
    chance = random.Random(f"queries {how}")
    tally = Tally()
    for family, given, _patronymic in chance.sample(drawn, len(drawn)):
        if tally.asked == QUERIES:
            break
        text = misspelt(family, given, how, chance)
        if text == f"{family} {given}":  # of this class there is nothing to get wrong
            continue
        began, worked = time.perf_counter(), time.process_time()
        sought = words(text)
        found = search.candidates(sought, search.alike(sought), HITS)
        tally.looked_up.append(time.perf_counter() - began)
        tally.busy.append(time.process_time() - worked)
        began = time.perf_counter()
        hits = search.find(text, limit=HITS)
        tally.shown.append(time.perf_counter() - began)
        tally.candidates.append(len(found))
        tally.asked += 1
        meant = [_is(hit, family, given) for hit in hits]
        tally.found += any(meant)
        tally.first_is_other += bool(meant) and not meant[0]
    return tally


def _is(hit: search.Match, family: str, given: str) -> bool:
    return any(name.startswith(f"{family} {given} ") for name in hit.names)


def report(tallies: dict[str, Tally]) -> None:
    print(f"{'':16}{'asked':>7}{'recall@20':>11}{'first other':>13}{'candidates':>12}"
          f"{'look-up p50':>13}{'p95 ms':>8}{'own p95':>9}{'shown p95':>11}")  # fmt: skip
    for how, tally in tallies.items():
        _line(how, [tally])
    _line("all", list(tallies.values()))


def _line(how: str, tallies: Sequence[Tally]) -> None:
    asked = sum(tally.asked for tally in tallies)
    looked_up = sorted(ms for tally in tallies for ms in tally.looked_up)
    busy = sorted(ms for tally in tallies for ms in tally.busy)
    shown = sorted(ms for tally in tallies for ms in tally.shown)
    held = [count for tally in tallies for count in tally.candidates]
    print(
        f"{how:16}{asked:7}{sum(tally.found for tally in tallies) / asked:11.3f}"
        f"{sum(tally.first_is_other for tally in tallies) / asked:13.3f}"
        f"{statistics.mean(held):12.1f}{_at(looked_up, 0.5):13.2f}{_at(looked_up, 0.95):8.2f}"
        f"{_at(busy, 0.95):9.2f}{_at(shown, 0.95):11.2f}"
    )


def _at(times: Sequence[float], share: float) -> float:
    return times[min(int(len(times) * share), len(times) - 1)] * 1000


if __name__ == "__main__":
    main()
