"""Texts of reports: kept, replaced, digested; what a program notices in one."""

from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from cases.access.gate import current_actor
from cases.access.roles import Act
from cases.actions import attempts, reads, report_texts
from cases.api.base import AddResource
from cases.api.fields import TermField, TextField, TruthField
from cases.api.records import RecordSerializer, Strict
from cases.api.uploads import AsStored
from cases.exchange.downloads import response_of
from cases.filters.report_texts import ReportTextFilters
from cases.models import ReportText
from cases.queries.report_texts import file_of, warnings_of
from cases.rules.report_texts import LONGEST
from cases.vocabulary.reports import DigestState, TextFault

LONGEST_REASON = 500


class ReportTextSerializer(RecordSerializer):
    fixed = ("report",)

    class Meta:
        model = ReportText


class NewReportTextSerializer(ReportTextSerializer):
    names_archive = TruthField(
        write_only=True,
        required=False,
        help_text="Put its fingerprint on the report, where everybody may compare it.",
    )


class ReportTextBrief(RecordSerializer):
    """Without the text: a page of them would be a book."""

    class Meta:
        model = ReportText
        fields = ("id", "report", "media_type", "size", "sha256", "digest_state", "taken_by",
                  "recorded_at", "updated_at", "version", "organisation")  # fmt: skip


class NewTextFileSerializer(Strict):
    """What is sent as a form, `multipart/form-data`."""

    file = serializers.FileField(help_text="Plain text in UTF-8, a web page (HTML) or a PDF.")
    text = TextField(
        max_length=LONGEST, required=False, help_text="The text of a PDF: none is taken from it."
    )
    names_archive = serializers.BooleanField(
        default=False, help_text="Put its fingerprint on the report, for everybody to compare."
    )


class ReplacementSerializer(Strict):
    text = TextField(max_length=LONGEST, trim_whitespace=False)
    reason = TextField(max_length=LONGEST_REASON, help_text="Why the text kept is the wrong one.")


class DigestSerializer(Strict):
    to_state = TermField(terms=DigestState)
    reason = TextField(
        max_length=LONGEST_REASON, required=False, help_text="Why it is set aside; only then."
    )


class TextWarningSerializer(serializers.Serializer[Any]):
    kind = TermField(terms=TextFault)
    paragraph = serializers.IntegerField(allow_null=True, help_text="Null: the whole text.")
    advice = serializers.CharField(help_text="What is wrong, and what to do.")


class TextWarningsSerializer(serializers.Serializer[Any]):
    warnings = TextWarningSerializer(many=True)


class ReportTextResource(AddResource):
    """Texts of one's own reports; a file is added at `source-reports/{id}/text-file/`."""

    model = ReportText
    reads, writes = Act.READ_EVIDENCE, Act.RECORD_REPORTS
    add = staticmethod(report_texts.keep)
    serializer_class = ReportTextSerializer
    list_serializer_class = ReportTextBrief
    create_serializer_class = NewReportTextSerializer
    filterset_class = ReportTextFilters

    def get_queryset(self) -> QuerySet[Any]:
        rows = super().get_queryset()
        return rows.defer("text", "set_aside_reason") if self.action == "list" else rows

    @action(detail=True, methods=["post"], act=Act.RECORD_REPORTS, takes=ReplacementSerializer)
    def replace(self, request: Request, pk: str) -> Response:
        """Put another text in the place of a wrong one."""
        return self.acted(request, pk, report_texts.replace)

    @action(detail=True, methods=["post"], act=Act.RECORD_REPORTS, takes=DigestSerializer)
    def digest(self, request: Request, pk: str) -> Response:
        """Take a text in hand, hand it back, say that it is digested, or set it aside."""
        return self.acted(request, pk, report_texts.move)

    @action(detail=True, shows=TextWarningsSerializer)
    def warnings(self, _request: Request, pk: str) -> Response:
        """List what a program notices in the text: dates, placeholders, figures."""
        row = self.found(self.get_queryset().prefetch_related("report"), pk)
        found = warnings_of(row, row.report)
        return Response(TextWarningsSerializer({"warnings": found}).data)

    @action(detail=True, content_negotiation_class=AsStored, shows=OpenApiTypes.BINARY)
    def content(self, _request: Request, pk: str) -> HttpResponse:
        """Save what was archived: the PDF document, or the text."""
        row = self.found(self.get_queryset().prefetch_related("report"), pk)
        file = file_of(row)
        attempts.repeated(partial(reads.note_download, row, by=current_actor()))
        return response_of(file)
