"""Bulk work; a run with rows that mean something is made by the actions."""

from uuid import uuid4

from factory.declarations import LazyFunction, SelfAttribute, Sequence, SubFactory

from cases.models import BulkItem, BulkRun
from cases.vocabulary.bulk import BulkAct
from tests.factories.base import CheckedFactory
from tests.factories.organisations import OrganisationFactory, UserFactory


class BulkRunFactory(CheckedFactory):
    class Meta:
        model = BulkRun

    organisation = SubFactory(OrganisationFactory)
    user = SubFactory(UserFactory, organisation=SelfAttribute("..organisation"))
    act = BulkAct.PRIORITY


class BulkItemFactory(CheckedFactory):
    class Meta:
        model = BulkItem

    run = SubFactory(BulkRunFactory)
    position = Sequence(lambda n: n)
    target_id = LazyFunction(uuid4)
    target_version = 1
