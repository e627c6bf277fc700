"""Steps that one person proposes and another decides."""

from typing import ClassVar

from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from cases.access.roles import Act
from cases.actions import proposals
from cases.api.base import AddResource
from cases.api.fields import TextField
from cases.api.records import RecordSerializer, Strict
from cases.filters.proposals import StatusProposalFilters
from cases.models import StatusProposal
from cases.models.base import LONG

NOT_CHANGED = "A proposal is not changed. Withdraw it and propose anew."


class StatusProposalSerializer(RecordSerializer):
    class Meta:
        model = StatusProposal


class ApprovalSerializer(Strict):
    reason = TextField(required=False, max_length=LONG, help_text="Why it is approved.")


class DeclineSerializer(Strict):
    reason = TextField(max_length=LONG, help_text="Why it is declined.")


class StatusProposalResource(AddResource):
    """Steps that need a second person: a death, a closure, a case or a return opened again."""

    model = StatusProposal
    reads, writes = Act.READ_CASES, Act.RECORD_STATUS
    add = staticmethod(proposals.propose)
    serializer_class = StatusProposalSerializer
    filterset_class = StatusProposalFilters
    refused: ClassVar[dict[str, str]] = {"PATCH": NOT_CHANGED, "PUT": NOT_CHANGED}

    @action(detail=True, methods=["post"], act=Act.APPROVE_STATUS, takes=ApprovalSerializer)
    def approve(self, request: Request, pk: str) -> Response:
        """Take the step, as a second person; the answer names the event."""
        return self.acted(request, pk, proposals.approve)

    @action(detail=True, methods=["post"], act=Act.APPROVE_STATUS, takes=DeclineSerializer)
    def decline(self, request: Request, pk: str) -> Response:
        """Refuse the step, as a second person; a case pending closure is open again."""
        return self.acted(request, pk, proposals.decline)

    @action(detail=True, methods=["post"], act=Act.RECORD_STATUS)
    def withdraw(self, request: Request, pk: str) -> Response:
        """Take back what you have proposed yourself."""
        return self.acted(request, pk, proposals.withdraw)
