"""Consents and other bases, and whom a case is kept from."""

from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from cases.access.roles import Act
from cases.actions import consents
from cases.api.base import AddResource
from cases.api.fields import TermField, TextField
from cases.api.records import RecordSerializer, Strict
from cases.filters.consents import ConsentFilters, ExclusionFilters
from cases.models import Consent, Exclusion
from cases.vocabulary.consents import GivenBy

LONGEST_REASON = 500


class ConsentSerializer(RecordSerializer):
    class Meta:
        model = Consent


class ConsentWithdrawalSerializer(Strict):
    withdrawn_by = TermField(terms=GivenBy, help_text="Who withdrew it.")
    reason = TextField(
        required=False, allow_blank=True, max_length=LONGEST_REASON,
        help_text="Why, if they said; kept on the row.",
    )  # fmt: skip


class ConsentResource(AddResource):
    """What entitles the organisation to one use of a person's data."""

    model = Consent
    reads, writes = Act.READ_CASES, Act.KEEP_CASES
    add = staticmethod(consents.record)
    serializer_class = ConsentSerializer
    filterset_class = ConsentFilters

    @action(detail=True, methods=["post"], act=Act.KEEP_CASES, takes=ConsentWithdrawalSerializer)
    def withdraw(self, request: Request, pk: str) -> Response:
        """End it at once, with every grant and open request that rests on it."""
        return self.acted(request, pk, consents.withdraw)


class ExclusionSerializer(RecordSerializer):
    class Meta:
        model = Exclusion


class LiftingSerializer(Strict):
    reason = TextField(max_length=LONGEST_REASON, help_text="Why; kept on the row.")


class ExclusionResource(AddResource):
    """Organisations and bodies that must not learn of a person."""

    model = Exclusion
    reads, writes = Act.READ_CASES, Act.KEEP_CASES
    add = staticmethod(consents.exclude)
    serializer_class = ExclusionSerializer
    filterset_class = ExclusionFilters

    @action(detail=True, methods=["post"], act=Act.SHARE_CASES, takes=LiftingSerializer)
    def lift(self, request: Request, pk: str) -> Response:
        """Let them learn of the person again; nothing is opened by it."""
        return self.acted(request, pk, consents.lift)
