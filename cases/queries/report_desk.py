"""One report on one page: its flags, the statements it relays, and the figures they give."""

import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from cases.models import (
    Citation,
    CountLink,
    DiscrepancyMember,
    ReportedCount,
    SourceReport,
    Statement,
)
from cases.queries.claims import Claim, ReportRef, claim_of, claimant_of, report_ref
from cases.rules.dates import in_words
from cases.vocabulary.counts import DiscrepancyState
from cases.vocabulary.reports import QualityFlagKind


@dataclass(frozen=True)
class Flag:
    """A weakness of the report."""

    id: UUID
    kind: QualityFlagKind
    remarks: str


@dataclass(frozen=True)
class Relation:
    """How a figure relates to another one: “rounds 46”."""

    words: str
    other_id: UUID
    other: str


@dataclass(frozen=True)
class Doubt:
    """A discrepancy that a figure or statement is part of."""

    id: UUID
    title: str
    state: DiscrepancyState


@dataclass(frozen=True)
class Figure:
    """A figure with what it relates to."""

    claim: Claim
    bounds: str
    part_of: str
    batch: str
    measure: str
    unit: str
    relations: tuple[Relation, ...]
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True)
class Said:
    """A statement as one report relays it."""

    id: UUID
    citation_id: UUID
    code: str
    claimant: str
    attribution: str
    modality: str
    channel: str
    said: str
    said_as_stated: str
    summary: str
    source_term: str
    rests_on: str
    locator: str
    relayed_via: str
    credibility: str
    elsewhere: tuple[ReportRef, ...]
    figures: tuple[Figure, ...]
    doubts: tuple[Doubt, ...]

    @property
    def paragraph(self) -> int | None:
        """Give the number of the paragraph, where the place is one."""
        found = re.fullmatch(r"paragraph (\d{1,6})", self.locator.strip(), re.IGNORECASE | re.ASCII)
        return int(found[1]) if found else None


@dataclass(frozen=True)
class Desk:
    """A report's page."""

    flags: tuple[Flag, ...]
    statements: tuple[Said, ...]

    @property
    def figures(self) -> int:
        return sum(len(said.figures) for said in self.statements)


def of(report: SourceReport) -> Desk:
    """Read a report's page in a fixed number of queries."""
    flags = report.flags.order_by("kind")
    citations = sorted(_citations(report), key=_place_in_text)
    statements = [citation.statement_id for citation in citations]
    figures = figures_of(ReportedCount.objects.filter(statement__in=statements))
    doubts = _doubts(DiscrepancyMember.objects.filter(statement__in=statements, count=None))
    return Desk(
        flags=tuple(Flag(f.pk, QualityFlagKind(f.kind), f.remarks) for f in flags),
        statements=tuple(_said(citation, figures, doubts) for citation in citations),
    )


def figures_of(counts: Iterable[ReportedCount]) -> dict[UUID, list[Figure]]:
    """Read figures with links and discrepancies, by their statement."""
    told = "statement__"
    rows = list(
        ReportedCount.objects.filter(pk__in=[count.pk for count in counts])
        .prefetch_related(
            "population",
            "batch",
            "part_of",
            f"{told}speakers__official",
            f"{told}speakers__body",
            f"{told}speakers__contact",
            f"{told}citations__report__publisher",
        )
        .order_by("recorded_at", "pk")
    )
    ids = [row.pk for row in rows]
    relations = _relations(ids)
    doubts = _doubts_of_counts(ids)
    found: dict[UUID, list[Figure]] = {}
    for row in rows:
        figure = _figure(row, relations.get(row.pk, ()), doubts.get(row.pk, ()))
        found.setdefault(row.statement_id, []).append(figure)
    return found


def _citations(report: SourceReport) -> Iterable[Citation]:
    told = "statement__"
    return (
        Citation.objects.filter(report=report)
        .prefetch_related(
            "relayed_via",
            f"{told}speakers__official",
            f"{told}speakers__body",
            f"{told}speakers__contact",
            f"{told}citations__report__publisher",
        )
        .order_by("recorded_at", "pk")
    )


def _place_in_text(citation: Citation) -> tuple[int, str]:
    """Order citations as a reader meets them: by the first number of the locator."""
    number = re.search(r"\d+", citation.locator)
    return (int(number[0]) if number else sys.maxsize, citation.locator)


def _said(
    citation: Citation,
    figures: Mapping[UUID, list[Figure]],
    doubts: Mapping[UUID, tuple[Doubt, ...]],
) -> Said:
    statement: Statement = citation.statement
    reports = [report_ref(other.report) for other in statement.citations.all()]
    return Said(
        id=statement.pk,
        citation_id=citation.pk,
        code=statement.code,
        claimant=claimant_of(statement, ()).label,
        attribution=statement.get_attribution_display(),
        modality=statement.get_modality_display(),
        channel=statement.get_channel_display(),
        said=in_words(statement.said_edtf) if statement.said_edtf else "",
        said_as_stated=getattr(statement, "said_as_stated", ""),
        summary=statement.summary,
        source_term=statement.source_term,
        rests_on=statement.rests_on,
        locator=citation.locator,
        relayed_via=str(citation.relayed_via or ""),
        credibility=citation.get_credibility_display(),
        elsewhere=tuple(ref for ref in reports if ref.id != citation.report_id),
        figures=tuple(figures.get(statement.pk, ())),
        doubts=doubts.get(statement.pk, ()),
    )


def _figure(row: ReportedCount, relations: Iterable[Relation], doubts: Iterable[Doubt]) -> Figure:
    return Figure(
        claim=claim_of(row),
        bounds=str(row.interval),
        part_of=str(row.part_of or ""),
        batch=str(row.batch or ""),
        measure=row.get_measure_display(),
        unit=row.get_unit_display(),
        relations=tuple(relations),
        doubts=tuple(doubts),
    )


def _relations(ids: list[UUID]) -> dict[UUID, list[Relation]]:
    """Read the links of figures, said from each end; both ends within reach."""
    within_reach = ReportedCount.objects.values("pk")
    rows = CountLink.objects.filter(
        Q(from_count__in=ids) | Q(to_count__in=ids),
        from_count__in=within_reach,
        to_count__in=within_reach,
    )
    found: dict[UUID, list[Relation]] = {}
    for link in rows.prefetch_related("from_count", "to_count").order_by("recorded_at", "pk"):
        kind, one, other = link.get_kind_display(), link.from_count, link.to_count
        found.setdefault(one.pk, []).append(Relation(kind, other.pk, str(other)))
        back = Relation(
            _("“%(figure)s” %(relation)s it") % {"figure": one, "relation": kind}, one.pk, ""
        )
        found.setdefault(other.pk, []).append(back)
    return found


def _doubts_of_counts(ids: list[UUID]) -> dict[UUID, list[Doubt]]:
    rows = DiscrepancyMember.objects.filter(count__in=ids).prefetch_related("discrepancy")
    found: dict[UUID, list[Doubt]] = {}
    for member in rows:
        found.setdefault(cast("UUID", member.count_id), []).append(_doubt(member))
    return found


def _doubts(members: QuerySet[DiscrepancyMember]) -> dict[UUID, tuple[Doubt, ...]]:
    found: dict[UUID, tuple[Doubt, ...]] = {}
    for member in members.prefetch_related("discrepancy"):
        found[member.statement_id] = (*found.get(member.statement_id, ()), _doubt(member))
    return found


def _doubt(member: DiscrepancyMember) -> Doubt:
    row = member.discrepancy
    return Doubt(row.pk, row.title, DiscrepancyState(row.state))
