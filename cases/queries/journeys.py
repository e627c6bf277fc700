"""Returns by the way they took: batches in time, their routes stop by stop, who mediated."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, QuerySet
from django.db.models.functions import Coalesce

from cases.models import BatchSlot, Body, Mediation, RepatriationBatch, ReportedCount, Route
from cases.queries.claims import Claim
from cases.queries.collisions import LIVE
from cases.queries.returns import headcounts_of
from cases.rules.batches import GONE, MOVING, reconcile
from cases.rules.dates import in_words
from cases.vocabulary.batches import BatchKind, BatchStatus, MediationRole, ReconciliationState

LISTED = 60
_DATES = ("departed_edtf", "arrived_edtf", "departed_earliest", "arrived_latest")


@dataclass(frozen=True)
class Asked:
    """What the list is narrowed by; None is everything."""

    arrived_after: date | None = None
    arrived_before: date | None = None
    route: str | None = None
    mediator: UUID | None = None
    population: str | None = None

    @property
    def is_anything(self) -> bool:
        return self != Asked()


@dataclass(frozen=True)
class Part:
    """A body's part in a return, and the statement that says so."""

    body_id: UUID
    body: str
    role: MediationRole


@dataclass(frozen=True)
class Span:
    """When a return took place, as far as the reader may know; ``words`` are the source's."""

    earliest: date | None
    latest: date | None
    departed: str
    arrived: str

    @property
    def in_words(self) -> str:
        if self.departed and self.arrived and self.departed != self.arrived:
            return f"{in_words(self.departed)} → {in_words(self.arrived)}"
        return in_words(self.arrived or self.departed) if self.arrived or self.departed else ""


@dataclass(frozen=True)
class Journey:
    """One batch: what is claimed of it beside slots and people bound.

    What the reader may not read is empty or None, and ``is_withheld`` says that dates and route
    are: a movement that is not over is for the movement cell.
    """

    id: UUID
    code: str
    title: str
    kind: BatchKind
    status: BatchStatus
    span: Span | None
    route_id: UUID | None
    route: str
    mediation: tuple[Part, ...] | None
    headcounts: tuple[tuple[Claim, ReconciliationState], ...]
    slots: int | None
    bound: int | None
    is_withheld: bool

    @property
    def is_over(self) -> bool:
        return self.status not in MOVING


@dataclass(frozen=True)
class Journeys:
    """The list, and what it can be narrowed by."""

    listed: tuple[Journey, ...]
    is_cut: bool
    routes: tuple[tuple[str, str], ...]
    mediators: tuple[tuple[UUID, str], ...]
    populations: tuple[tuple[str, str], ...]


def journeys(asked: Asked) -> Journeys:
    """List the latest returns that fit, whatever their status."""
    hidden = RepatriationBatch.masked_for_actor()
    rows = _narrowed(asked).order_by("code", "pk")
    if not hidden.intersection(_DATES) and RepatriationBatch.is_even("arrived_latest"):
        latest = Coalesce("arrived_latest", "arrived_earliest", "departed_latest")
        rows = rows.order_by(latest.desc(nulls_first=True), "code", "pk")
    else:
        rows = rows.order_by(F("recorded_at").desc(), "pk")
    batches = list(rows[: LISTED + 1])
    is_cut, batches = len(batches) > LISTED, batches[:LISTED]
    return Journeys(_told(batches), is_cut, *_choices())


def _narrowed(asked: Asked) -> QuerySet[RepatriationBatch]:
    rows = RepatriationBatch.objects.all()
    if asked.arrived_after or asked.arrived_before:
        rows = rows.filter(RepatriationBatch.readable("arrived_earliest", "arrived_latest"))
    if asked.arrived_after:
        rows = rows.filter(arrived_latest__gte=asked.arrived_after)
    if asked.arrived_before:
        rows = rows.filter(arrived_earliest__lte=asked.arrived_before)
    if asked.route:
        rows = rows.filter(RepatriationBatch.readable("route"), route__code=asked.route)
    if asked.mediator:
        parts = Mediation.objects.filter(Mediation.readable("body"), body=asked.mediator)
        rows = rows.filter(pk__in=parts.filter(batch__isnull=False).values("batch"))
    if asked.population:
        counts = ReportedCount.objects.filter(LIVE, population__code=asked.population)
        rows = rows.filter(pk__in=counts.filter(batch__isnull=False).values("batch"))
    return rows


def _told(batches: Sequence[RepatriationBatch]) -> tuple[Journey, ...]:
    claims, slots = headcounts_of(batches), _slots(batches)
    parts = _mediation(batches)
    hidden = {batch.pk: batch.unread_fields() for batch in batches}
    routes = _route_titles({batch.route_id for batch in batches if "route" not in hidden[batch.pk]})
    return tuple(
        _journey(
            batch,
            hidden[batch.pk],
            routes,
            claims.get(batch.pk, []),
            slots.get(batch.pk, (0, 0)) if slots is not None else (None, None),
            parts.get(batch.pk, ()) if parts is not None else None,
        )
        for batch in batches
    )


def _journey(
    batch: RepatriationBatch,
    hidden: set[str],
    routes: Mapping[UUID, str],
    claims: Sequence[Claim],
    filled: tuple[int | None, int | None],
    mediation: tuple[Part, ...] | None,
) -> Journey:
    slots, bound = filled
    route_id = None if "route" in hidden else batch.route_id
    return Journey(
        id=batch.pk,
        code=batch.code,
        title="" if "title" in hidden else batch.title,
        kind=BatchKind(batch.kind),
        status=BatchStatus(batch.status),
        span=None if hidden.intersection(_DATES) else _span(batch),
        route_id=route_id,
        route=routes.get(route_id, "") if route_id else "",
        mediation=mediation,
        headcounts=tuple(
            (claim, reconcile(claim.interval, slots or 0, bound or 0)) for claim in claims
        ),
        slots=slots,
        bound=bound,
        is_withheld=bool(hidden.intersection(_DATES)),
    )


def _span(batch: Any) -> Span:
    starts = (batch.departed_earliest, batch.arrived_earliest, batch.departed_latest)
    ends = (batch.arrived_latest, None if batch.arrived_edtf else batch.departed_latest)
    return Span(
        earliest=next((day for day in starts if day), None),
        latest=next((day for day in ends if day), None),
        departed=batch.departed_edtf,
        arrived=batch.arrived_edtf,
    )


def _slots(batches: Sequence[RepatriationBatch]) -> dict[UUID, tuple[int, int | None]] | None:
    """Count the slots of each batch and those bound; None where the reader may not know."""
    if BatchSlot.masked_for_actor() & {"individual", "presence"}:
        return None
    rows = BatchSlot.objects.filter(batch__in=batches).exclude(presence__in=GONE)
    readable = BatchSlot.readable("individual")
    numbers: dict[str, Any] = {"slots": Count("pk"), "bound": Count("individual")}
    if readable:
        numbers["read"] = Count("pk", filter=readable)
    counted: Iterable[Mapping[str, Any]] = rows.order_by().values("batch").annotate(**numbers)
    return {
        row["batch"]: (
            row["slots"],
            row["bound"] if row.get("read", row["slots"]) == row["slots"] else None,
        )
        for row in counted
    }


def _mediation(batches: Sequence[RepatriationBatch]) -> dict[UUID, tuple[Part, ...]] | None:
    if Mediation.masked_for_actor() & {"body", "role"}:
        return None
    rows = Mediation.objects.filter(batch__in=batches)
    told = rows.order_by("body__name", "role", "pk").values_list(
        "batch", "body", "body__name", "role"
    )
    found: dict[UUID, dict[Part, None]] = {}
    for batch, body, name, role in told:
        found.setdefault(batch, {})[Part(body, name, MediationRole(role))] = None
    return {batch: tuple(parts) for batch, parts in found.items()}


def _route_titles(keys: set[UUID | None]) -> dict[UUID, str]:
    known = {key for key in keys if key is not None}
    return dict(Route.objects.filter(pk__in=known).values_list("pk", "title"))


def _choices() -> tuple[
    tuple[tuple[str, str], ...], tuple[tuple[UUID, str], ...], tuple[tuple[str, str], ...]
]:
    batches = RepatriationBatch.objects.filter(RepatriationBatch.readable("route"))
    routes = Route.objects.filter(pk__in=batches.values("route")).order_by("title", "pk")
    parts = Mediation.objects.filter(Mediation.readable("body"), batch__isnull=False)
    bodies = Body.objects.filter(pk__in=parts.values("body")).order_by("name", "pk")
    counts = ReportedCount.objects.filter(LIVE, batch__isnull=False, part_of__isnull=True)
    told = counts.order_by("population__title").values_list("population__code", "population__title")
    return (
        tuple(routes.values_list("code", "title")),
        tuple(bodies.values_list("pk", "name")),
        tuple(told.distinct()),
    )
