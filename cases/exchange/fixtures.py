"""Digests → fixtures: built in a scratch database, written as numbered files."""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.core import serializers
from django.db import models
from django.db.models.expressions import RawSQL

from cases.access.gate import System, acting_as
from cases.exchange import seeds
from cases.exchange.scratch import scratch_database
from cases.models import (
    Assistance,
    BatchSlot,
    BatchStep,
    Body,
    BodyName,
    Citation,
    Contact,
    CountLink,
    Discrepancy,
    DiscrepancyMember,
    FamilyLink,
    Individual,
    IndividualName,
    Mediation,
    Negotiation,
    Note,
    Official,
    OfficialName,
    Organisation,
    Place,
    PlaceName,
    Population,
    Position,
    QualityFlag,
    RepatriationBatch,
    ReportedCount,
    Route,
    RouteLeg,
    SourceReport,
    Speaker,
    Statement,
    StatusEvent,
    Tenure,
)

CONTENTS: dict[str, tuple[type[models.Model], ...]] = {
    "10_organisations": (Organisation,),
    "20_places": (Place, PlaceName),
    "30_bodies": (Body, BodyName, Official),
    "35_contacts": (Contact,),
    "40_reports": (SourceReport, QualityFlag, Statement, Speaker, Citation),
    "45_offices": (OfficialName, Tenure),
    "50_populations": (Population,),
    "55_negotiations": (Negotiation, Position),
    "60_routes": (Route, RouteLeg),
    "65_individuals": (Individual, IndividualName, FamilyLink),
    "70_batches": (RepatriationBatch, BatchStep, BatchSlot, Mediation),
    "80_counts": (ReportedCount, CountLink),
    "85_discrepancies": (Discrepancy, DiscrepancyMember),
    "90_casework": (StatusEvent, Assistance, Note),
}
"""What each file holds; a file needs only those above it."""

LOAD_ORDER = tuple(CONTENTS)
"""The labels for `loaddata`, in order."""

SEEDS = Path(settings.BASE_DIR) / "seeds"
FIXTURES = Path(settings.BASE_DIR) / "fixtures"
SUMS = "SHA256SUMS"


class FixturesDiffer(Exception):  # noqa: N818 - a finding, not a fault
    """What is in ``fixtures/`` is not what the digests give."""


def build(digests: Path) -> dict[str, str]:
    """Give each fixture's file name and text; writes nothing.

    :raises DigestError: if a digest is wrong.
    """
    rows = seeds.load(digests)
    actor = System("building fixtures")
    with scratch_database(), acting_as(actor):
        seeds.record(rows, by=actor)
        return {f"{label}.json": _text(held) for label, held in CONTENTS.items()}


def write(built: dict[str, str], folder: Path) -> None:
    """Write the files, and take away those that no digest gives any more."""
    for stale in _on_disk(folder) - built.keys():
        (folder / stale).unlink()
    for name, text in built.items():
        (folder / name).write_text(text, "utf-8", newline="\n")
    (folder / SUMS).write_text(_sums(built), "utf-8", newline="\n")


def compare(built: dict[str, str], folder: Path) -> None:
    """Hold the files to what the digests give.

    :raises FixturesDiffer: naming each file that differs.
    """
    wrong = sorted(
        name
        for name in _on_disk(folder) | built.keys()
        if name not in built or _read(folder / name) != built[name]
    )
    if _read(folder / SUMS) != _sums(built):
        wrong.append(SUMS)
    if wrong:
        files = ", ".join(f"fixtures/{name}" for name in wrong)
        message = (
            f"Not what the digests give: {files}. Fixtures are generated and never edited by hand: "
            "change seeds/ and run `python manage.py build_fixtures`."
        )
        raise FixturesDiffer(message)


def check_unedited(labels: Iterable[str]) -> None:
    """Refuse to load a fixture of ours that is not as it was built.

    ``labels`` are `loaddata`'s; those that name no fixture of ours pass.

    :raises FixturesDiffer: naming each file that was edited.
    """
    lines = (line.split() for line in (_read(FIXTURES / SUMS) or "").splitlines())
    kept = {name: digest for digest, name in lines}
    names = {f"{Path(label).name.removesuffix('.json')}.json" for label in labels}
    edited = sorted(
        name for name in names & kept.keys() if _sum(_read(FIXTURES / name) or "") != kept[name]
    )
    if edited:
        files = ", ".join(f"fixtures/{name}" for name in edited)
        message = (
            f"Edited by hand: {files}. Nothing was loaded. Put the change into seeds/ and run "
            "`python manage.py build_fixtures`."
        )
        raise FixturesDiffer(message)


def _sums(built: dict[str, str]) -> str:
    return "".join(f"{_sum(text)}  {name}\n" for name, text in sorted(built.items()))


def _sum(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _text(held: tuple[type[models.Model], ...]) -> str:
    rows = [row for model in held for row in _in_order(model)]
    return str(serializers.serialize("json", rows, indent=2))


def _in_order(model: type[models.Model]) -> Iterator[models.Model]:
    """Give the rows as they were recorded: what a row refers to is before it."""
    return model._base_manager.order_by(RawSQL("rowid", ())).iterator()


def _on_disk(folder: Path) -> set[str]:
    return {path.name for path in folder.glob("*.json")}


def _read(path: Path) -> str | None:
    return path.read_bytes().decode("utf-8", "replace") if path.exists() else None
