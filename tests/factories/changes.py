"""Entries of the feed; real ones are written by the actions."""

from uuid import uuid4

from factory.declarations import LazyFunction

from cases.models import Change
from tests.factories.base import CheckedFactory


class ChangeFactory(CheckedFactory):
    class Meta:
        model = Change

    model = "individual"
    row_id = LazyFunction(uuid4)
    organisation_id = LazyFunction(uuid4)
