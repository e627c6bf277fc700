"""From one stock to the next: can the first, less those who left, be the second (rule 4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from itertools import accumulate, groupby, pairwise, product
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cases import clock
from cases.models import CountLink, Population, ReportedCount
from cases.queries.claims import Claim, claims_of
from cases.queries.outstanding import known, outstanding, roundings, stocks
from cases.rules.counts import Interval, bridge, hull
from cases.vocabulary.counts import BridgeVerdict, LinkKind, Measure, Unit

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
    def taken_off(self) -> Interval:
        """What is subtracted: from nought where no low is given, or it may lie outside."""
        return Interval((self.interval.low or 0) if self.is_certain else 0, self.interval.high)

    @property
    def in_words(self) -> str:
        texts = reduce(
            lambda one, other: _("%(one)s or %(other)s") % {"one": one, "other": other},
            dict.fromkeys(claim.stated_text for claim in self.claims),
        )
        return texts if self.is_certain else _("%(figure)s (if in the period)") % {"figure": texts}


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
    def levels(self) -> tuple[Interval, ...]:
        """What there is at first, and what is left after each flow; the last is expected."""
        taken = (flow.taken_off for flow in self.used)
        return tuple(accumulate(taken, Interval.minus, initial=self.start.interval))

    @property
    def in_words(self) -> str:
        """Spell the arithmetic out, as a reader would check it."""
        left = reduce(
            lambda stock, flow: _("%(stock)s less %(flow)s") % {"stock": stock, "flow": flow},
            (flow.in_words for flow in self.used),
            self.start.stated_text,
        )
        return _("%(verdict)s: %(left)s gives %(expected)s; the later claim is “%(claim)s”.") % {
            "verdict": self.verdict.label,
            "left": left,
            "expected": self.expected,
            "claim": self.end.stated_text,
        }


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


@dataclass(frozen=True)
class _Flows:
    """Figures of people who left, and which of them are tied by a link."""

    claims: tuple[Claim, ...]
    ties: tuple[tuple[UUID, UUID], ...]


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
        message = _(
            "Nobody claims a stock of this population at %(end)s. Choose another day or claim."
        ) % {"end": end}
        raise ValidationError(message, code="no_claim")
    return claims


def _is_later(start: Claim, end: Claim) -> bool:
    """Say whether ``end`` is about a later time: it begins after ``start`` does."""
    if start.as_of_earliest is None or end.as_of_earliest is None:
        return False
    return start.as_of_earliest < end.as_of_earliest


def _compare(flows: _Flows, start: Claim, end: Claim) -> Comparison:
    reasons = [(claim, _why_left_out(claim, start, end)) for claim in flows.claims]
    reasons = _without_events_inside_periods(reasons)
    used = _grouped([claim for claim, reason in reasons if not reason], flows.ties, start, end)
    answer = bridge(
        start.interval,
        [flow.interval for flow in used if flow.is_certain],
        [flow.interval for flow in used if not flow.is_certain],
        end.interval,
    )
    left_out = tuple((claim, reason) for claim, reason in reasons if reason)
    return Comparison(start, end, used, left_out, answer.expected, answer.verdict)


def _without_events_inside_periods(
    reasons: Sequence[tuple[Claim, str]],
) -> list[tuple[Claim, str]]:
    """Leave out an event that a period which is subtracted may hold already (rule 5)."""
    periods = [
        claim
        for claim, reason in reasons
        if not reason and claim.basis.measure == Measure.FLOW_OF_PERIOD
    ]
    inside = _("It may lie inside a period that is subtracted already.")
    return [
        (claim, inside if not reason and _is_inside_one(claim, periods) else reason)
        for claim, reason in reasons
    ]


def _is_inside_one(claim: Claim, periods: Sequence[Claim]) -> bool:
    begins = claim.as_of_earliest or date.min
    return claim.basis.measure == Measure.FLOW_OF_EVENT and any(
        begins <= period.last_day and (period.as_of_earliest or date.min) <= claim.last_day
        for period in periods
    )


def _grouped(
    claims: Sequence[Claim], ties: Sequence[tuple[UUID, UUID]], start: Claim, end: Claim
) -> tuple[Flow, ...]:
    """Join the claims of one event: two origins that count one bus do not empty two.

    They name one batch, or somebody linked the two figures.
    """
    event = {claim.id: claim.batch_id or claim.id for claim in claims}
    for one, other in ties:
        if one in event and other in event:
            joined, into = event[other], event[one]
            event = {key: into if found == joined else found for key, found in event.items()}
    runs: dict[UUID, list[Claim]] = {}
    for claim in claims:
        runs.setdefault(event[claim.id], []).append(claim)
    return tuple(
        Flow(tuple(run), all(_is_between(claim, start, end) for claim in run))
        for run in runs.values()
    )


def _flow_claims(population: Population, moment: datetime) -> _Flows:
    """Read the figures of people who left the population, without roundings of others."""
    rows = ReportedCount.objects.filter(
        population__leaves=population, unit=Unit.PERSON, part_of__isnull=True
    ).exclude(pk__in=roundings(moment))
    claims = claims_of(known(rows, moment).order_by("as_of_earliest", "recorded_at", "pk"))
    ids = [claim.id for claim in claims]
    links = CountLink.objects.filter(
        from_count__in=ids, to_count__in=ids, recorded_at__lte=moment
    ).exclude(kind=LinkKind.DENIES)
    return _Flows(tuple(claims), tuple(links.values_list("from_count", "to_count")))


def _why_left_out(flow: Claim, start: Claim, end: Claim) -> str:
    if flow.basis.measure not in _FLOWS:
        return _("The measure is not a flow, or cannot be decided.")
    if not flow.as_of:
        return _("The flow is undated.")
    if flow.last_day <= start.last_day:
        return _("It was before the period.")
    if flow.as_of_earliest is not None and flow.as_of_earliest > end.last_day:
        return _("It was after the period.")
    return ""


def _is_between(flow: Claim, start: Claim, end: Claim) -> bool:
    """Say whether all of its days lie in the period (t1, t2] between two stocks."""
    begins = flow.as_of_earliest is not None and flow.as_of_earliest > start.last_day
    return begins and flow.last_day <= end.last_day
