"""How many are outstanding, by whose claim: one series per claimant, never one number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from cases import clock
from cases.models import Assessment, CountLink, Population, ReportedCount
from cases.queries import discrepancies
from cases.queries.claims import Claim, Claimant, claims_of
from cases.queries.discrepancies import Contradiction
from cases.rules.counts import Interval, check_addable, total
from cases.vocabulary.counts import LinkKind, Measure, Unit

STALE_AFTER_DAYS = 180


@dataclass(frozen=True)
class Series:
    """What one claimant said over time, the oldest first."""

    claimant: Claimant
    claims: tuple[Claim, ...]

    @property
    def latest(self) -> Claim:
        return self.claims[-1]


@dataclass(frozen=True)
class Adopted:
    """The figure an organisation adopted."""

    organisation: str
    interval: Interval
    as_of: str
    method: str
    approved_at: datetime


@dataclass(frozen=True)
class Outstanding:
    """The answer for one population, as of one day, as known at one moment."""

    population: Population
    valid_at: date
    known_at: datetime
    series: tuple[Series, ...]
    adopted: Adopted | None
    discrepancies: tuple[Contradiction, ...]

    @property
    def lowest(self) -> int | None:
        """The lowest bound that any claimant's latest claim gives."""
        lows = [series.latest.low for series in self.series if series.latest.low is not None]
        return min(lows, default=None)

    @property
    def highest(self) -> int | None:
        """The highest bound; None where some claim is open above, or none gives one."""
        highs = [series.latest.high for series in self.series]
        return None if not highs or None in highs else max(h for h in highs if h is not None)

    def is_stale(self, claim: Claim) -> bool:
        age = claim.age_in_days(self.valid_at)
        return age is None or age > STALE_AFTER_DAYS


def known(counts: "QuerySet[ReportedCount]", known_at: datetime) -> "QuerySet[ReportedCount]":
    """Keep the figures that stood at ``known_at``, by what the database knew then (rule 3)."""
    return counts.filter(
        Q(superseded_at__isnull=True) | Q(superseded_at__gt=known_at),
        Q(retracted_at__isnull=True) | Q(retracted_at__gt=known_at),
        recorded_at__lte=known_at,
    )


def roundings(known_at: datetime) -> "QuerySet[CountLink, UUID]":
    """Name the figures that only round another one that stood then.

    A link counts if the figure's own organisation made it: nobody hides another's claim. Whoever
    restates a figure claims it too, and keeps a series.
    """
    links = CountLink.objects.filter(
        kind=LinkKind.ROUNDS,
        recorded_at__lte=known_at,
        organisation=F("from_count__organisation"),
        to_count__in=known(ReportedCount.objects.all(), known_at),
    )
    return links.values_list("from_count", flat=True)


def stocks(populations: Iterable[Population], known_at: datetime) -> "QuerySet[ReportedCount]":
    """Give the stocks of people claimed of populations, without roundings of another claim."""
    rows = ReportedCount.objects.filter(
        population__in=list(populations),
        measure=Measure.STOCK,
        unit=Unit.PERSON,
        part_of__isnull=True,
    )
    return known(rows, known_at).exclude(pk__in=roundings(known_at))


def outstanding(
    population: Population, *, valid_at: date | None = None, known_at: datetime | None = None
) -> Outstanding:
    """Give one series per claimant, then the adopted figure and the open contradictions (rule 2).

    A claim counts as of ``valid_at`` if its as-of date may lie on or before that day; an undated
    claim always does.
    """
    return side_by_side([population], valid_at=valid_at, known_at=known_at)[0]


def side_by_side(
    populations: Sequence[Population],
    *,
    valid_at: date | None = None,
    known_at: datetime | None = None,
) -> tuple[Outstanding, ...]:
    """Answer for several populations, each for itself, in a fixed number of queries."""
    day, moment = valid_at or clock.today(), known_at or clock.now()
    claims = claims_of(stocks(populations, moment).filter(_said_by(day)))
    adopted = _adopted(populations, day, moment)
    contradictions = discrepancies.about_each(populations, known_at=moment)
    return tuple(
        Outstanding(
            population=population,
            valid_at=day,
            known_at=moment,
            series=series_of(c for c in claims if c.basis.population == population.code),
            adopted=adopted.get(population.pk),
            discrepancies=tuple(contradictions.get(population.pk, ())),
        )
        for population in populations
    )


def series_of(claims: Iterable[Claim]) -> tuple[Series, ...]:
    """Group claims by claimant; within one, order them by their as-of date."""
    ordered = sorted(claims, key=lambda claim: (claim.claimant.key, *_when(claim)))
    grouped = [
        Series(next(iter(group := tuple(run))).claimant, group)
        for _, run in groupby(ordered, key=lambda claim: claim.claimant.key)
    ]
    return tuple(sorted(grouped, key=lambda series: _when(series.latest), reverse=True))


def sum_of(counts: Sequence[Claim]) -> Interval:
    """Add claims up.

    :raises ValidationError: for different populations, measures or units (rule 5), for stocks,
        and for a part beside its whole.
    """
    check_addable(claim.basis for claim in counts)
    if any(claim.basis.measure == Measure.STOCK for claim in counts):
        message = _("Claims of one stock are not parts of it. They stand side by side.")
        raise ValidationError(message, code="not_addable")
    if any(claim.label for claim in counts):
        message = _("A subgroup is in its whole already. Leave the subgroups out.")
        raise ValidationError(message, code="not_addable")
    return total([claim.interval for claim in counts])


def _said_by(day: date) -> Q:
    return Q(as_of_earliest__isnull=True) | Q(as_of_earliest__lte=day)


def _when(claim: Claim) -> tuple[date, datetime, str]:
    return (claim.last_day, claim.recorded_at, str(claim.id))


def _adopted(populations: Sequence[Population], day: date, moment: datetime) -> dict[UUID, Adopted]:
    rows = (
        Assessment.objects.filter(population__in=populations, approved_at__lte=moment)
        .filter(_said_by(day))
        .select_related("organisation")
        .order_by(F("as_of_earliest").desc(nulls_last=True), "-approved_at", "pk")
    )
    adopted: dict[UUID, Adopted] = {}
    for row in rows:
        if row.approved_at is not None:
            figure = Adopted(
                row.organisation.name,
                Interval(row.low, row.high),
                row.as_of_edtf,
                row.method,
                row.approved_at,
            )
            adopted.setdefault(row.population_id, figure)
    return adopted
