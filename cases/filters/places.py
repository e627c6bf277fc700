"""Places and their names."""

from cases.filters.base import Code, Link, Search, Term
from cases.filters.records import RecordFilters
from cases.models import Place, PlaceName
from cases.vocabulary.places import NameKind, PlaceKind


class PlaceFilters(RecordFilters):
    q = Search((PlaceName, "place"))
    kind = Term(PlaceKind)
    parent = Link(Place)
    iso_3166_1 = Code()
    iso_3166_2 = Code()
    p_code = Code()


class PlaceNameFilters(RecordFilters):
    q = Search((PlaceName, "pk"))
    place = Link(Place)
    kind = Term(NameKind)
    language_tag = Code()
