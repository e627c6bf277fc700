"""Bodies, officials, their names and offices."""

from cases.filters.base import Code, Flag, Link, Search, Term, Words
from cases.filters.dates import MayBeAfter, MayBeBefore
from cases.filters.records import RecordFilters
from cases.models import Body, BodyName, Official, OfficialName, Place, Statement, Tenure
from cases.vocabulary.bodies import BodyKind
from cases.vocabulary.places import NameKind


class BodyFilters(RecordFilters):
    q = Search((BodyName, "body"))
    kind = Term(BodyKind)
    country = Link(Place)
    mediates = Flag()


class BodyNameFilters(RecordFilters):
    q = Search((BodyName, "pk"))
    body = Link(Body)
    kind = Term(NameKind)
    language_tag = Code()


class OfficialFilters(RecordFilters):
    q = Search((OfficialName, "official"))


class OfficialNameFilters(RecordFilters):
    q = Search((OfficialName, "pk"))
    official = Link(Official)
    statement = Link(Statement)
    kind = Term(NameKind)
    language_tag = Code()


class TenureFilters(RecordFilters):
    q = Words(Tenure, "title")
    official = Link(Official)
    body = Link(Body)
    place = Link(Place)
    statement = Link(Statement)
    valid_after = MayBeAfter("valid")
    valid_before = MayBeBefore("valid")
