"""The index of names; in the tracker it follows the names by itself."""

from factory.declarations import SelfAttribute, Sequence, SubFactory

from cases.models import NameKey, NamePair, NameToken
from tests.factories.base import CheckedFactory, RecordFactory
from tests.factories.individuals import IndividualFactory


class NameTokenFactory(CheckedFactory):
    class Meta:
        model = NameToken

    text = Sequence(lambda n: f"petrov{n}")


class NameKeyFactory(CheckedFactory):
    class Meta:
        model = NameKey

    key = Sequence(lambda n: f"ptrov{n}")
    token = SubFactory(NameTokenFactory)


class NamePairFactory(RecordFactory):
    class Meta:
        model = NamePair

    individual = SubFactory(IndividualFactory, organisation=SelfAttribute("..organisation"))
    token = SubFactory(NameTokenFactory)
    other = SubFactory(NameTokenFactory)
