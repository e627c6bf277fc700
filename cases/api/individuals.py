"""People, their names, contacts and ties."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, ClassVar

from django.db.models import JSONField, OuterRef, Prefetch, QuerySet, Subquery, Value
from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from cases.access.gate import current_actor
from cases.access.roles import Act
from cases.access.sensitivity import IDENTIFYING, OPEN, Classes
from cases.actions import attachments, individuals, recording, status
from cases.api.addresses import address
from cases.api.attachments import AttachmentResource, NewAttachmentSerializer
from cases.api.base import KeepResource
from cases.api.disclosures import DisclosuresSerializer
from cases.api.duplicates import Alike
from cases.api.preconditions import expected_version
from cases.api.records import RecordSerializer, in_order
from cases.api.status import StatusEventResource
from cases.api.uploads import UploadParser
from cases.filters.individuals import (
    ContactFilters,
    FamilyLinkFilters,
    IndividualFilters,
    IndividualNameFilters,
)
from cases.models import Contact, FamilyLink, Individual, IndividualName, Merge, StatusEvent
from cases.queries import warnings
from cases.queries.consents import disclosures, require_disclosures
from cases.queries.json_rows import Column, Kind
from cases.queries.merges import STANDING

MOST_NAMES = 50


class Cases(KeepResource):
    """What is kept on people."""

    reads, writes = Act.READ_CASES, Act.KEEP_CASES


class IndividualNameBrief(RecordSerializer):
    class Meta:
        model = IndividualName
        fields = ("id", "text", "part", "language_tag", "kind")


class IndividualSerializer(RecordSerializer):
    computed: ClassVar[Classes] = {
        "status_events": OPEN,
        "merged_into": OPEN,
        "warnings": IDENTIFYING,
    }
    written_as: ClassVar[Mapping[str, Callable[[str], Column]]] = {
        "status_events": partial(address, route="status-events", parameter="individual"),
        "merged_into": lambda name: Column(name, Subquery(_goes_on_as()), Kind.KEY),
        "warnings": lambda name: Column(name, Value([], JSONField()), Kind.JSON),
    }
    names = IndividualNameBrief(many=True, read_only=True)
    status_events = serializers.SerializerMethodField(help_text="Where the steps are listed.")

    merged_into = serializers.SerializerMethodField(
        help_text="The case that this one was merged into, if you may see it."
    )
    warnings = serializers.SerializerMethodField(
        help_text="When it is added: cases it is perhaps a duplicate of. Nothing is held up by it."
    )

    class Meta:
        model = Individual

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_merged_into(self, person: Individual) -> str | None:
        return next((str(row.individual_id) for row in person.merged_away.all()), None)

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_warnings(self, person: Individual) -> list[str]:
        is_new = getattr(self.context.get("view"), "action", "") == "create"
        return list(warnings.of_intake(person)) if is_new else []

    def get_status_events(self, person: Individual) -> str:
        listed = f"{reverse('api:status-events-list')}?individual={person.pk}"
        request: Any = self.context.get("request")
        return listed if request is None else str(request.build_absolute_uri(listed))


def _goes_on_as() -> QuerySet[Any]:
    standing = Merge.objects.filter(STANDING, duplicate=OuterRef("pk"))
    return standing.order_by().values("individual")[:1]


class NewNameSerializer(RecordSerializer):
    class Meta:
        model = IndividualName
        fields = ("text", "part", "language_tag", "kind")


class NewIndividualSerializer(IndividualSerializer):
    names: Any = serializers.ListSerializer(
        child=NewNameSerializer(), required=False, max_length=MOST_NAMES
    )


class NewStatusEventSerializer(RecordSerializer):
    class Meta:
        model = StatusEvent
        fields = (
            "axis",
            "to_status",
            "occurred_edtf",
            "occurred_as_stated",
            "place",
            "statement",
            "observation",
            "corrects",
        )


class IndividualResource(Alike, Cases):
    """People, and the cases kept on them."""

    model = Individual
    add, amend = staticmethod(individuals.register), staticmethod(individuals.amend)
    serializer_class = IndividualSerializer
    create_serializer_class = NewIndividualSerializer
    filterset_class = IndividualFilters

    @classmethod
    def nested(cls) -> list[Any]:
        merged_away = Prefetch("merged_away", Merge.objects.filter(STANDING))
        return [in_order("names", IndividualName), merged_away]

    @action(
        detail=True,
        methods=["post"],
        url_path="status-events",
        act=Act.RECORD_STATUS,
        takes=NewStatusEventSerializer,
        answers=StatusEventResource,
    )
    def record_status(self, request: Request, pk: str) -> Response:
        """Record a step, and move the case there."""
        return self.acted(request, pk, _step, status=201)

    @action(
        detail=True,
        methods=["post"],
        act=Act.KEEP_CASES,
        takes=NewAttachmentSerializer,
        answers=AttachmentResource,
        parser_classes=[UploadParser],
    )
    def attachments(self, request: Request, pk: str) -> Response:
        """Add a file, sent as a form: JPEG, PNG, WebP, PDF or plain text, at most 10 MB."""
        data, by = request.data, current_actor()
        person = self.found(self.model.objects.all(), pk)
        recording.compare(person, expected_version(request))
        form = NewAttachmentSerializer(data=data, context=self.get_serializer_context())
        form.is_valid(raise_exception=True)
        given = dict(form.validated_data)
        file = given.pop("file")
        given.setdefault("title", file.name)
        with attachments.taken(file.read(), by=by) as upload:
            write = partial(attachments.add, by=by, individual=person, upload=upload, **given)
            return self.written(write, 201, AttachmentResource)

    @action(detail=True, methods=["get"], shows=DisclosuresSerializer)
    def disclosures(self, _request: Request, pk: str) -> Response:
        """List who has learned of the person: for the keeper's staff who read protected fields."""
        person = self.found(self.model.objects.all(), pk)
        require_disclosures()
        return Response(DisclosuresSerializer({"results": disclosures(person)}).data)


def _step(person: Individual, *, by: Any, version: int | None, **fields: Any) -> StatusEvent:
    return status.record(by=by, individual=person, version=version, **fields)


class IndividualNameSerializer(RecordSerializer):
    fixed = ("individual",)

    class Meta:
        model = IndividualName


class IndividualNameResource(Cases):
    """Names of people, each in one script."""

    model = IndividualName
    add, amend = staticmethod(individuals.add_name), staticmethod(individuals.amend_name)
    serializer_class = IndividualNameSerializer
    filterset_class = IndividualNameFilters


class ContactSerializer(RecordSerializer):
    class Meta:
        model = Contact


class ContactResource(Cases):
    """Relatives and informants who are not displaced themselves."""

    model = Contact
    add, amend = staticmethod(individuals.add_contact), staticmethod(individuals.amend_contact)
    serializer_class = ContactSerializer
    filterset_class = ContactFilters


class FamilyLinkSerializer(RecordSerializer):
    fixed = ("individual", "relative", "contact")

    class Meta:
        model = FamilyLink


class FamilyLinkResource(Cases):
    """Ties of people to relatives; between two cases the inverse tie is recorded too."""

    model = FamilyLink
    add = staticmethod(individuals.link_family)
    amend = staticmethod(individuals.amend_family_link)
    serializer_class = FamilyLinkSerializer
    filterset_class = FamilyLinkFilters
