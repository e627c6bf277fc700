"""People, their names, contacts and ties."""

from cases.filters.base import Code, Link, PersonSearch, Search, Term
from cases.filters.dates import MayBeAfter, MayBeBefore
from cases.filters.records import RecordFilters
from cases.models import Contact, Individual, Place, User
from cases.vocabulary.individuals import (
    CaseSensitivity,
    Certainty,
    FamilyTie,
    Identification,
    NamePart,
    Priority,
    Sex,
)
from cases.vocabulary.places import NameKind
from cases.vocabulary.status import ReturnStatus, WorkStatus


class IndividualFilters(RecordFilters):
    q = PersonSearch()
    case_number = Code()
    identification = Term(Identification)
    sex = Term(Sex)
    home_place = Link(Place)
    last_known_place = Link(Place)
    return_status = Term(ReturnStatus)
    work_status = Term(WorkStatus)
    assigned_to = Link(User)
    priority = Term(Priority)
    sensitivity = Term(CaseSensitivity)
    birth_after = MayBeAfter("birth")
    birth_before = MayBeBefore("birth")
    separation_after = MayBeAfter("separation")
    separation_before = MayBeBefore("separation")


class IndividualNameFilters(RecordFilters):
    q = PersonSearch("individual")
    individual = Link(Individual)
    part = Term(NamePart)
    kind = Term(NameKind)
    language_tag = Code()


class ContactFilters(RecordFilters):
    q = Search((Contact, "pk"))
    reference = Code()
    place = Link(Place)


class FamilyLinkFilters(RecordFilters):
    individual = Link(Individual)
    relative = Link(Individual)
    contact = Link(Contact)
    tie = Term(FamilyTie)
    certainty = Term(Certainty)
