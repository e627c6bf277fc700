"""All batches by how far their slots are from what is claimed of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, Count, Exists, F, Max, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from cases import clock
from cases.models import BatchSlot, RepatriationBatch, ReportedCount
from cases.queries.claims import Claim, claims_of
from cases.queries.collisions import LIVE
from cases.queries.outstanding import roundings
from cases.queries.reconciliation import Comparison
from cases.rules.batches import GONE, gap, reconcile
from cases.rules.dates import in_words
from cases.vocabulary.batches import BatchStatus, ReconciliationState
from cases.vocabulary.counts import Unit

MOST_BATCHES = 50
_UNKNOWN = Value(-1)


@dataclass(frozen=True)
class Gap:
    """A batch and the headcounts claimed of the whole of it, the one furthest off first."""

    id: UUID
    code: str
    title: str
    status: BatchStatus
    arrived: str
    claims: tuple[Comparison, ...]
    slots: int | None
    """None where the reader may not know how many there are, or who is in them."""
    bound: int | None

    @property
    def unbound(self) -> int | None:
        return None if self.slots is None or self.bound is None else self.slots - self.bound

    @property
    def widest(self) -> int:
        return max((abs(compared.gap) for compared in self.claims), default=0)

    @property
    def state(self) -> ReconciliationState:
        """The state of the claim that is furthest off; *no claim* where there is none."""
        return self.claims[0].state if self.claims else ReconciliationState.NO_CLAIM

    @property
    def arrived_in_words(self) -> str:
        return in_words(self.arrived)


@dataclass(frozen=True)
class Gaps:
    """The batches with the widest gaps first, as many as a page holds."""

    listed: tuple[Gap, ...]
    is_cut: bool


def by_gap() -> Gaps:
    """Hold every batch against its headcounts, in a fixed number of queries."""
    rows = list(_ordered()[: MOST_BATCHES + 1])
    batches = rows[:MOST_BATCHES]
    claims, filled = _claims(batches), _filled(batches)
    hidden = RepatriationBatch.masked_for_actor()
    found = [_gap(batch, claims.get(batch.pk, []), filled, hidden) for batch in batches]
    return Gaps(tuple(found), is_cut=len(rows) > MOST_BATCHES)


def _ordered() -> "QuerySet[RepatriationBatch]":
    slots = _slots().filter(batch=OuterRef("pk")).order_by().values("batch")
    rows = RepatriationBatch.objects.annotate(
        filled=Coalesce(Subquery(slots.annotate(number=Count("pk")).values("number")), Value(0))
    )
    far = Case(
        When(low__gt=OuterRef("filled"), then=F("low") - OuterRef("filled")),
        When(high__lt=OuterRef("filled"), then=OuterRef("filled") - F("high")),
        default=Value(0),
    )
    claims = _headcounts().filter(batch=OuterRef("pk")).order_by().values("batch")
    widest = Coalesce(Subquery(claims.annotate(far=Max(far)).values("far")), _UNKNOWN)
    closed = _closed()
    if closed is None:
        return rows.order_by("code", "pk")
    by_reader = Case(
        When(Exists(closed.filter(batch=OuterRef("pk"))), then=_UNKNOWN), default=widest
    )
    return rows.annotate(widest=by_reader).order_by("-widest", "code", "pk")


def _headcounts() -> "QuerySet[ReportedCount]":
    rows = ReportedCount.objects.filter(
        LIVE, batch__isnull=False, unit=Unit.PERSON, part_of__isnull=True
    )
    return rows.exclude(pk__in=roundings(clock.now()))


def _slots() -> "QuerySet[BatchSlot]":
    return BatchSlot.objects.exclude(presence__in=GONE)


def _closed() -> "QuerySet[BatchSlot] | None":
    """Give the slots that the reader may not look into; None where that is all of them."""
    if BatchSlot.masked_for_actor() & {"individual", "presence"}:
        return None
    readable = BatchSlot.readable("individual")
    return _slots().exclude(readable) if readable else BatchSlot.objects.none()


def _claims(batches: Sequence[RepatriationBatch]) -> dict[UUID, list[Claim]]:
    found: dict[UUID, list[Claim]] = {}
    rows = _headcounts().filter(batch__in=batches).order_by("recorded_at", "pk")
    for claim in claims_of(rows):
        if claim.batch_id is not None:
            found.setdefault(claim.batch_id, []).append(claim)
    return found


def _filled(batches: Sequence[RepatriationBatch]) -> dict[UUID, tuple[int, int] | None]:
    """Count slots and those bound to a person; None where the reader may not know."""
    closed = _closed()
    if closed is None:
        return dict.fromkeys((batch.pk for batch in batches), None)
    rows = _slots().filter(batch__in=batches).order_by().values("batch")
    counted = rows.annotate(slots=Count("pk"), bound=Count("individual"))
    found: dict[UUID, tuple[int, int] | None] = {batch.pk: (0, 0) for batch in batches}
    found |= {row["batch"]: (row["slots"], row["bound"]) for row in counted}
    hidden = closed.filter(batch__in=batches).values_list("batch", flat=True)
    return found | dict.fromkeys(hidden, None)


def _gap(
    batch: RepatriationBatch,
    claims: Sequence[Claim],
    filled: Mapping[UUID, tuple[int, int] | None],
    hidden: frozenset[str],
) -> Gap:
    numbers = filled[batch.pk]
    compared = [_compared(claim, numbers) for claim in claims]
    return Gap(
        id=batch.pk,
        code=batch.code,
        title="" if "title" in hidden else batch.title,
        status=BatchStatus(batch.status),
        arrived="" if "arrived_edtf" in hidden else batch.arrived_edtf,
        claims=tuple(sorted(compared, key=lambda one: -abs(one.gap))),
        slots=numbers[0] if numbers else None,
        bound=numbers[1] if numbers else None,
    )


def _compared(claim: Claim, numbers: tuple[int, int] | None) -> Comparison:
    if numbers is None:
        return Comparison(claim, ReconciliationState.NO_CLAIM)
    state = reconcile(claim.interval, *numbers)
    return Comparison(claim, state, gap(claim.interval, numbers[0]))
