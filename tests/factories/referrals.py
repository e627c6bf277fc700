"""Cases that another organisation is asked to help with, or to take over."""

from datetime import timedelta

from factory.declarations import LazyAttribute, LazyFunction, SelfAttribute, SubFactory, Trait

from cases import clock
from cases.models import Referral
from cases.vocabulary.grants import GrantLevel, GrantPurpose
from cases.vocabulary.referrals import ReferralKind, ReferralState
from tests.factories.base import RecordFactory
from tests.factories.consents import OTHER, ConsentFactory
from tests.factories.individuals import IndividualFactory


class ReferralFactory(RecordFactory):
    """A request to help, with the consent it rests on; not answered yet."""

    class Meta:
        model = Referral

    class Params:
        transfer = Trait(kind=ReferralKind.TRANSFER, level="", grant_ends_at=None)
        answered = Trait(state=ReferralState.ACCEPTED, answered_at=LazyFunction(clock.now))

    individual = SubFactory(IndividualFactory, organisation=SelfAttribute("..organisation"))
    recipient = SubFactory(OTHER, key="asked", name="Asked")
    kind = ReferralKind.REFERRAL
    purpose = GrantPurpose.MEDICAL
    level = GrantLevel.IDENTIFYING
    grant_ends_at = LazyFunction(lambda: clock.now() + timedelta(days=30))
    answer_by = LazyFunction(lambda: clock.now() + timedelta(days=7))
    reason = "A surgeon is needed within the month."
    basis = SubFactory(
        ConsentFactory,
        individual=SelfAttribute("..individual"),
        organisation=SelfAttribute("..organisation"),
    )
    case_number = LazyAttribute(lambda row: row.individual.case_number)
    kept_since = LazyAttribute(lambda row: row.individual.recorded_at)
    return_status = LazyAttribute(lambda row: row.individual.return_status)
