"""Organisations and users."""

from cases.filters.base import Flag, Term, Words
from cases.filters.records import RecordFilters
from cases.models import Organisation, User
from cases.vocabulary.organisations import OrganisationKind, Role


class OrganisationFilters(RecordFilters):
    q = Words(Organisation, "name", "key")
    kind = Term(OrganisationKind)
    is_active = Flag()


class UserFilters(RecordFilters):
    q = Words(User, "name", "email")
    role = Term(Role)
    is_active = Flag()
