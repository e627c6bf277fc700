"""How long cases are kept, holds, and proposals to anonymise."""

from datetime import timedelta

from factory.declarations import Iterator, LazyFunction, SelfAttribute, SubFactory, Trait

from cases import clock
from cases.models import Anonymisation, LegalHold, RetentionPeriod
from cases.vocabulary.consents import ProcessingPurpose
from cases.vocabulary.retention import AnonymisationState
from cases.vocabulary.status import WorkStatus
from tests.factories.base import RecordFactory
from tests.factories.individuals import IndividualFactory


class RetentionPeriodFactory(RecordFactory):
    class Meta:
        model = RetentionPeriod

    purpose = ProcessingPurpose.REGISTER
    work_status = Iterator(WorkStatus)
    days = 365


class LegalHoldFactory(RecordFactory):
    class Meta:
        model = LegalHold

    class Params:
        lifted = Trait(lifted_at=LazyFunction(clock.now))

    individual = SubFactory(IndividualFactory, organisation=SelfAttribute("..organisation"))
    reason = "Proceedings before a court."
    until = LazyFunction(lambda: clock.today() + timedelta(days=90))


class AnonymisationFactory(RecordFactory):
    class Meta:
        model = Anonymisation

    class Params:
        carried_out = Trait(
            state=AnonymisationState.CARRIED_OUT,
            decided_at=LazyFunction(clock.now),
            decided_by=SubFactory("tests.factories.organisations.UserFactory"),
            recorded_by=SubFactory("tests.factories.organisations.UserFactory"),
        )

    individual = SubFactory(IndividualFactory, organisation=SelfAttribute("..organisation"))
    reason = "Nobody needs it any more."
