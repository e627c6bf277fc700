"""Reports, flags, statements, speakers and citations."""

from functools import partial
from typing import Any, ClassVar

from django.db.models import Prefetch
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from cases.access.gate import current_actor
from cases.access.roles import Act
from cases.access.sensitivity import OPEN, Classes
from cases.actions import recording, report_texts, reports
from cases.api.base import KeepResource
from cases.api.fields import LinkField
from cases.api.preconditions import expected_version
from cases.api.records import RecordSerializer, Strict, in_order
from cases.api.report_texts import NewTextFileSerializer, ReportTextResource
from cases.api.uploads import UploadParser
from cases.filters.reports import (
    CitationFilters,
    QualityFlagFilters,
    SourceReportFilters,
    SpeakerFilters,
    StatementFilters,
)
from cases.models import (
    Body,
    Citation,
    Contact,
    Official,
    QualityFlag,
    SourceReport,
    Speaker,
    Statement,
)
from cases.queries.claims import speaker_label

MOST_SPEAKERS = 50


class Evidence(KeepResource):
    """Shared ground that those who record reports add to."""

    reads, writes = Act.READ_EVIDENCE, Act.RECORD_REPORTS


class QualityFlagBrief(RecordSerializer):
    class Meta:
        model = QualityFlag
        fields = ("id", "kind", "remarks")


class SpeakerBrief(RecordSerializer):
    """A private person's name is not in it: only the reference, for those who may see it."""

    computed: ClassVar[Classes] = {"label": OPEN}
    label = serializers.SerializerMethodField()  # type: ignore[assignment]

    class Meta:
        model = Speaker
        fields = ("id", "official", "body", "contact")

    def get_label(self, speaker: Speaker) -> str:
        return speaker_label(speaker)


class StatementBrief(RecordSerializer):
    speakers = SpeakerBrief(many=True, read_only=True)

    class Meta:
        model = Statement
        fields = ("id", "code", "attribution", "channel", "modality", "said_edtf", "summary")


class CitedStatementBrief(RecordSerializer):
    statement = StatementBrief(read_only=True)

    class Meta:
        model = Citation
        fields = ("id", "statement", "relayed_via", "locator", "credibility")


class CitationBrief(RecordSerializer):
    report_code = serializers.CharField(source="report.code", read_only=True)

    class Meta:
        model = Citation
        fields = ("id", "report", "relayed_via", "locator", "credibility")


def speakers() -> "Prefetch[Any]":
    """Read speakers ahead; a contact's reference only through the contact's own gate."""
    contact = Prefetch("contact", Contact.objects.only("pk", "reference"))
    return in_order("speakers", Speaker, "official", "body", contact)


class SourceReportSerializer(RecordSerializer):
    flags = QualityFlagBrief(many=True, read_only=True)
    citations = CitedStatementBrief(many=True, read_only=True)

    class Meta:
        model = SourceReport


class SourceReportResource(Evidence):
    """Published reports that we cite, with their weaknesses and the statements they relay."""

    model = SourceReport
    add, amend = staticmethod(reports.record), staticmethod(reports.amend)
    serializer_class = SourceReportSerializer
    filterset_class = SourceReportFilters

    @classmethod
    def nested(cls) -> list[Any]:
        told = Prefetch("statement", Statement.objects.prefetch_related(speakers()))
        return [in_order("flags", QualityFlag), in_order("citations", Citation, told)]

    @action(
        detail=True,
        methods=["post"],
        url_path="text-file",
        act=Act.RECORD_REPORTS,
        takes=NewTextFileSerializer,
        answers=ReportTextResource,
        parser_classes=[UploadParser],
    )
    def text_file(self, request: Request, pk: str) -> Response:
        """Keep the text of a report from a file, sent as a form: text, HTML or PDF."""
        data, by = request.data, current_actor()
        report = self.found(self.model.objects.all(), pk)
        recording.compare(report, expected_version(request))
        form = NewTextFileSerializer(data=data, context=self.get_serializer_context())
        form.is_valid(raise_exception=True)
        given = dict(form.validated_data)
        file, text = given.pop("file"), given.pop("text", "")
        with report_texts.taken(file.read(), by=by, text=text) as upload:
            write = partial(report_texts.keep, by=by, report=report, upload=upload, **given)
            return self.written(write, 201, ReportTextResource)


class QualityFlagSerializer(RecordSerializer):
    fixed = ("report",)

    class Meta:
        model = QualityFlag


class QualityFlagResource(Evidence):
    """Weaknesses of a report that a reader of its figures should know."""

    model = QualityFlag
    add, amend = staticmethod(reports.flag), staticmethod(reports.amend_flag)
    serializer_class = QualityFlagSerializer
    filterset_class = QualityFlagFilters


class StatementSerializer(RecordSerializer):
    speakers = SpeakerBrief(many=True, read_only=True)
    citations = CitationBrief(many=True, read_only=True)

    class Meta:
        model = Statement


class NewSpeakerSerializer(Strict):
    official = LinkField(to=Official, required=False)
    body = LinkField(to=Body, required=False)
    contact = LinkField(to=Contact, required=False)


class NewStatementSerializer(StatementSerializer):
    speakers: Any = serializers.ListSerializer(
        child=NewSpeakerSerializer(), required=False, max_length=MOST_SPEAKERS
    )


class StatementResource(Evidence):
    """Utterances: the origins that several reports may relay."""

    model = Statement
    add, amend = staticmethod(reports.make_statement), staticmethod(reports.amend_statement)
    serializer_class = StatementSerializer
    create_serializer_class = NewStatementSerializer
    filterset_class = StatementFilters

    @classmethod
    def nested(cls) -> list[Any]:
        return [speakers(), in_order("citations", Citation, "report")]


class SpeakerSerializer(RecordSerializer):
    fixed = ("statement",)

    class Meta:
        model = Speaker


class SpeakerResource(Evidence):
    """Those who made a statement."""

    model = Speaker
    add, amend = staticmethod(reports.add_speaker), staticmethod(reports.amend_speaker)
    serializer_class = SpeakerSerializer
    filterset_class = SpeakerFilters


class CitationSerializer(RecordSerializer):
    fixed = ("statement", "report")

    class Meta:
        model = Citation


class CitationResource(Evidence):
    """Reports relaying statements."""

    model = Citation
    add, amend = staticmethod(reports.cite), staticmethod(reports.amend_citation)
    serializer_class = CitationSerializer
    filterset_class = CitationFilters
