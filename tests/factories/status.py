"""Dated steps of a case."""

from factory.declarations import SelfAttribute, SubFactory, Trait

from cases.models import StatusEvent
from cases.vocabulary.status import Axis, ReturnStatus, WorkStatus
from tests.factories.base import RecordFactory
from tests.factories.individuals import IndividualFactory


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

    individual = SubFactory(IndividualFactory, organisation=SelfAttribute("..organisation"))
    from_status = ReturnStatus.REPORTED
    to_status = ReturnStatus.LOCATED_HELD
    occurred_edtf = "2024-09"
    observation = "The family had a letter."
