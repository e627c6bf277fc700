"""Help."""

from factory.declarations import SelfAttribute, SubFactory, Trait

from cases.models import Assistance
from cases.vocabulary.assistance import AssistanceKind, AssistanceStage
from tests.factories.base import RecordFactory
from tests.factories.bodies import BodyFactory
from tests.factories.counts import PopulationFactory
from tests.factories.individuals import IndividualFactory


class AssistanceFactory(RecordFactory):
    """Documents that a person needs."""

    class Meta:
        model = Assistance

    class Params:
        promised = Trait(stage=AssistanceStage.PROMISED, provider=SubFactory(BodyFactory))
        delivered = Trait(stage=AssistanceStage.DELIVERED, provider=SubFactory(BodyFactory))
        for_population = Trait(individual=None, population=SubFactory(PopulationFactory))

    individual = SubFactory(IndividualFactory, organisation=SelfAttribute("..organisation"))
    kind = AssistanceKind.DOCUMENTS
    stage = AssistanceStage.NEEDED
