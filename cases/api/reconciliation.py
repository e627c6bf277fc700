"""Headcounts held against slots and names, as JSON."""

from typing import Any

from rest_framework import serializers

from cases.api.claims import ClaimSerializer, seen_batches
from cases.api.fields import TermField
from cases.models import RepatriationBatch
from cases.queries import reconciliation
from cases.vocabulary.batches import ReconciliationState

Plain = serializers.Serializer[Any]


class TallySerializer(Plain):
    slots = serializers.IntegerField()
    bound = serializers.IntegerField()
    unbound = serializers.IntegerField(help_text="Slots with nobody bound: the unnamed.")
    named = serializers.IntegerField()
    described = serializers.IntegerField(help_text="Bound, and known by description only.")
    bound_elsewhere = serializers.IntegerField(help_text="Bound to a record you may not see.")


class ComparedClaimSerializer(Plain):
    claim = ClaimSerializer()
    state = TermField(ReconciliationState)


class GroupSerializer(Plain):
    label = serializers.CharField()  # type: ignore[assignment]
    in_words = serializers.CharField(help_text="What is named, and what is not.")
    claims = ComparedClaimSerializer(many=True)
    tally = TallySerializer(allow_null=True)


class ReconciliationSerializer(Plain):
    batch = serializers.UUIDField(source="batch_id")
    states = serializers.ListField(child=TermField(ReconciliationState))
    is_difference_accepted = serializers.BooleanField()
    whole = GroupSerializer()
    subgroups = GroupSerializer(many=True)


def reconciled(batch: RepatriationBatch) -> dict[str, Any]:
    """Give the reconciliation of a batch as every address of the API shows it."""
    picture = reconciliation.of(batch)
    claims = [compared.claim for group in picture.groups for compared in group.claims]
    context = {"batches": seen_batches(claims)}
    answer = ReconciliationSerializer(picture, context=context).data
    return {**answer, "states": sorted(answer["states"])}
