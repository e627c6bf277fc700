"""Who is one person and who is two, in the reports: so it stands, and so it is kept apart."""

import pytest
from django.core.exceptions import ValidationError

from cases.access.gate import System
from cases.actions import merges
from cases.models import Contact, Individual, Official, Organisation
from cases.queries import duplicates
from cases.vocabulary.individuals import Identification
from tests.factories import IndividualFactory, IndividualNameFactory

pytestmark = pytest.mark.usefixtures("loaded")


def named(*texts):
    desk = Organisation.objects.get(key="a")
    person = IndividualFactory(organisation=desk)
    for text in texts:
        IndividualNameFactory(individual=person, text=text, language_tag="en-Latn")
    return person


def people(candidates):
    return [one.person for one in candidates]


def test_the_mother_is_not_the_grandmother():
    """Taken in as a case, she is like nobody; the grandmother has no name that could be hers."""
    mother = Contact.objects.get()
    grandmother = Individual.objects.get(identification=Identification.DESCRIBED)

    assert people(duplicates.among([mother.name])) == []
    assert people(duplicates.of(named(mother.name))) == []
    assert people(duplicates.of(grandmother)) == []


def test_the_grandmother_is_not_the_child():
    grandmother = Individual.objects.get(identification=Identification.DESCRIBED)
    child = grandmother.links_from_family.get().individual

    for kept, duplicate in ((child, grandmother), (grandmother, child)):
        with pytest.raises(ValidationError, match="two people"):
            merges.merge(
                kept, by=System("tests"), version=None, duplicate=duplicate, reason="One sentence."
            )


def test_two_smirnov_names_are_one_man_by_what_is_recorded_and_not_by_the_surname():
    texts = [name.text for name in Official.objects.get(name__startswith="Smirnov").names.all()]
    assert sorted(texts) == ["Alexei Smirnov", "Sergei Smirnov"]

    one, other = (named(text) for text in texts)
    assert people(duplicates.of(one)) == people(duplicates.of(other)) == []

    both = named(*texts)
    assert set(people(duplicates.among(["Сергей Смирнов"]))) >= {both}
    assert set(people(duplicates.among(["Алексей Смирнов"]))) >= {both}
