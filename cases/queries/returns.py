"""Returns that have arrived: claimed headcounts beside slots and people bound."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F
from django.db.models.functions import Coalesce

from cases import clock
from cases.models import BatchSlot, RepatriationBatch, ReportedCount
from cases.queries.claims import Claim, claims_of
from cases.queries.collisions import LIVE
from cases.queries.outstanding import roundings
from cases.rules.batches import GONE, reconcile
from cases.rules.dates import in_words
from cases.vocabulary.batches import BatchKind, BatchStatus, ReconciliationState
from cases.vocabulary.counts import Unit

_LISTED = 8
_ARRIVED = (
    BatchStatus.ARRIVED,
    BatchStatus.PARTIALLY_ARRIVED,
    BatchStatus.RECONCILED,
    BatchStatus.CLOSED,
)


@dataclass(frozen=True)
class Headcount:
    """One claim of how many came, held against the slots."""

    claim: Claim
    state: ReconciliationState


@dataclass(frozen=True)
class Return:
    """A batch that came home. What the reader may not read is empty or None."""

    id: UUID
    code: str
    title: str
    kind: BatchKind
    status: BatchStatus
    arrived: str
    route: str
    headcounts: tuple[Headcount, ...]
    slots: int
    bound: int | None
    is_masked: bool
    """Whether the reader may not read title, dates and route."""

    @property
    def arrived_in_words(self) -> str:
        return in_words(self.arrived)

    @property
    def unbound(self) -> int | None:
        return None if self.bound is None else self.slots - self.bound


def latest_returns() -> tuple[Return, ...]:
    """List the latest arrivals. A movement that has not arrived is nobody's overview."""
    hidden = RepatriationBatch.masked_for_actor()
    is_hidden = "arrived_latest" in hidden
    arrived = F("recorded_at") if is_hidden else Coalesce("arrived_latest", "arrived_earliest")
    rows = RepatriationBatch.objects.filter(status__in=_ARRIVED).order_by(
        arrived.desc(nulls_last=True), "code", "pk"
    )
    batches = list((rows if "route" in hidden else rows.select_related("route"))[:_LISTED])
    headcounts, slots = headcounts_of(batches), _slots(batches)
    return tuple(
        _return(batch, headcounts.get(batch.pk, []), slots.get(batch.pk, (0, 0)), hidden)
        for batch in batches
    )


def _return(
    batch: RepatriationBatch,
    claims: Sequence[Claim],
    filled: tuple[int, int],
    hidden: frozenset[str],
) -> Return:
    slots, bound = filled
    return Return(
        id=batch.pk,
        code=batch.code,
        title="" if "title" in hidden else batch.title,
        kind=BatchKind(batch.kind),
        status=BatchStatus(batch.status),
        arrived="" if "arrived_edtf" in hidden else batch.arrived_edtf,
        route=batch.route.title if "route" not in hidden and batch.route else "",
        headcounts=tuple(
            Headcount(claim, reconcile(claim.interval, slots, bound)) for claim in claims
        ),
        slots=slots,
        bound=None if "individual" in BatchSlot.masked_for_actor() else bound,
        is_masked="arrived_edtf" in hidden,
    )


def headcounts_of(batches: Sequence[RepatriationBatch]) -> dict[UUID, list[Claim]]:
    """Give the live headcounts of whole batches; a rounding of one is not another."""
    rows = ReportedCount.objects.filter(
        LIVE, batch__in=batches, unit=Unit.PERSON, part_of__isnull=True
    )
    found: dict[UUID, list[Claim]] = {}
    told = rows.exclude(pk__in=roundings(clock.now()))
    for claim in claims_of(told.order_by("recorded_at", "pk")):
        if claim.batch_id is not None:
            found.setdefault(claim.batch_id, []).append(claim)
    return found


def _slots(batches: Sequence[RepatriationBatch]) -> dict[UUID, tuple[int, int]]:
    """Count the slots of each batch and those bound to a person."""
    rows = BatchSlot.objects.filter(batch__in=batches).exclude(presence__in=GONE)
    counted = rows.order_by().values("batch").annotate(slots=Count("pk"), bound=Count("individual"))
    return {row["batch"]: (row["slots"], row["bound"]) for row in counted}
