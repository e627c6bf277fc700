"""What came of it: printed, and written down with the machine and the versions."""

import statistics
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from tests.bench_api import serving
from tests.bench_api.paths import DEEP, LIST
from tests.bench_api.serving import OURS, Server

Rates = dict[tuple[str, int, str], list[float]]
"""Requests a second of each round, by what was asked, how many at once, and who answered."""
_DATABASES = {"postgres": "PostgreSQL", "sqlite": "SQLite"}
_WHAT = (
    "Written by `make bench`: the API beside what else could serve the same rows of the same "
    "database. The tracker answers with its gate, masking, token, throttle and – for writes – "
    "trail, idempotency and index of names switched on; the others check a token at most, and "
    "the limit checks nothing. Two workers each, all up at once, asked in turn by `wrk`."
)
_HOW = (
    "Requests a second, medians of {rounds} rounds; in brackets how often the tracker's rate is "
    "the other's, median of the rounds' own ratios."
)
_said: list[str] = []


def say(
    on: str,
    people: int,
    rounds: int,
    rates: Rates,
    servers: Mapping[str, Server],
    resting: Mapping[str, float],
) -> None:
    """Print the tables of one database, and keep them for the document."""
    lines = [
        f"## {_DATABASES[on]}, {people:,} people", "", _HOW.format(rounds=rounds), "",
        *_table(rates), "",
        "| server | answers after | memory at rest | after the run |", "|---|---|---|---|",
        *(_row(server, resting) for server in servers.values()), "",
    ]  # fmt: skip
    print("\n".join(lines), flush=True)
    _said.extend(lines)


def _table(rates: Rates) -> Iterator[str]:
    yield "| asked | at once | the tracker | others |"
    yield "|---|---|---|---|"
    for (what, at_once, name), ours in rates.items():
        if name != OURS:
            continue
        others = [
            f"{other} {statistics.median(theirs):,.0f} ({_ratio(ours, theirs):.2f} ×)"
            for (asked, number, other), theirs in rates.items()
            if (asked, number) == (what, at_once) and other != OURS
        ]
        if what == DEEP:
            others = [
                f"{_ratio(rates[LIST, at_once, OURS], ours):.2f} × the time of the first page"
            ]
        beside = "; ".join(sorted(others))
        yield f"| {what} | {at_once} | {statistics.median(ours):,.0f} | {beside} |"


def _ratio(ours: list[float], theirs: list[float]) -> float:
    return statistics.median(one / other for one, other in zip(ours, theirs, strict=True))


def _row(server: Server, resting: Mapping[str, float]) -> str:
    return (
        f"| {server.name} | {server.started_in:.2f} s | {resting[server.name]:.0f} MiB "
        f"| {server.memory():.0f} MiB |"
    )


def write(path: Path) -> None:
    """Replace the document."""
    compared = ", ".join(f"{name} {version}" for name, version in serving.versions().items())
    machine = f"{datetime.now(UTC):%Y-%m-%d}, {serving.processor()}. Compared: {compared}."
    head = ["# Benchmarks", "", _WHAT, "", machine, ""]
    path.write_text("\n".join([*head, *_said]).rstrip() + "\n", encoding="utf-8")
