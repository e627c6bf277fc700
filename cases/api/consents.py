"""Consents and other bases, whom a case is kept from, and who has learned of a person."""

from typing import Any

from rest_framework import serializers
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


class DisclosureSerializer(serializers.Serializer[Any]):
    """One past disclosure."""

    at = serializers.DateTimeField()
    to = serializers.CharField(help_text="The organisation that learned it.")
    act = serializers.CharField(help_text="opened, told, read, downloaded or handed over")
    what = serializers.CharField()
    until = serializers.DateTimeField(allow_null=True, help_text="When what was opened closed.")
    by = serializers.UUIDField(allow_null=True, help_text="The user, where the trail names one.")


class DisclosuresSerializer(serializers.Serializer[Any]):
    results = DisclosureSerializer(many=True, help_text="The latest first; at most 500.")
