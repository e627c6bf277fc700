"""The figures of the query layer as JSON."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cases.api.claims import (
    ClaimantSerializer,
    ClaimSerializer,
    ContradictionSerializer,
    IntervalSerializer,
)
from cases.api.fields import TermField
from cases.queries.bridge import Bridges
from cases.queries.outstanding import Outstanding, Series
from cases.vocabulary.counts import BridgeVerdict

Plain = serializers.Serializer[Any]


class PopulationBrief(Plain):
    id = serializers.UUIDField()
    code = serializers.CharField()
    title = serializers.CharField()


class SeriesSerializer(Plain):
    key = serializers.CharField(source="claimant.key")
    label = serializers.CharField(source="claimant.label")  # type: ignore[assignment]
    is_unattributed = serializers.BooleanField(source="claimant.is_unattributed")
    claimant = ClaimantSerializer()
    is_stale = serializers.SerializerMethodField(help_text="The latest claim is old or undated.")
    age_in_days = serializers.SerializerMethodField(help_text="Of the latest claim.")
    latest = ClaimSerializer()
    claims = ClaimSerializer(many=True, help_text="The oldest first.")

    def get_is_stale(self, series: Series) -> bool:
        answer: Outstanding = self.context["answer"]
        return answer.is_stale(series.latest)

    def get_age_in_days(self, series: Series) -> int | None:
        answer: Outstanding = self.context["answer"]
        return series.latest.age_in_days(answer.valid_at)


class AdoptedSerializer(Plain):
    organisation = serializers.CharField()
    low = serializers.IntegerField(source="interval.low", allow_null=True)
    high = serializers.IntegerField(source="interval.high", allow_null=True)
    as_of = serializers.CharField()
    method = serializers.CharField()
    approved_at = serializers.DateTimeField()


class SpreadSerializer(Plain):
    lowest = serializers.IntegerField(allow_null=True)
    highest = serializers.IntegerField(allow_null=True, help_text="Null is open above.")


class OutstandingSerializer(Plain):
    population = PopulationBrief()
    valid_at = serializers.DateField()
    known_at = serializers.DateTimeField()
    series = SeriesSerializer(many=True)
    spread = SpreadSerializer(source="*", help_text="Of the latest claims; no mean is given.")
    adopted = AdoptedSerializer(allow_null=True)
    discrepancies = ContradictionSerializer(many=True)


class FlowSerializer(Plain):
    claim = ClaimSerializer()
    is_certain = serializers.BooleanField(help_text="All its dates lie between the two stocks.")


class LeftOutSerializer(Plain):
    claim = ClaimSerializer()
    reason = serializers.CharField()


class ComparisonSerializer(Plain):
    start = ClaimSerializer()
    end = ClaimSerializer()
    used = FlowSerializer(many=True)
    left_out = serializers.SerializerMethodField()
    expected = IntervalSerializer()
    verdict = TermField(BridgeVerdict)
    in_words = serializers.CharField()

    @extend_schema_field(LeftOutSerializer(many=True))
    def get_left_out(self, comparison: Any) -> Any:
        rows = [{"claim": claim, "reason": reason} for claim, reason in comparison.left_out]
        return LeftOutSerializer(rows, many=True, context=self.context).data


class BridgesSerializer(Plain):
    population = PopulationBrief()
    verdict = serializers.SerializerMethodField()
    comparisons = ComparisonSerializer(many=True)

    def get_verdict(self, bridges: Bridges) -> str | None:
        """Give the verdict that all comparisons share."""
        return None if bridges.verdict is None else bridges.verdict.value


class SumSerializer(Plain):
    low = serializers.IntegerField(allow_null=True)
    high = serializers.IntegerField(allow_null=True)
    in_words = serializers.CharField()
    counts = ClaimSerializer(many=True)
