"""Cases put into others, as rows only: what follows is the action's business."""

from factory.declarations import LazyFunction, SelfAttribute, Sequence, SubFactory, Trait

from cases import clock, ids
from cases.models import Merge, MergedRow
from cases.vocabulary.status import ReturnStatus
from tests.factories.base import CheckedFactory, RecordFactory
from tests.factories.individuals import IndividualFactory
from tests.factories.status import StatusEventFactory


class MergeFactory(RecordFactory):
    class Meta:
        model = Merge

    class Params:
        undone = Trait(undone_at=LazyFunction(clock.now), undo_reason="Two people after all.")

    individual = SubFactory(IndividualFactory, organisation=SelfAttribute("..organisation"))
    duplicate = SubFactory(
        IndividualFactory,
        organisation=SelfAttribute("..organisation"),
        return_status=ReturnStatus.DUPLICATE,
    )
    reason = "Taken in twice on one day."
    event = SubFactory(
        StatusEventFactory,
        individual=SelfAttribute("..duplicate"),
        to_status=ReturnStatus.DUPLICATE,
    )


class MergedRowFactory(CheckedFactory):
    class Meta:
        model = MergedRow

    merge = SubFactory(MergeFactory)
    model = "note"
    row_id = LazyFunction(ids.new_id)
    field = "individual"
    previous = Sequence(lambda n: f"{n:032x}")
