"""Routes and their legs."""

from factory.declarations import Sequence, SubFactory

from cases.models import Route, RouteLeg
from tests.factories.base import RecordFactory
from tests.factories.places import PlaceFactory


class RouteFactory(RecordFactory):
    class Meta:
        model = Route

    code = Sequence(lambda n: f"route-{n}")
    title = Sequence(lambda n: f"Route {n}")


class RouteLegFactory(RecordFactory):
    """The first leg of a route, between two countries."""

    class Meta:
        model = RouteLeg

    route = SubFactory(RouteFactory)
    number = 1
    from_place = SubFactory(PlaceFactory, country=True)
    to_place = SubFactory(PlaceFactory, country=True)
