"""From one claim to the next: the waterfall, what was used, what is missing, the verdict."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _, ngettext

from cases.dashboards.cards import Card, card
from cases.dashboards.charts.waterfall import Row, Waterfall, draw
from cases.dashboards.claims_chart import WIDTHS, read_out
from cases.queries.bridge import Comparison, Flow
from cases.queries.claims import Claim
from cases.rules.counts import Interval
from cases.vocabulary.counts import BridgeVerdict


@dataclass(frozen=True)
class Step:
    """From one claim to the next, with the flows between."""

    key: str
    start: Card
    end: Card
    verdict: BridgeVerdict
    words: str
    expected: str
    charts: tuple[Waterfall, ...]
    used: tuple[tuple[str, Card], ...]
    left_out: tuple[tuple[str, Card], ...]
    missing: tuple[str, ...]


def step(number: int, found: Comparison, on: date) -> Step:
    """Print a comparison, with its drawing."""
    counts = (
        _("Lies between the two claims."),
        _("May lie between the two claims, or outside."),
    )
    rows = tuple(_rows(found, on))
    return Step(
        key=f"bridge-{number}",
        start=card(found.start, on),
        end=card(found.end, on),
        verdict=found.verdict,
        words=found.in_words,
        expected=str(found.expected),
        charts=tuple(draw(key, rows, width=width) for key, width in WIDTHS.items()),
        used=tuple(
            (counts[0] if flow.is_certain else counts[1], card(claim, on))
            for flow in found.used
            for claim in flow.claims
        ),
        left_out=tuple((reason, card(claim, on)) for claim, reason in found.left_out),
        missing=tuple(_missing(found)),
    )


def _rows(found: Comparison, on: date) -> Iterator[Row]:
    yield _claimed("start", found.start, on)
    for flow, level in zip(found.used, found.levels[1:], strict=True):
        yield _fall(flow, level, on)
    yield Row(
        kind="expected",
        id="",
        label=_("What would be left"),
        text=str(found.expected),
        level=found.expected,
        title=_("What would be left: %(bounds)s") % {"bounds": found.expected},
    )
    yield _claimed("end", found.end, on)


def _claimed(kind: str, claim: Claim, on: date) -> Row:
    word = _("Earlier claim") if kind == "start" else _("Later claim")
    return Row(
        kind=kind,
        id=str(claim.id),
        label=f"{word}: {claim.claimant.label}, {claim.as_of_in_words}",
        text=claim.stated_text,
        level=claim.interval,
        title=f"{word}: {read_out(claim, card(claim, on))}",
        is_unattributed=claim.claimant.is_unattributed,
    )


def _fall(flow: Flow, level: Interval, on: date) -> Row:
    claim = flow.claim
    bodies = dict.fromkeys(one.claimant.label for one in flow.claims)
    return Row(
        kind="fall",
        id=str(claim.id),
        label=f"{_('Less')}: {'; '.join(bodies)}, {claim.as_of_in_words}",
        text=f"− {flow.in_words}",
        level=level,
        title=f"{_('Less')}: {read_out(claim, card(claim, on))}",
        taken_off=flow.taken_off,
        is_certain=flow.is_certain,
        is_unattributed=claim.claimant.is_unattributed,
    )


def _missing(found: Comparison) -> Iterator[str]:
    """Say what would make the comparison sharper, or possible."""
    if not found.used:
        yield _("No return between the two claims is recorded.")
    for name, claim in ((_("Earlier claim"), found.start), (_("Later claim"), found.end)):
        yield from _lacking(name, claim)
    uncertain = [flow for flow in found.used if not flow.is_certain]
    if uncertain:
        yield ngettext(
            "%(count)s flow has no date that lies between the two for sure.",
            "%(count)s flows have no date that lies between the two for sure.",
            len(uncertain),
        ) % {"count": len(uncertain)}
    for flow in found.used:
        if flow.interval.high is None:
            yield _("“%(figure)s” has no upper bound: more may have left.") % {
                "figure": flow.claim.stated_text
            }


def _lacking(name: str, claim: Claim) -> Iterator[str]:
    told = {"which": name, "figure": claim.stated_text}
    if claim.interval.is_open:
        yield _("%(which)s “%(figure)s”: it gives no bound to compare.") % told
    elif claim.high is None:
        yield _("%(which)s “%(figure)s”: it gives no upper bound.") % told
    elif claim.low is None:
        yield _("%(which)s “%(figure)s”: it gives no lower bound.") % told
    if claim.claimant.is_unattributed:
        yield _("%(which)s “%(figure)s”: nobody is named for it.") % told


def steps(found: Sequence[Comparison], on: date) -> tuple[Step, ...]:
    """Print the comparisons in turn."""
    return tuple(step(number, one, on) for number, one in enumerate(found, start=1))
