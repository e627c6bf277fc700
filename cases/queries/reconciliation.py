"""A batch's headcounts: claimed by each claimant · slots · bound · unbound, whole and subgroups."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _, ngettext

from cases import clock
from cases.models import BatchSlot, DiscrepancyMember, Individual, RepatriationBatch, ReportedCount
from cases.queries.claims import Claim, claims_of
from cases.queries.collisions import LIVE
from cases.queries.outstanding import roundings
from cases.rules.batches import GONE, RECONCILABLE, gap, reconcile
from cases.vocabulary.base import Terms
from cases.vocabulary.batches import ReconciliationState
from cases.vocabulary.counts import Dimension, DiscrepancyKind, DiscrepancyState, Unit
from cases.vocabulary.individuals import AgeClass, Identification, Sex

_WITHOUT_NAME = (Identification.DESCRIBED, Identification.ANONYMOUS)
_TOLD_BY_SLOTS: dict[str, tuple[str, type[Terms]]] = {
    Dimension.AGE: ("age_class", AgeClass),
    Dimension.SEX: ("sex", Sex),
}
_PARTS = frozenset({"slots", "named", "described", "elsewhere", "unnamed"})


@dataclass(frozen=True)
class Tally:
    """The slots of a group. ``named`` and ``described`` count only people the reader may see."""

    slots: int
    bound: int
    named: int
    described: int

    @property
    def unbound(self) -> int:
        return self.slots - self.bound

    @property
    def bound_elsewhere(self) -> int:
        """Slots bound to somebody whose record the reader may not see."""
        return self.bound - self.named - self.described


@dataclass(frozen=True)
class Comparison:
    """One claim held against the slots."""

    claim: Claim
    state: ReconciliationState
    gap: int = 0
    """How many slots there are too many; below nought, too few."""

    @property
    def gap_in_words(self) -> str:
        if self.gap == 0:
            return ""
        number = abs(self.gap)
        if self.gap > 0:
            words = ngettext("%(count)s slot too many", "%(count)s slots too many", number)
        else:
            words = ngettext("%(count)s slot too few", "%(count)s slots too few", number)
        return words % {"count": number}


@dataclass(frozen=True)
class Group:
    """The whole batch, or one subgroup of it; no tally where slots cannot tell who belongs."""

    label: str
    claims: tuple[Comparison, ...]
    tally: Tally | None
    dimension: str = ""

    @property
    def slots(self) -> int:
        return self.tally.slots if self.tally else 0

    @property
    def in_words(self) -> str:
        """Say what is unnamed."""
        if self.tally is None:
            return _("Slots do not tell who belongs here, or not to your role.")
        tally = self.tally
        if tally.bound_elsewhere:
            sentence = ngettext(
                "%(slots)s slots: %(named)s named, %(described)s known by description, "
                "%(elsewhere)s bound to a record outside your access, "
                "%(unbound)s with nobody bound.",
                "%(slots)s slots: %(named)s named, %(described)s known by description, "
                "%(elsewhere)s bound to a record outside your access, "
                "%(unbound)s with nobody bound.",
                tally.slots,
            )
        else:
            sentence = ngettext(
                "%(slots)s slots: %(named)s named, %(described)s known by description, "
                "%(unbound)s with nobody bound.",
                "%(slots)s slots: %(named)s named, %(described)s known by description, "
                "%(unbound)s with nobody bound.",
                tally.slots,
            )
        return sentence % {
            "slots": tally.slots,
            "named": tally.named,
            "described": tally.described,
            "elsewhere": tally.bound_elsewhere,
            "unbound": tally.unbound,
        }


@dataclass(frozen=True)
class Reconciliation:
    """All groups of one batch."""

    batch_id: UUID
    whole: Group
    subgroups: tuple[Group, ...]
    is_difference_accepted: bool

    @property
    def groups(self) -> tuple[Group, ...]:
        return (self.whole, *self.subgroups)

    @property
    def states(self) -> frozenset[str]:
        """The states of all claims; *no claim* where there are none."""
        found = {comparison.state for group in self.groups for comparison in group.claims}
        return frozenset(found or {ReconciliationState.NO_CLAIM})


def of(batch: RepatriationBatch) -> Reconciliation:
    """Compare the live headcounts of a batch with its slots; a rounding of one is not another."""
    counts = ReportedCount.objects.filter(LIVE, batch=batch, unit=Unit.PERSON).exclude(
        pk__in=roundings(clock.now())
    )
    claims = claims_of(counts.order_by("dimension", "label", "recorded_at", "pk"))
    parts = sorted({(claim.dimension, claim.label) for claim in claims if claim.label})
    whole = _group(batch, claims, "", "")
    rest = tuple(_group(batch, claims, dimension, label) for dimension, label in parts)
    return Reconciliation(batch.pk, whole, rest, _are_accepted(batch, (whole, *rest)))


def _group(batch: RepatriationBatch, claims: Sequence[Claim], dimension: str, label: str) -> Group:
    tally = _tally(batch, dimension, label)
    compared = tuple(
        Comparison(claim, _state(claim, tally), gap(claim.interval, tally.slots) if tally else 0)
        for claim in claims
        if (claim.dimension, claim.label) == (dimension, label)
    )
    return Group(label or _("Whole batch"), compared, tally, dimension)


def _state(claim: Claim, tally: Tally | None) -> ReconciliationState:
    if tally is None:
        return ReconciliationState.NO_CLAIM
    return reconcile(claim.interval, tally.slots, tally.bound)


def _tally(batch: RepatriationBatch, dimension: str, label: str) -> Tally | None:
    slots = _slots(batch, dimension, label)
    if slots is None:
        return None
    bound = list(slots.filter(individual__isnull=False).values_list("individual", flat=True))
    known = Individual.objects.filter(pk__in=bound)
    described = known.filter(identification__in=_WITHOUT_NAME).count()
    return Tally(slots.count(), len(bound), known.count() - described, described)


def slots_behind(
    batch: RepatriationBatch, dimension: str, label: str, part: str
) -> frozenset[UUID] | None:
    """Give the slots that one number of the grid counts; None where it counts none.

    ``part`` is one of ``slots``, ``named``, ``described``, ``elsewhere`` and ``unnamed``.
    """
    slots = _slots(batch, dimension, label)
    if slots is None or part not in _PARTS:
        return None
    known = Individual.objects.all()
    described = known.filter(identification__in=_WITHOUT_NAME)
    narrowed = {
        "slots": slots,
        "named": slots.filter(individual__in=known).exclude(individual__in=described),
        "described": slots.filter(individual__in=described),
        "elsewhere": slots.filter(individual__isnull=False).exclude(individual__in=known),
        "unnamed": slots.filter(individual__isnull=True),
    }[part]
    return frozenset(narrowed.values_list("pk", flat=True))


def _slots(batch: RepatriationBatch, dimension: str, label: str) -> QuerySet[BatchSlot] | None:
    """Give the slots of a group; None where slots do not tell, or not to this reader."""
    hidden = BatchSlot.masked_for_actor()
    if hidden & {"individual", "presence"}:
        return None
    slots = BatchSlot.objects.filter(batch=batch).exclude(presence__in=GONE)
    if label:
        told = _TOLD_BY_SLOTS.get(dimension)
        if told is None or label not in list(told[1]) or told[0] in hidden:
            return None
        slots = slots.filter(**{told[0]: label})
    readable = BatchSlot.readable("individual")
    if readable and slots.exclude(readable).exists():
        return None  # a movement that is not over: who is on it is for the movement cell
    return slots


def _are_accepted(batch: RepatriationBatch, groups: Sequence[Group]) -> bool:
    """Say whether the keeper has ended a discrepancy of value on every claim that does not fit."""
    ended = (DiscrepancyState.BOTH_STAND, DiscrepancyState.RESOLVED)
    unmatched = {
        comparison.claim.id
        for group in groups
        for comparison in group.claims
        if comparison.state not in RECONCILABLE
    }
    sides = DiscrepancyMember.objects.filter(
        count__in=unmatched,
        discrepancy__kind=DiscrepancyKind.VALUE,
        discrepancy__state__in=ended,
        discrepancy__organisation=batch.organisation_id,  # nobody accepts for another
    )
    return bool(unmatched) and unmatched <= set(sides.values_list("count", flat=True))
