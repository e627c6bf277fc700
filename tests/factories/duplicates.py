"""Pairs of cases, in the one order in which they are kept."""

from typing import Any

from factory.declarations import LazyFunction, SelfAttribute, SubFactory, Trait

from cases import clock
from cases.models import DuplicateDecision, LikelyPair
from cases.rules.duplicates import in_order
from cases.vocabulary.duplicates import Verdict
from tests.factories.base import RecordFactory
from tests.factories.individuals import IndividualFactory


class PairFactory(RecordFactory):
    """Two people of one organisation, whichever of them is given first."""

    class Meta:
        abstract = True

    first = SubFactory(IndividualFactory, organisation=SelfAttribute("..organisation"))
    second = SubFactory(IndividualFactory, organisation=SelfAttribute("..organisation"))

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        people = {kwargs[name].pk: kwargs[name] for name in ("first", "second")}
        first, second = (people[key] for key in in_order(*people))
        return super()._create(model_class, *args, **{**kwargs, "first": first, "second": second})


class DuplicateDecisionFactory(PairFactory):
    class Meta:
        model = DuplicateDecision

    class Params:
        superseded = Trait(superseded_at=LazyFunction(clock.now))

    verdict = Verdict.DIFFERENT
    reason = "Another year of birth."


class LikelyPairFactory(PairFactory):
    class Meta:
        model = LikelyPair

    likeness = 80
