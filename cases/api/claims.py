"""Claimed figures as JSON: who said it, where, and when we learned it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from rest_framework import serializers

from cases.api.fields import TermField
from cases.models import RepatriationBatch
from cases.queries.claims import Claim
from cases.vocabulary.counts import (
    CountState,
    DiscrepancyKind,
    DiscrepancyState,
    Measure,
    Qualifier,
    Unit,
)
from cases.vocabulary.reports import Attribution, Modality

Plain = serializers.Serializer[Any]


class ClaimantSerializer(Plain):
    key = serializers.CharField(help_text="The same for the same speakers, jointly.")
    label = serializers.CharField()  # type: ignore[assignment]
    attribution = TermField(Attribution)
    is_unattributed = serializers.BooleanField()
    is_joint = serializers.BooleanField()
    bodies = serializers.ListField(child=serializers.UUIDField())
    officials = serializers.ListField(child=serializers.UUIDField())


class IntervalSerializer(Plain):
    low = serializers.IntegerField(allow_null=True, help_text="Null is open.")
    high = serializers.IntegerField(allow_null=True, help_text="Null is open.")


class ReportRefSerializer(Plain):
    id = serializers.UUIDField()
    code = serializers.CharField()
    title = serializers.CharField()
    publisher = serializers.CharField()
    published = serializers.CharField(help_text="A partial date.")


class BasisSerializer(Plain):
    population = serializers.CharField(help_text="The code of the population.")
    measure = TermField(Measure)
    unit = TermField(Unit)


class ClaimSerializer(Plain):
    id = serializers.UUIDField()
    basis = BasisSerializer()
    stated_text = serializers.CharField()
    value = serializers.IntegerField(allow_null=True)
    qualifier = TermField(Qualifier)
    low = serializers.IntegerField(allow_null=True, help_text="Null is open.")
    high = serializers.IntegerField(allow_null=True, help_text="Null is open.")
    is_estimate = serializers.BooleanField()
    as_of = serializers.CharField(help_text="A partial date.")
    as_of_in_words = serializers.CharField()
    as_of_earliest = serializers.DateField(allow_null=True)
    as_of_latest = serializers.DateField(allow_null=True)
    recorded_at = serializers.DateTimeField()
    state = TermField(CountState)
    claimant = ClaimantSerializer()
    modality = TermField(Modality)
    statement = serializers.UUIDField(source="statement_id")
    statement_summary = serializers.CharField()
    source_term = serializers.CharField()
    reports = ReportRefSerializer(many=True)
    dimension = serializers.CharField(help_text="Empty for a whole.")
    label = serializers.CharField(  # type: ignore[assignment]
        help_text="The subgroup; empty for a whole."
    )
    batch = serializers.SerializerMethodField()
    measure_remarks = serializers.CharField()

    def get_batch(self, claim: Claim) -> UUID | None:
        """Give the batch to those who may see it; the context names the batches they may."""
        seen: frozenset[UUID] = self.context["batches"]
        return claim.batch_id if claim.batch_id in seen else None


class SideSerializer(Plain):
    version_text = serializers.CharField()
    claimant = serializers.CharField()
    said = serializers.CharField()
    statement = serializers.UUIDField(source="statement_id")
    reports = ReportRefSerializer(many=True)
    claim = ClaimSerializer(allow_null=True)


class ContradictionSerializer(Plain):
    id = serializers.UUIDField()
    title = serializers.CharField()
    kind = TermField(DiscrepancyKind)
    state = TermField(DiscrepancyState)
    rationale = serializers.CharField()
    is_automatic = serializers.BooleanField()
    recorded_at = serializers.DateTimeField()
    origins = serializers.IntegerField(help_text="Statements that speak, not articles.")
    sides = SideSerializer(many=True)


def seen_batches(claims: Iterable[Claim]) -> frozenset[UUID]:
    """Name those batches of the claims that whoever acts may see."""
    named = {claim.batch_id for claim in claims if claim.batch_id}
    if not named:
        return frozenset()
    return frozenset(RepatriationBatch.objects.filter(pk__in=named).values_list("pk", flat=True))
