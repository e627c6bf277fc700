"""The figures that an organisation adopts."""

from typing import Any

from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from cases.access.roles import Act
from cases.actions import assessments
from cases.api.base import KeepResource
from cases.api.fields import LinkField
from cases.api.records import RecordSerializer, in_order, only_links
from cases.filters.assessments import AssessmentFilters
from cases.models import Assessment, AssessmentBasis, ReportedCount

MOST_BASES = 100


class AssessmentSerializer(RecordSerializer):
    adopts = serializers.SerializerMethodField(help_text="The claims that it rests on.")

    class Meta:
        model = Assessment

    def get_adopts(self, assessment: Assessment) -> list[str]:
        seen = [getattr(basis, "count", None) for basis in assessment.bases.all()]
        return [str(count.pk) for count in seen if count is not None]


class NewAssessmentSerializer(AssessmentSerializer):
    adopts = serializers.ListField(  # type: ignore[assignment]
        child=LinkField(to=ReportedCount), required=False, max_length=MOST_BASES
    )


class AssessmentResource(KeepResource):
    """Adopted figures and why; each counts only once somebody else approves."""

    model = Assessment
    reads, writes = Act.READ_CASES, Act.RECORD_COUNTS
    add, amend = staticmethod(assessments.assess), staticmethod(assessments.amend)
    serializer_class = AssessmentSerializer
    create_serializer_class = NewAssessmentSerializer
    filterset_class = AssessmentFilters

    @classmethod
    def nested(cls) -> list[Any]:
        links = only_links(AssessmentBasis, "count")
        return [in_order("bases", AssessmentBasis, *links)]

    @action(detail=True, methods=["post"], act=Act.REVIEW_COUNTS)
    def approve(self, request: Request, pk: str) -> Response:
        """Adopt a proposed figure, as a second person."""
        return self.acted(request, pk, assessments.approve)
