"""Files in: uploaded, matched, checked, run; and what became of their rows."""

from functools import partial
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from cases.access.gate import current_actor
from cases.access.roles import Act
from cases.access.sensitivity import OPEN, PROTECTED, Classes
from cases.actions import attempts, imports, reads
from cases.api.base import AddResource
from cases.api.fields import TermField, TextField
from cases.api.parsers import StrictJSONParser
from cases.api.records import RecordSerializer, Strict
from cases.api.uploads import AsStored, UploadParser
from cases.exchange import imports as files
from cases.exchange.downloads import response_of
from cases.exchange.import_results import result_of
from cases.filters.imports import ImportFilters
from cases.models import ImportRun
from cases.queries.imports import is_own, problems
from cases.vocabulary.imports import ImportKind, ImportMode, RowOutcome

LONGEST_NAME = 60
_NOT_YOURS = "You may not read what became of the rows of somebody else's file."
_JSON: dict[str, Any] = {
    "methods": ["post"],
    "act": Act.KEEP_CASES,
    "parser_classes": [StrictJSONParser],
}
BRIEF = (
    "id", "kind", "mode", "state", "file_name", "size", "is_tagged", "rows", "rows_done",
    "rows_added", "rows_unchanged", "rows_refused", "why", "ended_at", "recorded_by",
    "recorded_at", "updated_at", "version", "organisation",
)  # fmt: skip


class RowSerializer(serializers.Serializer[Any]):
    row = serializers.IntegerField(source="number", help_text="As a spreadsheet numbers it.")
    outcome = TermField(terms=RowOutcome)
    id = serializers.UUIDField(source="target_id", allow_null=True)
    message = serializers.CharField(source="why")
    may_be_the_same_as = serializers.CharField(
        source="alike", help_text="Case numbers, each with its likeness of 100."
    )


class ImportBrief(RecordSerializer):
    class Meta:
        model = ImportRun
        fields = BRIEF


class ImportSerializer(RecordSerializer):
    computed: ClassVar[Classes] = {
        "columns": PROTECTED,
        "mapping": PROTECTED,
        "fields_known": OPEN,
        "row_errors": PROTECTED,
    }
    columns = serializers.SerializerMethodField(
        help_text="The headers, for whoever uploaded the file, until it is deleted."
    )
    mapping = serializers.SerializerMethodField(
        help_text="The field that each column holds, in their order; “” where it holds none."
    )
    fields_known = serializers.SerializerMethodField(
        help_text="The fields that a column of this kind of file can hold."
    )
    row_errors = serializers.SerializerMethodField(
        help_text="The first 100 rows that were refused, or may be of somebody who is there; for "
        "whoever uploaded the file. All rows are in `result/`."
    )

    class Meta:
        model = ImportRun
        fields = BRIEF

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_columns(self, run: ImportRun) -> list[str]:
        return files.columns_in(run) if is_own(run) else []

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_mapping(self, run: ImportRun) -> list[str]:
        return files.mapping_in(run) if is_own(run) else []

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_fields_known(self, run: ImportRun) -> list[str]:
        return files.fields_of(run.kind)

    @extend_schema_field(RowSerializer(many=True))
    def get_row_errors(self, run: ImportRun) -> Any:
        return RowSerializer(problems(run) if is_own(run) else (), many=True).data


class NewImportSerializer(Strict):
    """What is sent as a form, `multipart/form-data`."""

    file = serializers.FileField(help_text="CSV, XLSX or PFIF, at most 50 MB, 200 MB unpacked.")
    kind = TermField(terms=ImportKind, help_text="What its rows are.")
    mode = TermField(terms=ImportMode, required=False, help_text="`each` unless told.")


class MappingSerializer(Strict):
    mapping = serializers.ListField(
        child=TextField(max_length=LONGEST_NAME, allow_blank=True),
        max_length=200,
        help_text="The field of each column, in their order; “” leaves a column out.",
    )
    mode = TermField(terms=ImportMode, required=False, help_text="Another one than was chosen.")


class ImportResource(AddResource):
    """Files taken in. Whoever uploaded one alone goes on with it, and reads what it says."""

    model = ImportRun
    reads, writes = Act.READ_CASES, Act.KEEP_CASES
    parser_classes = [StrictJSONParser, UploadParser]  # noqa: RUF012 - DRF's
    serializer_class = ImportSerializer
    list_serializer_class = ImportBrief
    create_serializer_class = NewImportSerializer
    filterset_class = ImportFilters
    bulk_add: Any = None

    def create(self, request: Request) -> Response:
        """Upload a CSV, XLSX or PFIF file, sent as a form. Nothing of it is added yet."""
        by = current_actor()
        form = NewImportSerializer(data=request.data, context=self.get_serializer_context())
        form.is_valid(raise_exception=True)
        file, kind = form.validated_data["file"], form.validated_data["kind"]
        mode = form.validated_data.get("mode") or ImportMode.EACH
        with files.taken(file.read(), by=by, kind=kind, mode=mode) as upload:
            write = partial(
                imports.take_in,
                by=by,
                upload=upload.file,
                kind=kind,
                mode=mode,
                file_name=files.title(file.name),
                mapping=upload.mapping,
                is_certain=upload.is_certain,
            )
            return self.written(write, 201, ImportResource)

    @action(detail=True, takes=MappingSerializer, url_path="map", **_JSON)
    def match(self, request: Request, pk: str) -> Response:
        """Say which field each column holds."""
        return self.acted(request, pk, files.match)

    @action(detail=True, url_path="dry-run", **_JSON)
    def dry_run(self, request: Request, pk: str) -> Response:
        """Have the worker check every row; nothing is written."""
        return self.acted(request, pk, partial(imports.begin, is_dry=True))

    @action(detail=True, **_JSON)
    def run(self, request: Request, pk: str) -> Response:
        """Have the worker add the rows, as you."""
        return self.acted(request, pk, partial(imports.begin, is_dry=False))

    @action(detail=True, **_JSON)
    def stop(self, request: Request, pk: str) -> Response:
        """End it and delete the file; what was added stays."""
        return self.acted(request, pk, imports.stop)

    @action(detail=True, content_negotiation_class=AsStored, shows=OpenApiTypes.BINARY)
    def result(self, _request: Request, pk: str) -> HttpResponse:
        """Save what became of each row, as CSV; for whoever uploaded the file."""
        run = self.found(self.get_queryset(), pk)
        if not is_own(run):
            raise PermissionDenied(_NOT_YOURS)
        file = result_of(run)
        attempts.repeated(partial(reads.note_download, run, by=current_actor()))
        return response_of(file)
