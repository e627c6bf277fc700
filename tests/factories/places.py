"""Places and their names."""

from factory.declarations import Sequence, SubFactory, Trait

from cases.models import Place, PlaceName
from cases.vocabulary.places import PlaceKind
from tests.factories.base import RecordFactory


class PlaceFactory(RecordFactory):
    """A settlement."""

    class Meta:
        model = Place

    class Params:
        country = Trait(kind=PlaceKind.COUNTRY)
        oblast = Trait(kind=PlaceKind.OBLAST)
        border_point = Trait(kind=PlaceKind.BORDER_POINT)

    kind = PlaceKind.SETTLEMENT
    name = Sequence(lambda n: f"Place {n}")


class PlaceNameFactory(RecordFactory):
    class Meta:
        model = PlaceName

    place = SubFactory(PlaceFactory)
    text = Sequence(lambda n: f"Посёлок {n}")
    language_tag = "ru-Cyrl"
