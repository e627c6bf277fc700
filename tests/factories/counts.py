"""Populations, figures, links, discrepancies and assessments."""

from factory.declarations import LazyAttribute, SelfAttribute, Sequence, SubFactory, Trait

from cases import clock
from cases.models import (
    Assessment,
    AssessmentBasis,
    CountLink,
    Discrepancy,
    DiscrepancyMember,
    OutstandingCount,
    Population,
    ReportedCount,
)
from cases.vocabulary.counts import (
    CountState,
    Dimension,
    DiscrepancyKind,
    DiscrepancyState,
    LinkKind,
    Measure,
    PopulationCategory,
    Qualifier,
)
from tests.factories.base import RecordFactory
from tests.factories.organisations import UserFactory
from tests.factories.reports import StatementFactory


class PopulationFactory(RecordFactory):
    """A population of people held."""

    class Meta:
        model = Population

    class Params:
        returned = Trait(category=PopulationCategory.RETURNED)

    code = Sequence(lambda n: f"population-{n}")
    title = Sequence(lambda n: f"Population {n}")
    definition = "Who belongs to it."
    category = PopulationCategory.HELD


class ReportedCountFactory(RecordFactory):
    """Exactly ``stated_value`` people held; bounds of other qualifiers are given by hand."""

    class Meta:
        model = ReportedCount

    class Params:
        verified = Trait(state=CountState.VERIFIED, verified_by=SubFactory(UserFactory))
        retracted = Trait(
            state=CountState.RETRACTED,
            retracted_at=LazyAttribute(lambda _count: clock.now()),
            retraction_reason="Misread.",
        )
        superseded = Trait(
            state=CountState.SUPERSEDED, superseded_at=LazyAttribute(lambda _count: clock.now())
        )
        more_than = Trait(
            qualifier=Qualifier.MORE_THAN,
            stated_text=LazyAttribute(lambda count: f"more than {count.stated_value}"),
            low=LazyAttribute(lambda count: count.stated_value + 1),
            high=None,
        )
        flow = Trait(
            measure=Measure.FLOW_OF_EVENT, population=SubFactory(PopulationFactory, returned=True)
        )
        children = Trait(
            part_of=SubFactory(
                "tests.factories.counts.ReportedCountFactory",
                statement=SelfAttribute("..statement"),
                population=SelfAttribute("..population"),
                organisation=SelfAttribute("..organisation"),
                measure=SelfAttribute("..measure"),
                batch=SelfAttribute("..batch"),
            ),
            dimension=Dimension.AGE,
            label="child",
        )

    statement = SubFactory(StatementFactory)
    population = SubFactory(PopulationFactory)
    measure = Measure.STOCK
    batch = None
    stated_value = 30
    qualifier = Qualifier.EXACT
    stated_text = LazyAttribute(lambda count: str(count.stated_value))
    low = SelfAttribute("stated_value")
    high = SelfAttribute("stated_value")
    as_of_edtf = "2024-11-22"


class OutstandingCountFactory(ReportedCountFactory):
    class Meta:
        model = OutstandingCount


class CountLinkFactory(RecordFactory):
    class Meta:
        model = CountLink

    from_count = SubFactory(ReportedCountFactory, organisation=SelfAttribute("..organisation"))
    to_count = SubFactory(ReportedCountFactory, organisation=SelfAttribute("..organisation"))
    kind = LinkKind.ROUNDS


class DiscrepancyFactory(RecordFactory):
    class Meta:
        model = Discrepancy

    class Params:
        accepted = Trait(state=DiscrepancyState.BOTH_STAND, rationale="Both are on record.")

    title = Sequence(lambda n: f"Discrepancy {n}")
    kind = DiscrepancyKind.VALUE


class DiscrepancyMemberFactory(RecordFactory):
    class Meta:
        model = DiscrepancyMember

    discrepancy = SubFactory(DiscrepancyFactory, organisation=SelfAttribute("..organisation"))
    count = SubFactory(ReportedCountFactory, organisation=SelfAttribute("..organisation"))
    statement = SelfAttribute("count.statement")
    version_text = SelfAttribute("count.stated_text")


class AssessmentFactory(RecordFactory):
    class Meta:
        model = Assessment

    class Params:
        approved = Trait(
            approved_by=SubFactory(UserFactory, organisation=SelfAttribute("..organisation")),
            approved_at=LazyAttribute(lambda _assessment: clock.now()),
        )

    population = SubFactory(PopulationFactory)
    as_of_edtf = "2024-11-22"
    low = 21
    method = "The lower bound that both sides give."


class AssessmentBasisFactory(RecordFactory):
    class Meta:
        model = AssessmentBasis

    assessment = SubFactory(AssessmentFactory, organisation=SelfAttribute("..organisation"))
    count = SubFactory(
        ReportedCountFactory,
        organisation=SelfAttribute("..organisation"),
        population=SelfAttribute("..assessment.population"),
    )
