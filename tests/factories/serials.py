"""Serial numbers of cases; real ones are counted on by the action."""

from uuid import uuid4

from factory.declarations import LazyFunction

from cases.models import CaseSerial
from tests.factories.base import CheckedFactory


class CaseSerialFactory(CheckedFactory):
    class Meta:
        model = CaseSerial

    id = LazyFunction(uuid4)
    last = 1
