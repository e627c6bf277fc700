"""Cases referred or handed over to another organisation."""

from typing import ClassVar

from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from cases.access.roles import Act
from cases.access.sensitivity import OPEN, Classes
from cases.actions import referrals
from cases.api.base import AddResource
from cases.api.fields import TextField
from cases.api.records import RecordSerializer, Strict
from cases.filters.referrals import ReferralFilters
from cases.models import Referral

LONGEST_ANSWER = 500


class ReferralSerializer(RecordSerializer):
    computed: ClassVar[Classes] = {"state_now": OPEN}
    state_now = serializers.SerializerMethodField(
        help_text="As `state`; `expired` as soon as it has lapsed."
    )

    class Meta:
        model = Referral

    def get_state_now(self, referral: Referral) -> str:
        return referral.state_now.value


class AcceptanceSerializer(Strict):
    reason = TextField(
        required=False, allow_blank=True, max_length=LONGEST_ANSWER, help_text="What you answer."
    )


class RefusalSerializer(Strict):
    reason = TextField(max_length=LONGEST_ANSWER, help_text="Why; the other side reads it.")


class ReferralResource(AddResource):
    """Requests between organisations; both sides see them, the answer and what was told."""

    model = Referral
    reads, writes = Act.READ_CASES, Act.REFER_CASES
    add = staticmethod(referrals.request)
    serializer_class = ReferralSerializer
    filterset_class = ReferralFilters

    @action(detail=True, methods=["post"], act=Act.REFER_CASES, takes=AcceptanceSerializer)
    def accept(self, request: Request, pk: str) -> Response:
        """Say yes: a referral opens the case to you, a transfer makes it yours."""
        return self.acted(request, pk, referrals.accept)

    @action(detail=True, methods=["post"], act=Act.REFER_CASES, takes=RefusalSerializer)
    def reject(self, request: Request, pk: str) -> Response:
        """Say no, and why."""
        return self.acted(request, pk, referrals.reject)

    @action(detail=True, methods=["post"], act=Act.REFER_CASES, takes=RefusalSerializer)
    def withdraw(self, request: Request, pk: str) -> Response:
        """Take the request back before it is answered."""
        return self.acted(request, pk, referrals.withdraw)
