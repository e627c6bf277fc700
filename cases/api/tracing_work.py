"""What was done for tracing requests, and who it may be."""

from typing import Any, ClassVar

from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from cases.access.roles import Act
from cases.actions import tracing_candidates
from cases.api.base import Resource
from cases.api.fields import TextField
from cases.api.records import RecordSerializer, Strict
from cases.filters.tracing import TracingActionFilters, TracingCandidateFilters
from cases.models import TracingAction, TracingCandidate

LONGEST_REASON = 500
_RECORDED_THERE = "Record it under tracing-requests/{id}/actions/. An action is not changed."
_PROPOSED_THERE = "Propose a case under tracing-requests/{id}/candidates/, and decide by its acts."


class TracingActionSerializer(RecordSerializer):
    class Meta:
        model = TracingAction


class TracingCandidateSerializer(RecordSerializer):
    class Meta:
        model = TracingCandidate


class DecisionSerializer(Strict):
    reason = TextField(max_length=LONGEST_REASON, help_text="What it rests on.")


class ConfirmationSerializer(Strict):
    reason = TextField(
        required=False, allow_blank=True, max_length=LONGEST_REASON, help_text="What it rests on."
    )


class TracingActionResource(Resource):
    """What was done for requests; a later action sets an earlier one right."""

    model = TracingAction
    reads = Act.READ_CASES
    serializer_class = TracingActionSerializer
    filterset_class = TracingActionFilters
    refused: ClassVar[dict[str, Any]] = dict.fromkeys(("POST", "PATCH", "PUT"), _RECORDED_THERE)


class TracingCandidateResource(Resource):
    """Cases that may be the person sought, and what was decided of each."""

    model = TracingCandidate
    reads = Act.READ_CASES
    serializer_class = TracingCandidateSerializer
    filterset_class = TracingCandidateFilters
    refused: ClassVar[dict[str, Any]] = dict.fromkeys(("POST", "PATCH", "PUT"), _PROPOSED_THERE)

    @action(detail=True, methods=["post"], act=Act.CONFIRM_TRACING, takes=ConfirmationSerializer)
    def confirm(self, request: Request, pk: str) -> Response:
        """Say, as a second person, that it is the person sought; the request leads to the case."""
        return self.acted(request, pk, tracing_candidates.confirm)

    @action(detail=True, methods=["post"], act=Act.KEEP_TRACING, takes=DecisionSerializer)
    def reject(self, request: Request, pk: str) -> Response:
        """Say that it is somebody else; the case is not offered for this request again."""
        return self.acted(request, pk, tracing_candidates.reject)

    @action(
        detail=True,
        methods=["post"],
        url_path="take-back",
        act=Act.KEEP_TRACING,
        takes=DecisionSerializer,
    )
    def take_back(self, request: Request, pk: str) -> Response:
        """Take back a proposal; or, as whoever may confirm, a decision."""
        return self.acted(request, pk, tracing_candidates.take_back)
