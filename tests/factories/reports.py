"""Reports, statements, speakers and citations."""

from hashlib import sha256

from factory.declarations import LazyAttribute, SelfAttribute, Sequence, SubFactory, Trait

from cases.models import Citation, QualityFlag, ReportText, SourceReport, Speaker, Statement
from cases.vocabulary.attachments import MediaType
from cases.vocabulary.reports import Attribution, DateBasis, DigestState, QualityFlagKind
from tests.factories.base import RecordFactory
from tests.factories.bodies import BodyFactory, OfficialFactory


class SourceReportFactory(RecordFactory):
    """A news article with its day."""

    class Meta:
        model = SourceReport

    class Params:
        undated = Trait(published_edtf="", published_basis=DateBasis.UNKNOWN)

    code = Sequence(lambda n: f"SR-{n:05d}")
    publisher = SubFactory(BodyFactory, outlet=True)
    title = Sequence(lambda n: f"Report {n}")
    published_edtf = "2024-11-22"
    published_basis = DateBasis.STATED


class QualityFlagFactory(RecordFactory):
    class Meta:
        model = QualityFlag

    report = SubFactory(SourceReportFactory)
    kind = QualityFlagKind.UNDATED


class StatementFactory(RecordFactory):
    """A statement that names nobody; speakers are rows of their own."""

    class Meta:
        model = Statement

    class Params:
        named = Trait(attribution=Attribution.NAMED)

    code = Sequence(lambda n: f"statement-{n}")
    attribution = Attribution.UNATTRIBUTED
    said_edtf = "2024-11-22"
    summary = "What was said."


class SpeakerFactory(RecordFactory):
    class Meta:
        model = Speaker

    class Params:
        by_body = Trait(official=None, body=SubFactory(BodyFactory))
        private = Trait(
            official=None, contact=SubFactory("tests.factories.individuals.ContactFactory")
        )

    statement = SubFactory(StatementFactory, named=True)
    official = SubFactory(OfficialFactory)


class CitationFactory(RecordFactory):
    class Meta:
        model = Citation

    statement = SubFactory(StatementFactory)
    report = SubFactory(SourceReportFactory)


class ReportTextFactory(RecordFactory):
    """A text that waits to be digested."""

    class Meta:
        model = ReportText

    class Params:
        aside = Trait(digest_state=DigestState.SET_ASIDE, set_aside_reason="A copy of another.")
        document = Trait(media_type=MediaType.PDF, stored_name=Sequence(lambda n: f"{n:041x}"))

    report = SubFactory(SourceReportFactory, organisation=SelfAttribute("..organisation"))
    text = "Buses came.\n\nNobody was counted."
    media_type = MediaType.TEXT
    size = LazyAttribute(lambda row: len(row.text.encode()))
    sha256 = LazyAttribute(lambda row: sha256(row.text.encode()).hexdigest())
