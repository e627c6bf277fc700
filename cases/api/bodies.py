"""Bodies, officials, their names and offices."""

from typing import Any

from rest_framework import serializers

from cases.access.roles import Act
from cases.actions import bodies
from cases.api.base import KeepResource
from cases.api.records import RecordSerializer, in_order
from cases.filters.bodies import (
    BodyFilters,
    BodyNameFilters,
    OfficialFilters,
    OfficialNameFilters,
    TenureFilters,
)
from cases.models import Body, BodyName, MediatingBody, Official, OfficialName, Tenure


class Evidence(KeepResource):
    """Shared ground that keepers of bodies add to."""

    reads, writes = Act.READ_EVIDENCE, Act.KEEP_BODIES


class BodyNameBrief(RecordSerializer):
    class Meta:
        model = BodyName
        fields = ("id", "text", "language_tag", "kind")


class BodySerializer(RecordSerializer):
    names = BodyNameBrief(many=True, read_only=True)

    class Meta:
        model = Body


class BodyResource(Evidence):
    """Institutions, offices, outlets and communities that speak, mediate, release or publish."""

    model = Body
    add, amend = staticmethod(bodies.add), staticmethod(bodies.amend)
    serializer_class = BodySerializer
    filterset_class = BodyFilters

    @classmethod
    def nested(cls) -> list[Any]:
        return [in_order("names", BodyName)]


class MediatingBodySerializer(BodySerializer):
    class Meta:
        model = MediatingBody
        read_only_fields = ("mediates",)


class MediatingBodyResource(BodyResource):
    """Bodies that mediate."""

    model = MediatingBody
    add = staticmethod(bodies.add_mediating)
    serializer_class = MediatingBodySerializer


class BodyNameSerializer(RecordSerializer):
    fixed = ("body",)

    class Meta:
        model = BodyName


class BodyNameResource(Evidence):
    """Names of bodies, each in one language and script."""

    model = BodyName
    add, amend = staticmethod(bodies.add_name), staticmethod(bodies.amend_name)
    serializer_class = BodyNameSerializer
    filterset_class = BodyNameFilters


class OfficialNameBrief(RecordSerializer):
    class Meta:
        model = OfficialName
        fields = ("id", "text", "language_tag", "kind", "statement")


class TenureBrief(RecordSerializer):
    body_name = serializers.CharField(source="body.name", read_only=True)

    class Meta:
        model = Tenure
        fields = ("id", "body", "title", "place", "valid_edtf", "statement")


class OfficialSerializer(RecordSerializer):
    names = OfficialNameBrief(many=True, read_only=True)
    tenures = TenureBrief(many=True, read_only=True)

    class Meta:
        model = Official


class OfficialResource(Evidence):
    """People who speak in office; names and offices are what sources say they are."""

    model = Official
    add, amend = staticmethod(bodies.add_official), staticmethod(bodies.amend_official)
    serializer_class = OfficialSerializer
    filterset_class = OfficialFilters

    @classmethod
    def nested(cls) -> list[Any]:
        return [in_order("names", OfficialName), in_order("tenures", Tenure, "body")]


class OfficialNameSerializer(RecordSerializer):
    fixed = ("official",)

    class Meta:
        model = OfficialName


class OfficialNameResource(Evidence):
    """Names that sources give officials."""

    model = OfficialName
    add, amend = staticmethod(bodies.name_official), staticmethod(bodies.amend_official_name)
    serializer_class = OfficialNameSerializer
    filterset_class = OfficialNameFilters


class TenureSerializer(RecordSerializer):
    fixed = ("official",)

    class Meta:
        model = Tenure


class TenureResource(Evidence):
    """Offices that somebody says an official holds or held."""

    model = Tenure
    add, amend = staticmethod(bodies.add_tenure), staticmethod(bodies.amend_tenure)
    serializer_class = TenureSerializer
    filterset_class = TenureFilters
