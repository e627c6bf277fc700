"""Organisations and users."""

from cases.access.roles import Act
from cases.actions import organisations
from cases.api.base import KeepResource, Resource
from cases.api.records import RecordSerializer
from cases.filters.organisations import OrganisationFilters, UserFilters
from cases.models import Organisation, User


class OrganisationSerializer(RecordSerializer):
    class Meta:
        model = Organisation


class OrganisationResource(KeepResource):
    """Organisations that keep cases on this server."""

    model = Organisation
    reads, writes = Act.READ_EVIDENCE, Act.KEEP_ORGANISATIONS
    add, amend = staticmethod(organisations.enrol), staticmethod(organisations.amend)
    serializer_class = OrganisationSerializer
    filterset_class = OrganisationFilters


class UserSerializer(RecordSerializer):
    class Meta:
        model = User


class UserResource(Resource):
    """The users of your organisation."""

    model = User
    reads = Act.READ_USERS
    serializer_class = UserSerializer
    filterset_class = UserFilters
