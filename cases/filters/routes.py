"""Routes and legs."""

from cases.filters.base import Code, Link, Term, Words
from cases.filters.records import RecordFilters
from cases.models import Place, Route
from cases.vocabulary.routes import FarEndRole, LegMode


class RouteFilters(RecordFilters):
    q = Words(Route, "title", "code")
    code = Code()


class RouteLegFilters(RecordFilters):
    route = Link(Route)
    from_place = Link(Place)
    to_place = Link(Place)
    border_point = Link(Place)
    mode = Term(LegMode)
    far_end_role = Term(FarEndRole)
