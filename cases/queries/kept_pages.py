"""The figures of a page as they stand, in a form that is kept, and what differs from it later."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.conf import settings
from django.utils import translation

from cases import clock
from cases.access.actor import Actor, AnyActor
from cases.access.gate import acting_as
from cases.access.sensitivity import OPEN
from cases.models import FrozenPage, Population, ReportedCount
from cases.queries import bridge, populations
from cases.queries.bridge import Comparison
from cases.queries.caseload import own_counts
from cases.queries.claims import Claim
from cases.queries.outstanding import Outstanding, side_by_side
from cases.rules.counts import Interval
from cases.rules.dates import in_words
from cases.vocabulary.counts import BridgeVerdict, CountState, DiscrepancyState
from cases.vocabulary.reports import Attribution

_FORM = 1
T = TypeVar("T")


@dataclass(frozen=True)
class KeptFigure:
    """One claim as it stood; ``group`` is its population's title."""

    id: str
    group: str
    claimant: str
    text: str
    low: int | None
    high: int | None
    as_of: str
    state: str
    attribution: str
    reports: tuple[str, ...]
    recorded_at: str
    is_latest: bool

    @property
    def bounds(self) -> str:
        return str(Interval(self.low, self.high))

    @property
    def as_of_in_words(self) -> str:
        return in_words(self.as_of)

    @property
    def state_label(self) -> str:
        return str(CountState(self.state).label)

    @property
    def who(self) -> str:
        """Name the claimant; that nobody is named, in the reader's language."""
        if self.attribution != Attribution.UNATTRIBUTED:
            return self.claimant
        where = f" ({', '.join(self.reports)})" if self.reports else ""
        return f"{Attribution(self.attribution).label}{where}"


@dataclass(frozen=True)
class KeptDispute:
    """One contradiction as it stood."""

    id: str
    group: str
    title: str
    state: str
    versions: tuple[str, ...]

    @property
    def state_label(self) -> str:
        return str(DiscrepancyState(self.state).label)


@dataclass(frozen=True)
class KeptCount:
    """What stood beside the claims: the tracker's own count, or the figure that was adopted."""

    group: str
    low: int | None
    high: int | None
    told: str

    @property
    def bounds(self) -> str:
        return str(Interval(self.low, self.high))


@dataclass(frozen=True)
class KeptVerdict:
    """One step of the bridge as it stood."""

    start: str
    end: str
    start_text: str
    end_text: str
    used: tuple[str, ...]
    low: int | None
    high: int | None
    verdict: str

    @property
    def verdict_label(self) -> str:
        return str(BridgeVerdict(self.verdict).label)

    @property
    def bounds(self) -> str:
        return str(Interval(self.low, self.high))


@dataclass(frozen=True)
class Frozen:
    """A page's figures, with the ids behind them."""

    valid_at: date
    known_at: datetime
    figures: tuple[KeptFigure, ...] = ()
    disputes: tuple[KeptDispute, ...] = ()
    adopted: tuple[KeptCount, ...] = ()
    own: tuple[KeptCount, ...] = ()
    verdicts: tuple[KeptVerdict, ...] = ()

    def as_text(self) -> str:
        """Write it in its one form: the same figures are the same text."""
        held = {**asdict(self), "form": _FORM}
        return json.dumps(
            held, default=str, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )


_PARTS: Mapping[str, Callable[..., Any]] = {
    "figures": KeptFigure,
    "disputes": KeptDispute,
    "adopted": KeptCount,
    "own": KeptCount,
    "verdicts": KeptVerdict,
}


def read(text: str) -> Frozen:
    """Read what was kept."""
    held = json.loads(text)
    parts = {
        name: tuple(make(**_tupled(row)) for row in held[name]) for name, make in _PARTS.items()
    }
    return Frozen(
        date.fromisoformat(held["valid_at"]), datetime.fromisoformat(held["known_at"]), **parts
    )


def _tupled(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}


def for_all(actor: AnyActor) -> AnyActor:
    """Give an actor who reads what all readers of figures in the organisation may read."""
    if not isinstance(actor, Actor):
        return actor
    return replace(actor.up_to(OPEN), is_cleared_for_restricted=False)


def frozen(
    population: Population | None,
    *,
    by: AnyActor,
    valid_at: date | None = None,
    known_at: datetime | None = None,
) -> Frozen:
    """Give the figures of a population with all its claims, or of all with the latest of each."""
    day, moment = valid_at or clock.today(), known_at or clock.now()
    with acting_as(for_all(by)), translation.override(settings.LANGUAGE_CODE):
        groups = [population] if population else populations.with_outstanding_claims()
        answers = side_by_side(groups, valid_at=day, known_at=moment)
        own = own_counts(groups) if population is None else {}
        counted = ((group, own[group.pk]) for group in groups if group.pk in own)
        return Frozen(
            day,
            moment,
            figures=tuple(_figures(answers, is_whole=population is not None)),
            disputes=tuple(_disputes(answers)),
            adopted=tuple(_adopted(answers)),
            own=tuple(
                KeptCount(group.title, count.cases, count.cases, count.status.value)
                for group, count in counted
            ),
            verdicts=tuple(_verdicts(population, answers[0])) if population else (),
        )


def _figures(answers: Sequence[Outstanding], *, is_whole: bool) -> Iterable[KeptFigure]:
    for answer in answers:
        for series in answer.series:
            for claim in reversed(series.claims) if is_whole else [series.latest]:
                yield _figure(claim, is_latest=claim is series.latest)


def _figure(claim: Claim, *, is_latest: bool) -> KeptFigure:
    return KeptFigure(
        id=str(claim.id),
        group=claim.population_title,
        claimant=claim.claimant.label,
        text=claim.stated_text,
        low=claim.low,
        high=claim.high,
        as_of=claim.as_of,
        state=claim.state.value,
        attribution=str(claim.claimant.attribution),
        reports=tuple(report.code for report in claim.reports),
        recorded_at=claim.recorded_at.isoformat(),
        is_latest=is_latest,
    )


def _disputes(answers: Sequence[Outstanding]) -> Iterable[KeptDispute]:
    for answer in answers:
        for one in answer.discrepancies:
            versions = dict.fromkeys(side.version_text for side in one.sides)
            title = answer.population.title
            yield KeptDispute(str(one.id), title, one.title, one.state.value, tuple(versions))


def _adopted(answers: Sequence[Outstanding]) -> Iterable[KeptCount]:
    for answer in answers:
        if (one := answer.adopted) is not None:
            title, bounds = answer.population.title, one.interval
            yield KeptCount(title, bounds.low, bounds.high, one.method)


def _verdicts(population: Population, answer: Outstanding) -> Iterable[KeptVerdict]:
    claims = [claim for series in answer.series for claim in series.claims]
    for step in bridge.chain(population, claims, known_at=answer.known_at):
        yield _verdict(step)


def _verdict(step: Comparison) -> KeptVerdict:
    return KeptVerdict(
        start=str(step.start.id),
        end=str(step.end.id),
        start_text=step.start.stated_text,
        end_text=step.end.stated_text,
        used=tuple(flow.in_words for flow in step.used),
        low=step.expected.low,
        high=step.expected.high,
        verdict=step.verdict.value,
    )


@dataclass(frozen=True)
class Difference:
    """A figure that is not as it was: gone if ``now`` is None, new if ``then`` is.

    ``state`` is what a figure that is gone is today; empty where it only is no longer shown, or
    the reader no longer sees it.
    """

    then: KeptFigure | None
    now: KeptFigure | None
    state: str = ""

    @property
    def state_label(self) -> str:
        return str(CountState(self.state).label) if self.state else ""

    @property
    def figure(self) -> KeptFigure:
        found = self.now or self.then
        assert found is not None  # noqa: S101 - one of the two is there
        return found


@dataclass(frozen=True)
class Pair(Generic[T]):
    """Something as it was kept and as it is; one of the two may be missing."""

    then: T | None
    now: T | None

    @property
    def any(self) -> T:
        found = self.now or self.then
        assert found is not None  # noqa: S101 - one of the two is there
        return found


@dataclass(frozen=True)
class Compared:
    """What differs between a page as it was kept and as it is."""

    figures: tuple[Difference, ...]
    same: int
    disputes: tuple[Pair[KeptDispute], ...]
    counts: tuple[Pair[KeptCount], ...]

    @property
    def is_same(self) -> bool:
        return not (self.figures or self.disputes or self.counts)


def compare(then: Frozen, now: Frozen) -> Compared:
    """Hold a page as it was kept against itself as it is, figure by figure."""
    pairs = _paired(then.figures, now.figures)
    gone = [UUID(one.id) for one, other in pairs if one is not None and other is None]
    ended = ReportedCount.objects.filter(
        pk__in=gone, state__in=[CountState.SUPERSEDED, CountState.RETRACTED]
    )
    states = {str(key): state for key, state in ended.values_list("pk", "state")}
    figures = [
        Difference(one, other, states.get(one.id, "") if one and not other else "")
        for one, other in pairs
        if one != other
    ]
    counts = [
        pair
        for before, after in ((then.adopted, now.adopted), (then.own, now.own))
        for pair in _by(before, after, lambda count: count.group)
    ]
    return Compared(
        figures=tuple(figures),
        same=len(pairs) - len(figures),
        disputes=tuple(
            Pair(one, other)
            for one, other in _by(then.disputes, now.disputes, lambda one: (one.id, one.group))
            if one != other
        ),
        counts=tuple(Pair(one, other) for one, other in counts if one != other),
    )


def _paired(
    then: Sequence[KeptFigure], now: Sequence[KeptFigure]
) -> list[tuple[KeptFigure | None, KeptFigure | None]]:
    return _by(then, now, lambda figure: figure.id)


def _by(then: Sequence[Any], now: Sequence[Any], key: Callable[[Any], Any]) -> list[Any]:
    """Put two lists side by side: what was there first, in its order, then what is new."""
    before, after = {key(one): one for one in then}, {key(one): one for one in now}
    return [(before.get(name), after.get(name)) for name in dict.fromkeys([*before, *after])]


@dataclass(frozen=True)
class KeptGroup:
    """What was kept of one population."""

    title: str
    figures: tuple[KeptFigure, ...]
    disputes: tuple[KeptDispute, ...]
    adopted: tuple[KeptCount, ...]
    own: tuple[KeptCount, ...]


def by_group(kept: Frozen) -> tuple[KeptGroup, ...]:
    """Give what was kept, a population after another."""
    parts = (kept.figures, kept.disputes, kept.adopted, kept.own)
    titles = dict.fromkeys(one.group for part in parts for one in part)
    return tuple(KeptGroup(title, *(_of(part, title) for part in parts)) for title in titles)


def _of(part: Iterable[Any], title: str) -> tuple[Any, ...]:
    return tuple(one for one in part if one.group == title)


def kept_by(user_id: UUID | None) -> set[UUID]:
    """Give the snapshots that somebody kept, also to whoever may not read who did."""
    rows = FrozenPage.objects.filter(recorded_by=user_id)
    return set(rows.values_list("pk", flat=True))
