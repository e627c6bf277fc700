"""Files taken in: row by row, all or nothing, twice, checked first, killed and taken up again."""


import pytest

from cases.models import ImportKey, Individual, IndividualName
from cases.vocabulary.organisations import Role
from tests.imports.running import imported, many, people

pytestmark = pytest.mark.django_db
BAD = "B1;Анна;хх;1980;"


@pytest.fixture
def keeper(actor_of):
    return actor_of(Role.CASEWORKER)


def test_people_are_taken_in_with_their_names(keeper):
    run = imported(keeper, people("1;Анна Ковальчук;ж;01.02.1990;Бачили в Сумах.", "2;Bob;m;;"))

    assert (run.state, run.rows_added, run.rows_refused) == ("ended", 2, 0)
    anna = Individual.objects.get(names__text="Анна Ковальчук")
    assert (anna.sex, anna.birth_edtf, anna.recorded_by_id) == (
        "female",
        "1990-02-01",
        keeper.user_id,
    )
    assert anna.organisation_id == keeper.organisation_id
    assert set(IndividualName.objects.values_list("language_tag", flat=True)) == {
        "und-Cyrl",
        "und-Latn",
    }


def test_the_same_file_again_changes_nothing(keeper):
    content = people(*many(7), "X99;Анна;ж;1980;")

    imported(keeper, content)
    again = imported(keeper, content)

    assert (again.rows_added, again.rows_unchanged) == (0, 8)
    assert Individual.objects.count() == 8
    assert ImportKey.objects.count() == 8
