"""A reported figure as every face shows it: who said it, in which reports, when we learned it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from hashlib import sha256
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _, gettext_lazy

from cases.models import ReportedCount, SourceReport, Speaker, Statement
from cases.rules.counts import Basis, Interval
from cases.rules.dates import in_words
from cases.vocabulary.counts import CountState, Qualifier
from cases.vocabulary.reports import Attribution, Modality

NOBODY = "Nobody named"
WITHHELD = gettext_lazy("A private person (name withheld)")


@dataclass(frozen=True)
class ReportRef:
    """A report that relays a statement."""

    id: UUID
    code: str
    title: str
    publisher: str
    published: str

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def published_in_words(self) -> str:
        return in_words(self.published)


@dataclass(frozen=True)
class Claimant:
    """Whoever made a claim: one speaker, several jointly, or nobody named.

    ``key`` is the same for the same speakers, whatever the order; unattributed claims are kept
    apart by report, for two reports that name nobody need not speak with one voice.
    """

    key: str
    label: str
    attribution: str
    bodies: tuple[UUID, ...] = ()
    officials: tuple[UUID, ...] = ()

    @property
    def is_unattributed(self) -> bool:
        return self.attribution == Attribution.UNATTRIBUTED

    @property
    def is_joint(self) -> bool:
        return "+" in self.key


@dataclass(frozen=True)
class Claim:
    """One live or past figure."""

    id: UUID
    basis: Basis
    population_title: str
    stated_text: str
    value: int | None
    qualifier: Qualifier
    interval: Interval
    is_estimate: bool
    as_of: str
    as_of_earliest: date | None
    as_of_latest: date | None
    recorded_at: datetime
    state: CountState
    claimant: Claimant
    modality: Modality
    statement_id: UUID
    statement_summary: str
    source_term: str
    reports: tuple[ReportRef, ...]
    dimension: str
    label: str
    batch_id: UUID | None
    measure_remarks: str

    @property
    def low(self) -> int | None:
        return self.interval.low

    @property
    def high(self) -> int | None:
        return self.interval.high

    @property
    def as_of_in_words(self) -> str:
        return in_words(self.as_of)

    @property
    def last_day(self) -> date:
        """The last day it can be about: what was recorded on a day is not about a later one."""
        return self.as_of_latest or self.recorded_at.date()

    def age_in_days(self, on: date) -> int | None:
        """Say how old the claim is, from the last day it can be about; None where that is open."""
        last = self.as_of_latest or self.as_of_earliest
        return None if last is None else max((on - last).days, 0)


def claims_of(counts: "QuerySet[ReportedCount]") -> list[Claim]:
    """Read figures with their claimants and reports, in a fixed number of queries."""
    rows = counts.select_related("population", "statement").prefetch_related(
        "statement__speakers__official",
        "statement__speakers__body",
        "statement__speakers__contact",
        "statement__citations__report__publisher",
    )
    return [claim_of(row) for row in rows]


def claim_of(count: ReportedCount) -> Claim:
    """Give one figure, frozen."""
    statement = count.statement
    reports = tuple(report_ref(citation.report) for citation in statement.citations.all())
    return Claim(
        id=count.pk,
        basis=count.basis,
        population_title=count.population.title,
        stated_text=count.stated_text,
        value=count.stated_value,
        qualifier=Qualifier(count.qualifier),
        interval=count.interval,
        is_estimate=count.is_estimate,
        as_of=count.as_of_edtf,
        as_of_earliest=count.as_of_earliest,
        as_of_latest=count.as_of_latest,
        recorded_at=count.recorded_at,
        state=CountState(count.state),
        claimant=claimant_of(statement, reports),
        modality=Modality(statement.modality),
        statement_id=statement.pk,
        statement_summary=statement.summary,
        source_term=statement.source_term,
        reports=tuple(sorted(reports, key=lambda report: report.code)),
        dimension=count.dimension,
        label=count.label,
        batch_id=count.batch_id,
        measure_remarks=count.measure_remarks,
    )


def report_ref(report: SourceReport) -> ReportRef:
    """Give a report as it is cited."""
    publisher = report.publisher.name if report.publisher else _("publisher not named")
    return ReportRef(report.pk, report.code, report.title, publisher, report.published_edtf)


def claimant_of(statement: Statement, reports: Iterable[ReportRef]) -> Claimant:
    """Say who speaks: the set of speakers, jointly; or nobody, in these reports."""
    speakers = sorted(statement.speakers.all(), key=_speaker_key)
    if not speakers:
        codes = sorted(report.code for report in reports)
        where = f" ({', '.join(codes)})" if codes else ""
        label = Attribution(statement.attribution).label
        return Claimant(f"nobody:{','.join(codes)}", f"{label}{where}", statement.attribution)
    return Claimant(
        key="+".join(_speaker_key(speaker) for speaker in speakers),
        label=reduce(
            lambda one, other: _("%(one)s and %(other)s") % {"one": one, "other": other},
            map(speaker_label, speakers),
        ),
        attribution=statement.attribution,
        bodies=tuple(speaker.body_id for speaker in speakers if speaker.body_id),
        officials=tuple(speaker.official_id for speaker in speakers if speaker.official_id),
    )


def speaker_label(speaker: Speaker) -> str:
    """Name a speaker; a private person only to whoever may read the contact."""
    if speaker.official is not None:
        return speaker.official.name
    if speaker.body is not None:
        return speaker.body.name
    contact = speaker.contact
    if contact is None:
        return str(WITHHELD)
    return _("Contact %(reference)s") % {"reference": contact.reference}


def _speaker_key(speaker: Speaker) -> str:
    """Tell speakers apart; a private one by a digest, which is no id.

    To whoever may not see the contact each statement has a speaker of its own: that two are one
    person's is a thing to know about a source.
    """
    public = speaker.official_id or speaker.body_id
    private = speaker.statement_id if speaker.contact is None else speaker.contact_id
    return str(public) if public else sha256(str(private).encode()).hexdigest()[:32]
