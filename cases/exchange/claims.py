"""Claims as rows of a table: each with who said it, where, and when we learned it."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from cases.exchange.tables import Column, Kind, Row
from cases.queries.claims import Claim, ReportRef
from cases.vocabulary.counts import CountState, Dimension, Measure, Qualifier, Unit
from cases.vocabulary.reports import Attribution, Modality

_MOST_LINES = 10
FIGURES = (("id",),)
"""Where the id of the figure stands in a row of these."""
CLAIM = (
    Column("population", ("population",), Kind.TEXT, "The code of the population."),
    Column("population_title", ("population_title",), Kind.TEXT, "What it is called."),
    Column("claimant.label", ("claimant",), Kind.TEXT, "Who claims it."),
    Column("claimant.attribution", ("attribution",), Kind.TERM, "To whom.", Attribution),
    Column("modality", ("modality",), Kind.TERM, "How it is said.", Modality),
    Column("stated_text", ("stated_text",), Kind.TEXT, "The figure as the source puts it."),
    Column("stated_value", ("stated_value",), Kind.NUMBER, "The number in it."),
    Column("qualifier", ("qualifier",), Kind.TERM, "How it is qualified.", Qualifier),
    Column("low", ("low",), Kind.NUMBER, "The lowest it can mean; empty is open."),
    Column("high", ("high",), Kind.NUMBER, "The highest it can mean; empty is open."),
    Column("is_estimate", ("is_estimate",), Kind.TRUTH, "Whether the source calls it one."),
    Column("measure", ("measure",), Kind.TERM, "What it measures.", Measure),
    Column("unit", ("unit",), Kind.TERM, "What is counted.", Unit),
    Column("dimension", ("dimension",), Kind.TERM, "By what it is a subgroup.", Dimension),
    Column("label", ("label",), Kind.TEXT, "The subgroup."),
    Column("as_of", ("as_of",), Kind.TEXT, "The days it is about, as EDTF."),
    Column("as_of_earliest", ("as_of_earliest",), Kind.DAY, "The first of them."),
    Column("as_of_latest", ("as_of_latest",), Kind.DAY, "The last of them."),
    Column("state", ("state",), Kind.TERM, "Where the figure stands.", CountState),
    Column("reports.title", ("reports",), Kind.TEXT, "The reports that relay it."),
    Column("recorded_at", ("recorded_at",), Kind.MOMENT, "When the tracker learned it."),
    Column("id", ("id",), Kind.ID, "Of the figure."),
)  # fmt: skip


def row_of(claim: Claim | None, **more: Any) -> Row:
    """Give a claim as a row, with what else stands in it; without a claim its cells are empty."""
    if claim is None:
        return more
    return {
        "population": claim.basis.population,
        "population_title": claim.population_title,
        "claimant": claim.claimant.label,
        "attribution": claim.claimant.attribution,
        "modality": claim.modality.value,
        "stated_text": claim.stated_text,
        "stated_value": claim.value,
        "qualifier": claim.qualifier.value,
        "low": claim.low,
        "high": claim.high,
        "is_estimate": claim.is_estimate,
        "measure": claim.basis.measure,
        "unit": claim.basis.unit,
        "dimension": claim.dimension,
        "label": claim.label,
        "as_of": claim.as_of,
        "as_of_earliest": claim.as_of_earliest,
        "as_of_latest": claim.as_of_latest,
        "state": claim.state.value,
        "reports": cited(claim.reports),
        "recorded_at": claim.recorded_at.isoformat(),
        "id": str(claim.id),
        **more,
    }


def cited(reports: Iterable[ReportRef]) -> str:
    """Name reports in one cell."""
    return "; ".join(f"{report.code}, {report.publisher}" for report in reports)


def head_of(
    title: str,
    asked: Iterable[tuple[str, str]],
    reports: Iterable[ReportRef],
    *,
    taken_at: datetime,
    method: str,
) -> tuple[tuple[str, str], ...]:
    """Say above the rows what was asked, when, how it is counted and whose word it is."""
    sources: dict[UUID, str] = {
        report.id: f"{report.code}, {report.publisher}: {report.title}" for report in reports
    }
    return (
        (_("Page"), title),
        *asked,
        (_("Read at"), f"{taken_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"),
        (
            _("Method"),
            _(
                "A figure here is what somebody said, not a finding of the tracker. Claims stand "
                "side by side and are never averaged or added."
            )
            + f" {method}",
        ),
        *((_("Source"), source) for source in _few(sorted(sources.values()))),
    )


def _few(sources: Sequence[str]) -> Sequence[str]:
    """Put many sources into one cell: HXL wants its hashtags within the first 25 rows."""
    return sources if len(sources) <= _MOST_LINES else ["; ".join(sources)]
