"""Institutions, officials and their offices."""

from factory.declarations import Sequence, SubFactory, Trait

from cases.models import Body, BodyName, MediatingBody, Official, OfficialName, Tenure
from cases.vocabulary.bodies import BodyKind
from tests.factories.base import RecordFactory


class BodyFactory(RecordFactory):
    """A government office."""

    class Meta:
        model = Body

    class Params:
        ombudsman = Trait(kind=BodyKind.OMBUDSMAN)
        outlet = Trait(kind=BodyKind.OUTLET)
        mediating = Trait(kind=BodyKind.HUMANITARIAN, mediates=True)

    name = Sequence(lambda n: f"Office {n}")
    kind = BodyKind.GOVERNMENT_OFFICE


class MediatingBodyFactory(BodyFactory):
    class Meta:
        model = MediatingBody

    name = Sequence(lambda n: f"Mediator {n}")
    kind = BodyKind.HUMANITARIAN
    mediates = True


class BodyNameFactory(RecordFactory):
    class Meta:
        model = BodyName

    body = SubFactory(BodyFactory)
    text = Sequence(lambda n: f"Ведомство {n}")
    language_tag = "ru-Cyrl"


class OfficialFactory(RecordFactory):
    class Meta:
        model = Official

    name = Sequence(lambda n: f"Official {n}")


class OfficialNameFactory(RecordFactory):
    class Meta:
        model = OfficialName

    official = SubFactory(OfficialFactory)
    text = Sequence(lambda n: f"Чиновник {n}")
    language_tag = "ru-Cyrl"


class TenureFactory(RecordFactory):
    class Meta:
        model = Tenure

    official = SubFactory(OfficialFactory)
    body = SubFactory(BodyFactory)
    title = "Commissioner"
