"""Ways home, leg by leg."""

from typing import Any, ClassVar

from django.db.models import Prefetch
from rest_framework import serializers

from cases.access.roles import Act
from cases.access.sensitivity import OPEN, Classes
from cases.actions import routes
from cases.api.base import KeepResource
from cases.api.records import RecordSerializer
from cases.filters.routes import RouteFilters, RouteLegFilters
from cases.models import Place, Route, RouteLeg

_ENDS = ("from_place", "to_place")
_UP = ("", "__parent", "__parent__parent", "__parent__parent__parent")
_READ = ("name", "iso_3166_1", "iso_3166_2", "parent")


class PlaceBrief(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()


class RouteLegBrief(RecordSerializer):
    from_place = PlaceBrief(read_only=True)
    to_place = PlaceBrief(read_only=True)

    class Meta:
        model = RouteLeg
        fields = ("id", "number", "from_place", "to_place", "mode", "far_end_role", "border_point")


class RouteSerializer(RecordSerializer):
    computed: ClassVar[Classes] = {"countries": OPEN}
    legs = RouteLegBrief(many=True, read_only=True)
    countries = serializers.SerializerMethodField(
        help_text="ISO 3166-1 codes of the countries passed, in order."
    )

    class Meta:
        model = Route

    def get_countries(self, route: Route) -> list[str]:
        return countries(route)


class RouteBrief(RouteSerializer):
    class Meta:
        model = Route
        fields = ("id", "code", "title")


def legs() -> "Prefetch[Any]":
    """Read legs ahead with their ends and the larger places these lie in: shared ground, all."""
    paths = [f"{end}{up}" for end in _ENDS for up in _UP]
    own = [field.name for field in RouteLeg._meta.fields if field.name != "recorded_by"]
    read = [f"{path}__{column}" for path in paths for column in _READ]
    rows = RouteLeg.objects.select_related(*paths).only(*own, *read)
    return Prefetch("legs", rows.order_by("number"))


def countries(route: Route) -> list[str]:
    """List the countries of the ends of a route's legs, each run of one country once."""
    ends = [end for leg in route.legs.all() for end in (leg.from_place, leg.to_place)]
    codes = [code for code in map(_country, ends) if code]
    return [code for code, before in zip(codes, ["", *codes], strict=False) if code != before]


def _country(place: Place | None) -> str:
    for _ in _UP:
        if place is None:
            return ""
        if code := place.iso_3166_1 or place.iso_3166_2.partition("-")[0]:
            return code
        place = place.parent
    return ""


class RouteResource(KeepResource):
    """Ways home; which batch took one stands on the batch."""

    model = Route
    reads, writes = Act.READ_EVIDENCE, Act.KEEP_ROUTES
    add, amend = staticmethod(routes.add), staticmethod(routes.amend)
    serializer_class = RouteSerializer
    filterset_class = RouteFilters

    @classmethod
    def nested(cls) -> list[Any]:
        return [legs()]


class RouteLegSerializer(RecordSerializer):
    fixed = ("route", "number")

    class Meta:
        model = RouteLeg
        extra_kwargs: ClassVar[dict[str, Any]] = {"number": {"required": False}}


class RouteLegResource(KeepResource):
    """Legs of routes; each begins where the one before ends."""

    model = RouteLeg
    reads, writes = Act.READ_EVIDENCE, Act.KEEP_ROUTES
    add, amend = staticmethod(routes.add_leg), staticmethod(routes.amend_leg)
    serializer_class = RouteLegSerializer
    filterset_class = RouteLegFilters
