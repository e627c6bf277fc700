"""Consents and other bases, and whom a case is kept from."""

from factory.declarations import LazyFunction, SelfAttribute, SubFactory, Trait

from cases import clock
from cases.models import Consent, Exclusion
from cases.vocabulary.consents import GivenBy, ProcessingPurpose
from cases.vocabulary.grants import LegalBasis
from tests.factories.base import RecordFactory
from tests.factories.individuals import IndividualFactory

OTHER = "tests.factories.organisations.OrganisationFactory"


class ConsentFactory(RecordFactory):
    """A consent to share with every organisation, without an end."""

    class Meta:
        model = Consent

    class Params:
        vital = Trait(legal_basis=LegalBasis.VITAL_INTEREST, given_by=GivenBy.NOBODY, given_edtf="")
        withdrawn = Trait(withdrawn_at=LazyFunction(clock.now), withdrawn_by=GivenBy.PERSON)

    individual = SubFactory(IndividualFactory, organisation=SelfAttribute("..organisation"))
    purpose = ProcessingPurpose.SHARE_WITH_ORGANISATION
    legal_basis = LegalBasis.CONSENT
    given_edtf = "2024-08"
    given_by = GivenBy.PERSON
    notice_version = "2"
    notice_language = "ru"


class ExclusionFactory(RecordFactory):
    """A person whom another organisation must not learn of."""

    class Meta:
        model = Exclusion

    class Params:
        lifted = Trait(lifted_at=LazyFunction(clock.now))

    individual = SubFactory(IndividualFactory, organisation=SelfAttribute("..organisation"))
    excluded = SubFactory(OTHER, key="excluded", name="Excluded")
