"""Requests to look for somebody, what was done for them, and who it may be."""

from factory.declarations import LazyAttribute, SelfAttribute, Sequence, SubFactory, Trait

from cases import clock
from cases.models import TracingAction, TracingCandidate, TracingRequest
from cases.rules.tracing import number
from cases.vocabulary.tracing import TracingOutcome, TracingState
from cases.vocabulary.tracing_work import CandidateState, TracingActionKind
from tests.factories.base import RecordFactory
from tests.factories.individuals import ContactFactory, IndividualFactory
from tests.factories.organisations import UserFactory


class TracingRequestFactory(RecordFactory):
    """Somebody asks for a case; described, for a person who is no case yet."""

    class Meta:
        model = TracingRequest

    class Params:
        described = Trait(individual=None, sought_names="Anna Petrova", sex="female")
        in_progress = Trait(state=TracingState.IN_PROGRESS)
        found = Trait(state=TracingState.FOUND)
        closed = Trait(
            state=TracingState.CLOSED,
            outcome=TracingOutcome.NOT_FOUND,
            closed_at=LazyAttribute(lambda _row: clock.now()),
        )
        a_duplicate = Trait(
            state=TracingState.CLOSED,
            outcome=TracingOutcome.DUPLICATE,
            closed_at=LazyAttribute(lambda _row: clock.now()),
            duplicate_of=SubFactory(
                "tests.factories.tracing.TracingRequestFactory",
                organisation=SelfAttribute("..organisation"),
            ),
        )

    number = Sequence(lambda n: number(500_000 + n))
    enquirer = SubFactory(ContactFactory, organisation=SelfAttribute("..organisation"))
    individual = SubFactory(IndividualFactory, organisation=SelfAttribute("..organisation"))


class TracingActionFactory(RecordFactory):
    class Meta:
        model = TracingAction

    class Params:
        correcting = Trait(
            corrects=SubFactory(
                "tests.factories.tracing.TracingActionFactory", request=SelfAttribute("..request")
            )
        )
        asking = Trait(
            kind=TracingActionKind.ASKED_BODY,
            body=SubFactory("tests.factories.bodies.BodyFactory"),
        )

    request = SubFactory(TracingRequestFactory, organisation=SelfAttribute("..organisation"))
    kind = TracingActionKind.CHECKED_RECORDS
    text = "Looked through the lists of the shelter."


class TracingCandidateFactory(RecordFactory):
    class Meta:
        model = TracingCandidate

    class Params:
        confirmed = Trait(
            state=CandidateState.CONFIRMED,
            decided_by=SubFactory(UserFactory, organisation=SelfAttribute("..organisation")),
            decided_at=LazyAttribute(lambda _row: clock.now()),
        )
        rejected = Trait(
            state=CandidateState.REJECTED,
            decided_by=SubFactory(UserFactory, organisation=SelfAttribute("..organisation")),
            decided_at=LazyAttribute(lambda _row: clock.now()),
            decision_reason="Another year of birth.",
        )

    request = SubFactory(
        TracingRequestFactory,
        described=True,
        in_progress=True,
        organisation=SelfAttribute("..organisation"),
    )
    individual = SubFactory(IndividualFactory, organisation=SelfAttribute("..organisation"))
    why = "The mother's name fits."
