"""Places and their names."""

from typing import Any

from cases.access.roles import Act
from cases.actions import places
from cases.api.base import KeepResource
from cases.api.records import RecordSerializer, in_order
from cases.filters.places import PlaceFilters, PlaceNameFilters
from cases.models import Place, PlaceName


class PlaceNameBrief(RecordSerializer):
    class Meta:
        model = PlaceName
        fields = ("id", "text", "language_tag", "kind")


class PlaceSerializer(RecordSerializer):
    names = PlaceNameBrief(many=True, read_only=True)

    class Meta:
        model = Place


class PlaceResource(KeepResource):
    """Countries, oblasts, districts, settlements, facilities, border points, informal areas."""

    model = Place
    reads, writes = Act.READ_EVIDENCE, Act.KEEP_PLACES
    add, amend = staticmethod(places.add), staticmethod(places.amend)
    serializer_class = PlaceSerializer
    filterset_class = PlaceFilters

    @classmethod
    def nested(cls) -> list[Any]:
        return [in_order("names", PlaceName)]


class PlaceNameSerializer(RecordSerializer):
    fixed = ("place",)

    class Meta:
        model = PlaceName


class PlaceNameResource(KeepResource):
    """Names of places, each in one language and script."""

    model = PlaceName
    reads, writes = Act.READ_EVIDENCE, Act.KEEP_PLACES
    add, amend = staticmethod(places.add_name), staticmethod(places.amend_name)
    serializer_class = PlaceNameSerializer
    filterset_class = PlaceNameFilters
