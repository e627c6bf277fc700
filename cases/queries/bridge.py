"""From one stock to the next: can the first, less those who left, be the second (rule 4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby, pairwise, product
from uuid import UUID

from django.core.exceptions import ValidationError

from cases import clock
from cases.models import Population, ReportedCount
from cases.queries.claims import Claim, claims_of
from cases.queries.outstanding import known, outstanding, said_again, stocks
from cases.rules.counts import Interval, bridge, hull
from cases.vocabulary.counts import BridgeVerdict, Measure, Unit

_FLOWS = (Measure.FLOW_OF_EVENT, Measure.FLOW_OF_PERIOD)


@dataclass(frozen=True)
class Flow:
    """People who left, subtracted once: one claimed flow, or all that is claimed of one batch."""

    claims: tuple[Claim, ...]
    is_certain: bool
    """Whether all of its dates lie between the two stocks."""

    @property
    def claim(self) -> Claim:
        return self.claims[0]

    @property
    def interval(self) -> Interval:
        """What the claims leave possible together: rival headcounts of a batch widen it."""
        return hull([claim.interval for claim in self.claims])

    @property
    def in_words(self) -> str:
        texts = " or ".join(dict.fromkeys(claim.stated_text for claim in self.claims))
        return texts if self.is_certain else f"{texts} (if in the period)"


@dataclass(frozen=True)
class Comparison:
    """Two stocks, the flows between, and the verdict."""

    start: Claim
    end: Claim
    used: tuple[Flow, ...]
    left_out: tuple[tuple[Claim, str], ...]
    expected: Interval
    verdict: BridgeVerdict

    @property
    def in_words(self) -> str:
        """Spell the arithmetic out, as a reader would check it."""
        less = "".join(f" less {flow.in_words}" for flow in self.used)
        arithmetic = f"{self.start.stated_text}{less} gives {self.expected}"
        return f"{self.verdict.label}: {arithmetic}; the later claim is “{self.end.stated_text}”."


@dataclass(frozen=True)
class Bridges:
    """Every pair of an earlier and a later claim."""

    population: Population
    comparisons: tuple[Comparison, ...]

    @property
    def verdict(self) -> BridgeVerdict | None:
        """The verdict all pairs share; None where they differ or there is no pair."""
        verdicts = {comparison.verdict for comparison in self.comparisons}
        return verdicts.pop() if len(verdicts) == 1 else None


def bridges(
    population: Population,
    *,
    start: date | UUID,
    end: date | UUID,
    known_at: datetime | None = None,
) -> Bridges:
    """Compare the stocks at two ends; an end is a day, or the id of one claim.

    A day stands for the claims that were each claimant's latest as of it, and pairs only with
    claims about a later time.

    :raises ValidationError: if an end names no claim about this population.
    """
    moment = known_at or clock.now()
    ends = product(_claims_at(population, start, moment), _claims_at(population, end, moment))
    pairs = [(one, other) for one, other in ends if _is_later(one, other)]
    flows = _flow_claims(population, moment)
    return Bridges(population, tuple(_compare(flows, *pair) for pair in pairs))


def chain(
    population: Population, claims: Sequence[Claim], *, known_at: datetime | None = None
) -> tuple[Comparison, ...]:
    """Compare each dated stock with the next one in time, whoever claims it."""
    dated = sorted((claim for claim in claims if claim.as_of_earliest), key=_begins)
    days = [tuple(run) for _, run in groupby(dated, key=_begins)]
    flows = _flow_claims(population, known_at or clock.now())
    return tuple(
        _compare(flows, one, other)
        for before, after in pairwise(days)
        for one, other in product(before, after)
    )


def _begins(claim: Claim) -> date:
    return claim.as_of_earliest or date.min


def _claims_at(population: Population, end: date | UUID, moment: datetime) -> Sequence[Claim]:
    if isinstance(end, UUID):
        claims: Sequence[Claim] = claims_of(stocks([population], moment).filter(pk=end))
    else:
        answer = outstanding(population, valid_at=end, known_at=moment)
        claims = [series.latest for series in answer.series]
    if not claims:
        message = f"Nobody claims a stock of this population at {end}. Choose another day or claim."
        raise ValidationError(message, code="no_claim")
    return claims


def _is_later(start: Claim, end: Claim) -> bool:
    """Say whether ``end`` is about a later time: it begins after ``start`` does."""
    if start.as_of_earliest is None or end.as_of_earliest is None:
        return False
    return start.as_of_earliest < end.as_of_earliest


def _compare(flows: Sequence[Claim], start: Claim, end: Claim) -> Comparison:
    reasons = [(claim, _why_left_out(claim, start, end)) for claim in flows]
    used = _grouped([claim for claim, reason in reasons if not reason], start, end)
    answer = bridge(
        start.interval,
        [flow.interval for flow in used if flow.is_certain],
        [flow.interval for flow in used if not flow.is_certain],
        end.interval,
    )
    left_out = tuple((claim, reason) for claim, reason in reasons if reason)
    return Comparison(start, end, used, left_out, answer.expected, answer.verdict)


def _grouped(claims: Sequence[Claim], start: Claim, end: Claim) -> tuple[Flow, ...]:
    """Join the claims of one batch: two origins that count one bus do not empty two."""
    batches: dict[UUID, list[Claim]] = {}
    for claim in claims:
        batches.setdefault(claim.batch_id or claim.id, []).append(claim)
    return tuple(
        Flow(tuple(run), all(_is_between(claim, start, end) for claim in run))
        for run in batches.values()
    )


def _flow_claims(population: Population, moment: datetime) -> list[Claim]:
    """Figures of people who left the population, without those said again."""
    rows = ReportedCount.objects.filter(
        population__leaves=population, unit=Unit.PERSON, part_of__isnull=True
    ).exclude(pk__in=said_again(moment))
    return claims_of(known(rows, moment).order_by("as_of_earliest", "recorded_at", "pk"))


def _why_left_out(flow: Claim, start: Claim, end: Claim) -> str:
    if flow.basis.measure not in _FLOWS:
        return "The measure is not a flow, or cannot be decided."
    if not flow.as_of:
        return "The flow is undated."
    first, last = _window(start, end)
    if flow.as_of_latest is not None and flow.as_of_latest <= first:
        return "It was before the period."
    if last is not None and flow.as_of_earliest is not None and flow.as_of_earliest > last:
        return "It was after the period."
    return ""


def _is_between(flow: Claim, start: Claim, end: Claim) -> bool:
    first, last = _window(start, end)
    begins = flow.as_of_earliest is not None and flow.as_of_earliest > first
    return begins and (
        last is None or (flow.as_of_latest is not None and flow.as_of_latest <= last)
    )


def _window(start: Claim, end: Claim) -> tuple[date, date | None]:
    """Give the period (t1, t2]: after the first claim's last day, to the second's last."""
    first = start.as_of_latest or start.as_of_earliest or date.min
    return first, end.as_of_latest
