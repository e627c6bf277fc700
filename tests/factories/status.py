"""Dated steps of a case."""

from factory.declarations import LazyFunction, SelfAttribute, SubFactory, Trait

from cases import clock
from cases.models import StatusEvent, StatusProposal
from cases.vocabulary.status import Axis, ProposalState, ReturnStatus, WorkStatus
from tests.factories.base import RecordFactory
from tests.factories.individuals import IndividualFactory
from tests.factories.organisations import UserFactory
from tests.factories.reports import StatementFactory


class StatusEventFactory(RecordFactory):
    """A person was located; the case itself is moved by the action only."""

    class Meta:
        model = StatusEvent

    class Params:
        opening = Trait(
            axis=Axis.WORK,
            from_status=WorkStatus.DRAFT,
            to_status=WorkStatus.OPEN,
            occurred_edtf="",
        )
        told = Trait(statement=SubFactory(StatementFactory))
        correcting = Trait(
            corrects=SubFactory(
                "tests.factories.status.StatusEventFactory",
                individual=SelfAttribute("..individual"),
            )
        )

    individual = SubFactory(IndividualFactory, organisation=SelfAttribute("..organisation"))
    from_status = ReturnStatus.REPORTED
    to_status = ReturnStatus.LOCATED_HELD
    occurred_edtf = "2024-09"
    observation = "The family had a letter."


class StatusProposalFactory(RecordFactory):
    """Somebody proposes to take a case up again that was closed."""

    class Meta:
        model = StatusProposal

    class Params:
        declined = Trait(
            state=ProposalState.DECLINED,
            decided_by=SubFactory(UserFactory, organisation=SelfAttribute("..organisation")),
            decided_at=LazyFunction(clock.now),
            decision_reason="Nobody has seen them.",
        )
        approved = Trait(
            state=ProposalState.APPROVED,
            decided_by=SubFactory(UserFactory, organisation=SelfAttribute("..organisation")),
            decided_at=LazyFunction(clock.now),
            event=SubFactory(
                StatusEventFactory,
                individual=SelfAttribute("..individual"),
                axis=Axis.WORK,
                from_status=WorkStatus.CLOSED,
                to_status=WorkStatus.REOPENED,
            ),
        )

    individual = SubFactory(
        IndividualFactory,
        organisation=SelfAttribute("..organisation"),
        work_status=WorkStatus.CLOSED,
    )
    axis = Axis.WORK
    from_status = WorkStatus.CLOSED
    to_status = WorkStatus.REOPENED
    observation = "The family rang again."
