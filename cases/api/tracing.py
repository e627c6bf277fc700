"""Looking for somebody: requests, what was done for them, and who it may be."""

from typing import Any

from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from cases.access.gate import current_actor, require
from cases.access.roles import Act
from cases.actions import tracing, tracing_actions, tracing_candidates, tracing_steps
from cases.api.base import KeepResource
from cases.api.fields import LinkField, TermField, TextField
from cases.api.names import MatchesSerializer
from cases.api.records import RecordSerializer, Strict
from cases.api.tracing_work import TracingActionResource, TracingCandidateResource
from cases.filters.tracing import TracingRequestFilters
from cases.models import (
    Individual,
    TracingAction,
    TracingCandidate,
    TracingRequest,
)
from cases.models.base import LONG, SHORT
from cases.queries.tracing import matches
from cases.vocabulary.tracing import TracingOutcome, TracingState


class TracingRequestSerializer(RecordSerializer):
    class Meta:
        model = TracingRequest


class NewActionSerializer(RecordSerializer):
    class Meta:
        model = TracingAction
        fields = (
            *("kind", "done_edtf", "done_as_stated", "done_by", "body", "text", "result"),
            "corrects",
        )


class ProposingSerializer(Strict):
    individual = LinkField(to=Individual, help_text="The case that may be the person.")
    why = TextField(
        required=False, allow_blank=True, max_length=SHORT, help_text="What else speaks for it."
    )


class MovingSerializer(Strict):
    to_state = TermField(TracingState, help_text="Where the request goes.")
    reason = TextField(
        required=False, allow_blank=True, max_length=LONG, help_text="Why; stays on record."
    )
    outcome = TermField(TracingOutcome, required=False, help_text="How it ended, to close it.")
    duplicate_of = LinkField(
        to=TracingRequest, required=False, help_text="The other request, of a duplicate."
    )


class ForgettingSerializer(Strict):
    number = TextField(max_length=20, help_text="The number of the request, typed once more.")


class TracingRequestResource(KeepResource):
    """Requests to look for somebody: who asks, who is sought, how far it is and how it ended."""

    model = TracingRequest
    reads, writes = Act.READ_CASES, Act.KEEP_TRACING
    add, amend = staticmethod(tracing.take_in), staticmethod(tracing.amend)
    serializer_class = TracingRequestSerializer
    filterset_class = TracingRequestFilters

    @action(detail=True, methods=["get"], shows=MatchesSerializer)
    def matches(self, _request: Request, pk: str) -> Response:
        """Whom the names may mean: own cases, the likeliest first, with the reasons.

        A case that was proposed, confirmed or rejected for the request is not among them.
        """
        sought = self.found(self.model.objects.all(), pk)
        require(current_actor(), Act.KEEP_TRACING)
        return Response(MatchesSerializer({"results": matches(sought)}).data)

    @action(
        detail=True,
        methods=["post"],
        url_path="actions",
        act=Act.KEEP_TRACING,
        takes=NewActionSerializer,
        answers=TracingActionResource,
    )
    def record(self, request: Request, pk: str) -> Response:
        """Record what was done, and what came of it; the first takes the request up."""
        return self.acted(request, pk, _recorded, status=201)

    @action(
        detail=True,
        methods=["post"],
        url_path="candidates",
        act=Act.KEEP_TRACING,
        takes=ProposingSerializer,
        answers=TracingCandidateResource,
    )
    def propose(self, request: Request, pk: str) -> Response:
        """Propose a case as the person sought; the reasons of the search are kept with it."""
        return self.acted(request, pk, _proposed, status=201)

    @action(detail=True, methods=["post"], act=Act.KEEP_TRACING, takes=MovingSerializer)
    def transitions(self, request: Request, pk: str) -> Response:
        """Take the request up, say that the case asked for is found, close it, open it again."""
        return self.acted(request, pk, tracing_steps.move)

    @action(detail=True, methods=["post"], act=Act.KEEP_RETENTION, takes=ForgettingSerializer)
    def anonymise(self, request: Request, pk: str) -> Response:
        """Forget who looked for whom, for good; the request must be closed, by somebody else."""
        return self.acted(request, pk, tracing.forget)


def _recorded(row: Any, *, by: Any, version: int | None, **fields: Any) -> TracingAction:
    return tracing_actions.record(by=by, request=row, version=version, **fields)


def _proposed(row: Any, *, by: Any, version: int | None, **fields: Any) -> TracingCandidate:
    return tracing_candidates.propose(by=by, request=row, version=version, **fields)
