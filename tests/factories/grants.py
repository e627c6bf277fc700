"""Cases shared with another organisation."""

from datetime import timedelta

from factory.declarations import LazyFunction, SelfAttribute, SubFactory, Trait

from cases import clock
from cases.models import Grant
from cases.vocabulary.grants import GrantLevel, GrantPurpose, LegalBasis
from tests.factories.base import RecordFactory
from tests.factories.consents import ConsentFactory
from tests.factories.individuals import IndividualFactory


class GrantFactory(RecordFactory):
    """A grant of names for thirty days, to another organisation."""

    class Meta:
        model = Grant

    class Params:
        revoked = Trait(revoked_at=LazyFunction(clock.now))

    individual = SubFactory(IndividualFactory, organisation=SelfAttribute("..organisation"))
    recipient = SubFactory(
        "tests.factories.organisations.OrganisationFactory", key="recipient", name="Recipient"
    )
    level = GrantLevel.IDENTIFYING
    purpose = GrantPurpose.TRACING
    legal_basis = LegalBasis.CONSENT
    basis = SubFactory(
        ConsentFactory,
        individual=SelfAttribute("..individual"),
        organisation=SelfAttribute("..organisation"),
    )
    expires_at = LazyFunction(lambda: clock.now() + timedelta(days=30))
