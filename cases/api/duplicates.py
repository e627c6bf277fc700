"""Cases that may be of one person: what is likely, what was decided, and putting them together."""

from typing import Any, ClassVar

from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from cases.access.gate import current_actor, require
from cases.access.roles import Act
from cases.actions import duplicates, merges
from cases.api.base import Resource
from cases.api.fields import LinkField, TermField, TextField
from cases.api.merges import MergeResource, MergingSerializer
from cases.api.records import RecordSerializer, Strict
from cases.filters.duplicates import DuplicateDecisionFilters
from cases.models import DuplicateDecision, Individual
from cases.models.duplicates import LONGEST_REASON
from cases.queries import duplicates as likely
from cases.vocabulary.duplicates import Verdict

_NOT_HERE = "Decide on a case and another under individuals/{id}/duplicate-decisions/."


class DuplicateDecisionSerializer(RecordSerializer):
    class Meta:
        model = DuplicateDecision


class DecidingSerializer(Strict):
    other = LinkField(to=Individual, help_text="The other case.")
    verdict = TermField(Verdict, help_text="Whether the two are of one person.")
    reason = TextField(
        required=False, max_length=LONGEST_REASON, help_text="What the decision rests on."
    )


class DuplicateDecisionResource(Resource):
    """Decisions on pairs of cases; the later one stands, the earlier ones are kept."""

    model = DuplicateDecision
    reads = Act.READ_CASES
    serializer_class = DuplicateDecisionSerializer
    filterset_class = DuplicateDecisionFilters
    refused: ClassVar[dict[str, Any]] = dict.fromkeys(("POST", "PATCH", "PUT"), _NOT_HERE)


class LikelySerializer(serializers.Serializer[Any]):
    individual = serializers.UUIDField(source="person.pk", help_text="The other case.")
    case_number = serializers.CharField(source="person.case_number")
    likeness = serializers.IntegerField(help_text="Of 100.")
    reasons = serializers.ListField(
        child=serializers.CharField(), help_text="Why they look alike, and what speaks against it."
    )


class Alike(Resource):
    """What is asked and said of a case and others like it."""

    @action(
        detail=True,
        url_path="likely-duplicates",
        shows=LikelySerializer(many=True),
    )
    def likely_duplicates(self, _request: Request, pk: str) -> Response:
        """List cases within your sight that may be of the same person, the likest first."""
        person = self.found(self.model.objects.all(), pk)
        require(current_actor(), Act.KEEP_CASES)
        return Response(LikelySerializer(likely.of(person), many=True).data)

    @action(
        detail=True,
        methods=["post"],
        url_path="duplicate-decisions",
        act=Act.MERGE_CASES,
        takes=DecidingSerializer,
        answers=DuplicateDecisionResource,
    )
    def decide(self, request: Request, pk: str) -> Response:
        """Say that this case and another are of one person, or of two."""
        return self.acted(request, pk, duplicates.decide, status=201)

    @action(
        detail=True,
        methods=["post"],
        act=Act.MERGE_CASES,
        takes=MergingSerializer,
        answers=MergeResource,
    )
    def merge(self, request: Request, pk: str) -> Response:
        """Put another case of the same person into this one; undone under merges/{id}/undo/."""
        return self.acted(request, pk, merges.merge, status=201)
