"""Batches, their slots and steps, and who mediated."""

from factory.declarations import SelfAttribute, Sequence, SubFactory, Trait

from cases.models import BatchSlot, BatchStep, Mediation, RepatriationBatch
from cases.vocabulary.batches import BatchKind, BatchStatus, MediationRole, Presence
from cases.vocabulary.individuals import AgeClass
from tests.factories.base import RecordFactory
from tests.factories.bodies import BodyFactory
from tests.factories.individuals import IndividualFactory
from tests.factories.negotiations import NegotiationFactory
from tests.factories.reports import StatementFactory


class RepatriationBatchFactory(RecordFactory):
    """A proposed return after negotiation."""

    class Meta:
        model = RepatriationBatch

    class Params:
        arrived = Trait(
            status=BatchStatus.ARRIVED, departed_edtf="2024-11-21", arrived_edtf="2024-11-22"
        )
        published = Trait(is_published=True, status=BatchStatus.ARRIVED)

    code = Sequence(lambda n: f"batch-{n}")
    title = Sequence(lambda n: f"Batch {n}")
    kind = BatchKind.NEGOTIATED


class BatchSlotFactory(RecordFactory):
    """An unnamed place."""

    class Meta:
        model = BatchSlot

    class Params:
        child = Trait(age_class=AgeClass.CHILD)
        arrived = Trait(presence=Presence.ARRIVED)
        bound = Trait(
            individual=SubFactory(IndividualFactory, organisation=SelfAttribute("..organisation"))
        )

    batch = SubFactory(RepatriationBatchFactory, organisation=SelfAttribute("..organisation"))
    number = Sequence(lambda n: n + 1)


class BatchStepFactory(RecordFactory):
    class Meta:
        model = BatchStep

    batch = SubFactory(RepatriationBatchFactory, organisation=SelfAttribute("..organisation"))
    from_status = BatchStatus.PROPOSED
    to_status = BatchStatus.AGREED


class MediationFactory(RecordFactory):
    class Meta:
        model = Mediation

    class Params:
        in_talks = Trait(batch=None, negotiation=SubFactory(NegotiationFactory))

    body = SubFactory(BodyFactory, mediating=True)
    batch = SubFactory(RepatriationBatchFactory, organisation=SelfAttribute("..organisation"))
    role = MediationRole.MEDIATOR
    statement = SubFactory(StatementFactory)
