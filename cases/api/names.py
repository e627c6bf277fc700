"""Who is meant by a name: ranked, with the reasons."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cases.access.roles import Act
from cases.api.figures import FigureView
from cases.models import IndividualName
from cases.models.gate import reads_masked
from cases.queries import names
from cases.rules import dates
from cases.rules.names import sounds
from cases.rules.names.ranking import Wanted
from cases.vocabulary.individuals import Sex

MOST_LETTERS = 200
_NOT_CLEARED = "You may not read names, so you may not search by them."


class MatchSerializer(serializers.Serializer[Any]):
    individual = serializers.UUIDField(source="person.pk", help_text="Whom it may mean.")
    case_number = serializers.CharField(source="person.case_number")
    score = serializers.FloatField(help_text="How well they fit, from 0 to 1; for the order only.")
    names = serializers.ListField(child=serializers.CharField(), help_text="As recorded.")
    reasons = serializers.ListField(child=serializers.CharField(), help_text="Why, in words.")


class MatchesSerializer(serializers.Serializer[Any]):
    results = MatchSerializer(many=True)


class MatchesView(FigureView):
    reads = Act.READ_CASES
    parameters = ("q", "sex", "born")

    shows = MatchesSerializer
    described = (
        OpenApiParameter("q", str, required=True, description="A name, in any spelling."),
        OpenApiParameter("sex", str, enum=Sex.values, description="Ranks; bars nobody."),
        OpenApiParameter("born", str, description="A partial date, such as 1961~; ranks."),
    )

    def get(self, _request: Request) -> Response:
        """Whom a name may mean: twenty people, the likeliest first, and why."""
        if reads_masked(IndividualName, "text"):
            raise PermissionDenied(_NOT_CLEARED)
        sought = self.needed("q", _name, "Say which name: ?q=…")
        wanted = Wanted(
            sex=self.given("sex", _sex) or "",
            born=self.given("born", dates.bounds) or (None, None),
        )
        found = names.find(sought, wanted=wanted)
        return Response(MatchesSerializer({"results": found}).data)


def _name(text: str) -> str:
    if len(text) > MOST_LETTERS or not sounds.search_key(text):
        message = f"Write at least one letter, and at most {MOST_LETTERS}."
        raise ValidationError(message, code="nothing_sought")
    return text


def _sex(text: str) -> str:
    if text not in Sex.values:
        message = f"“{text[:40]}” is not one of: {', '.join(Sex.values)}."
        raise ValidationError(message, code="invalid_choice")
    return text
