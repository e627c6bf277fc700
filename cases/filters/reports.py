"""Reports, flags, statements, speakers and citations."""

from cases.filters.base import Code, Link, Term, Through, Words
from cases.filters.dates import MayBeAfter, MayBeBefore
from cases.filters.records import RecordFilters
from cases.models import Body, Citation, Contact, Official, SourceReport, Speaker, Statement
from cases.vocabulary.reports import (
    Attribution,
    Channel,
    Credibility,
    DateBasis,
    Modality,
    QualityFlagKind,
    Reliability,
    ReportKind,
)


class SourceReportFilters(RecordFilters):
    q = Words(SourceReport, "title", "code")
    code = Code()
    publisher = Link(Body)
    kind = Term(ReportKind)
    language = Code()
    reliability = Term(Reliability)
    published_basis = Term(DateBasis)
    published_after = MayBeAfter("published")
    published_before = MayBeBefore("published")
    derivative_of = Link(SourceReport)


class QualityFlagFilters(RecordFilters):
    report = Link(SourceReport)
    kind = Term(QualityFlagKind)


class StatementFilters(RecordFilters):
    q = Words(Statement, "summary", "code")
    code = Code()
    attribution = Term(Attribution)
    channel = Term(Channel)
    modality = Term(Modality)
    report = Through(SourceReport, Citation, "statement", "report")
    official = Through(Official, Speaker, "statement", "official")
    body = Through(Body, Speaker, "statement", "body")
    said_after = MayBeAfter("said")
    said_before = MayBeBefore("said")


class SpeakerFilters(RecordFilters):
    statement = Link(Statement)
    official = Link(Official)
    body = Link(Body)
    contact = Link(Contact)


class CitationFilters(RecordFilters):
    statement = Link(Statement)
    report = Link(SourceReport)
    relayed_via = Link(Body)
    credibility = Term(Credibility)
