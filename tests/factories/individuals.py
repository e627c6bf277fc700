"""People, names, contacts and ties."""

from factory.declarations import SelfAttribute, Sequence, SubFactory, Trait

from cases.models import Contact, FamilyLink, Individual, IndividualName
from cases.rules.individuals import case_number
from cases.vocabulary.individuals import (
    CaseSensitivity,
    Certainty,
    FamilyTie,
    Identification,
    Sex,
)
from cases.vocabulary.status import ReturnStatus, WorkStatus
from tests.factories.base import RecordFactory


class IndividualFactory(RecordFactory):
    """A person reported, whose case is a draft."""

    class Meta:
        model = Individual

    class Params:
        restricted = Trait(sensitivity=CaseSensitivity.RESTRICTED)
        child = Trait(age_as_stated=3, age_as_of_edtf="2024-11-22")
        described = Trait(identification=Identification.DESCRIBED)
        opened = Trait(work_status=WorkStatus.OPEN)
        held = Trait(work_status=WorkStatus.OPEN, return_status=ReturnStatus.LOCATED_HELD)
        listed = Trait(work_status=WorkStatus.OPEN, return_status=ReturnStatus.LISTED_FOR_RETURN)
        returned = Trait(
            work_status=WorkStatus.OPEN, return_status=ReturnStatus.RETURNED_TO_COUNTRY
        )
        home = Trait(work_status=WorkStatus.CLOSED, return_status=ReturnStatus.HOME)

    case_number = Sequence(lambda n: case_number(500_000 + n))
    sex = Sex.FEMALE


class IndividualNameFactory(RecordFactory):
    class Meta:
        model = IndividualName

    individual = SubFactory(IndividualFactory, organisation=SelfAttribute("..organisation"))
    text = Sequence(lambda n: f"Анна Петрова {n}")
    language_tag = "ru-Cyrl"


class ContactFactory(RecordFactory):
    class Meta:
        model = Contact

    class Params:
        confidential = Trait(is_confidential=True)

    reference = Sequence(lambda n: f"contact-{n}")
    name = Sequence(lambda n: f"Мария Петрова {n}")


class FamilyLinkFactory(RecordFactory):
    """A mother who is a case of her own; the inverse tie is the action's business."""

    class Meta:
        model = FamilyLink

    class Params:
        confirmed = Trait(certainty=Certainty.CONFIRMED)
        to_contact = Trait(
            relative=None,
            contact=SubFactory(ContactFactory, organisation=SelfAttribute("..organisation")),
        )

    individual = SubFactory(IndividualFactory, organisation=SelfAttribute("..organisation"))
    relative = SubFactory(IndividualFactory, organisation=SelfAttribute("..organisation"))
    tie = FamilyTie.MOTHER
