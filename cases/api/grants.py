"""Grants: which case is open to which organisation, how far, what for and until when."""

from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from cases.access.roles import Act
from cases.actions import grants
from cases.api.base import AddResource
from cases.api.fields import TextField
from cases.api.records import RecordSerializer, Strict
from cases.filters.grants import GrantFilters
from cases.models import Grant


class GrantSerializer(RecordSerializer):
    class Meta:
        model = Grant


class RevocationSerializer(Strict):
    reason = TextField(required=False, max_length=500, help_text="Why; goes into the audit trail.")


class GrantResource(AddResource):
    """Cases shared between organisations; both sides see the grant."""

    model = Grant
    reads, writes = Act.READ_CASES, Act.SHARE_CASES
    add = staticmethod(grants.give)
    serializer_class = GrantSerializer
    filterset_class = GrantFilters

    @action(detail=True, methods=["post"], act=Act.SHARE_CASES, takes=RevocationSerializer)
    def revoke(self, request: Request, pk: str) -> Response:
        """End it at once; the recipient's next request finds nothing."""
        return self.acted(request, pk, grants.revoke)
