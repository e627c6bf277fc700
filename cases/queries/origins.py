"""The utterance behind a figure, and the reports that relay it."""

from collections.abc import Iterable
from dataclasses import dataclass

from cases.models import Citation, SourceReport, Speaker, Statement
from cases.models.gate import Gated
from cases.queries.claims import speaker_label
from cases.rules.dates import in_words
from cases.vocabulary.reports import (
    Attribution,
    Channel,
    Credibility,
    DateBasis,
    QualityFlagKind,
    Reliability,
    ReportKind,
)

READ_WITH = (
    "speakers__official__tenures__body",
    "speakers__body",
    "speakers__contact",
    "citations__relayed_via",
    "citations__report__publisher",
    "citations__report__flags",
    "citations__report__derivative_of",
)
"""What to prefetch of a statement."""


@dataclass(frozen=True)
class SpokenBy:
    """One of those who speak, with the offices that sources give them."""

    name: str
    offices: tuple[str, ...]


@dataclass(frozen=True)
class Origin:
    """The utterance a figure rests on; however many reports relay it, it is one origin."""

    code: str
    speakers: tuple[SpokenBy, ...]
    attribution: Attribution
    channel: Channel
    said: str
    said_as_stated: str
    summary: str
    source_term: str
    rests_on: str

    @property
    def said_in_words(self) -> str:
        return in_words(self.said)


@dataclass(frozen=True)
class Flag:
    """A weakness of a report."""

    kind: QualityFlagKind
    remarks: str


@dataclass(frozen=True)
class Relay:
    """A report that relays the statement."""

    code: str
    title: str
    publisher: str
    kind: ReportKind
    language: str
    published: str
    published_as_stated: str
    basis: DateBasis
    reliability: Reliability
    credibility: Credibility
    flags: tuple[Flag, ...]
    locator: str
    relayed_via: str
    copy_of: str
    url: str

    @property
    def published_in_words(self) -> str:
        return in_words(self.published)


def as_stated(row: Gated, name: str) -> str:
    """Give the source's own words for a partial date."""
    return str(getattr(row, f"{name}_as_stated"))


def origin_of(statement: Statement) -> Origin:
    """Give an utterance, frozen."""
    return Origin(
        code=statement.code,
        speakers=tuple(_spoken_by(speaker) for speaker in statement.speakers.all()),
        attribution=Attribution(statement.attribution),
        channel=Channel(statement.channel),
        said=statement.said_edtf,
        said_as_stated=as_stated(statement, "said"),
        summary=statement.summary,
        source_term=statement.source_term,
        rests_on=statement.rests_on,
    )


def _spoken_by(speaker: Speaker) -> SpokenBy:
    tenures = speaker.official.tenures.all() if speaker.official else ()
    offices = dict.fromkeys(f"{tenure.title}, {tenure.body.name}" for tenure in tenures)
    return SpokenBy(speaker_label(speaker), tuple(offices))


def relays_of(citations: Iterable[Citation]) -> tuple[Relay, ...]:
    """Give the reports that relay a statement, by their codes."""
    return tuple(sorted((_relay(c, c.report) for c in citations), key=lambda relay: relay.code))


def _relay(citation: Citation, report: SourceReport) -> Relay:
    return Relay(
        code=report.code,
        title=report.title,
        publisher=report.publisher.name if report.publisher else "",
        kind=ReportKind(report.kind),
        language=report.language,
        published=report.published_edtf,
        published_as_stated=as_stated(report, "published"),
        basis=DateBasis(report.published_basis),
        reliability=Reliability(report.reliability),
        credibility=Credibility(citation.credibility),
        flags=tuple(Flag(QualityFlagKind(f.kind), f.remarks) for f in report.flags.all()),
        locator=citation.locator,
        relayed_via=citation.relayed_via.name if citation.relayed_via else "",
        copy_of=report.derivative_of.code if report.derivative_of else "",
        url=report.url,
    )
