"""Files taken in: row by row, all or nothing, twice, checked first, killed and taken up again."""

import random

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage

from cases.access.gate import acting_as
from cases.actions import import_rows, imports
from cases.jobs import import_portions as jobs
from cases.models import AuditEntry, ImportKey, ImportRow, Individual, IndividualName, User
from cases.queries.imports import problems
from cases.vocabulary.organisations import Role
from tests.imports.running import begun, imported, many, people, to_the_end, told, uploaded

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


@pytest.mark.parametrize("place", [0, 5, 11])
def test_all_or_nothing_adds_nothing_with_one_bad_row(keeper, place):
    rows = many(11)
    rows.insert(place, BAD)

    run = imported(keeper, people(*rows), mode="whole")

    assert (run.state, run.rows_added, run.rows_refused) == ("refused", 0, 1)
    assert not Individual.objects.exists()
    assert not ImportKey.objects.exists()
    assert [row.number for row in problems(run)] == [place + 2]


def test_all_or_nothing_adds_all_where_all_are_good(keeper):
    run = imported(keeper, people(*many(12)), mode="whole")

    assert (run.state, run.rows_added) == ("ended", 12)
    assert Individual.objects.count() == 12


def test_row_by_row_adds_the_good_rows_and_says_what_is_wrong_with_the_others(keeper):
    run = imported(keeper, people("1;Анна;ж;1980;", BAD, "3;Ольга;ж;1980-99;", "4;Іван;м;;"))

    rows = told(run)
    assert [rows[n][0] for n in sorted(rows)] == ["added", "refused", "refused", "added"]
    assert rows[3][1] == "sex: “хх” is not one of: female, male, other, unknown."
    assert rows[4][1].startswith("birth_edtf: “1980-99” is not a date")


def test_a_changed_row_of_the_same_id_is_refused_and_a_row_without_id_is_known_by_all_it_says(
    keeper,
):
    imported(keeper, people("1;Анна;ж;1980;", ";Ольга;ж;1981;"))
    run = imported(keeper, people("1;Анна;ж;1999;", ";Ольга;ж;1981;", ";Ольга;ж;1982;"))

    rows = told(run)
    assert [rows[n][0] for n in sorted(rows)] == ["refused", "unchanged", "added"]
    assert "external id was added before" in rows[2][1]


def test_a_dry_run_writes_nothing_and_says_what_the_run_will_say(keeper):
    content = people("1;Анна;ж;1980;", BAD, "1;Анна;ж;1980;")
    run = uploaded(keeper, content)
    checked = to_the_end(begun(keeper, run, is_dry=True))

    assert checked.state == "checked"
    assert (checked.rows_added, checked.rows_unchanged, checked.rows_refused) == (1, 1, 1)
    assert not Individual.objects.exists()
    assert not ImportKey.objects.exists()
    before = told(checked)
    done = to_the_end(begun(keeper, checked))
    assert told(done)[3] == before[3]
    assert (done.rows_added, done.rows_unchanged, done.rows_refused) == (1, 1, 1)


def test_a_dry_run_names_likely_duplicates(keeper):
    imported(keeper, people("1;Анна Ковальчук;ж;1980;"))
    run = uploaded(keeper, people("2;Anna Kovalchuk;ж;1980;"))
    checked = to_the_end(begun(keeper, run, is_dry=True))

    with acting_as(keeper):
        found = problems(checked)
    assert found[0].alike.startswith("C-000001-")


def test_a_killed_run_is_taken_up_again_and_adds_each_row_once(keeper, monkeypatch):
    monkeypatch.setattr(jobs, "MANY", 7)
    run = begun(keeper, uploaded(keeper, people(*many(60))))
    dice = random.Random(7)  # noqa: S311 - no secret
    kills = 0
    names = ("_claim", "_note", "_many")
    while kills < 20:
        name = dice.choice(names)
        real, left = getattr(import_rows, name), iter([None] * dice.randrange(3))

        def killing(*args, _real=real, _left=left, **kwargs):
            done = _real(*args, **kwargs)
            if next(_left, "now") == "now":
                raise KeyboardInterrupt
            return done

        with monkeypatch.context() as patch:
            patch.setattr(import_rows, name, killing)
            try:
                to_the_end(run)
            except KeyboardInterrupt:
                kills += 1
            else:
                break
    done = to_the_end(run)

    assert kills >= 3
    assert (done.state, done.rows_added) == ("ended", 60)
    assert Individual.objects.count() == 60
    assert ImportRow.objects.filter(run=run).count() == 60


def test_the_file_is_locked_on_the_disk_and_gone_when_the_run_is_over(keeper):
    run = uploaded(keeper, people("1;Анна Ковальчук;ж;1980;"))
    with default_storage.open(run.stored_name) as file:
        assert "Ковальчук".encode() not in file.read()
    with acting_as(keeper):
        assert "Ковальчук".encode() in imports.content_of(run)


def test_rights_that_are_lost_stop_the_run_with_a_sentence(keeper):
    run = begun(keeper, uploaded(keeper, people(*many(3))))
    User.objects.filter(pk=keeper.user_id).update(role=Role.MANAGER)

    done = to_the_end(run)

    assert (done.state, done.why) == ("stopped", "Whoever started this may no longer do it.")
    assert not Individual.objects.exists()


def test_nobody_goes_on_with_a_file_of_somebody_else(keeper, actor_of):
    run = uploaded(keeper, people(*many(3)))

    with pytest.raises(PermissionDenied, match="somebody else uploaded"):
        begun(actor_of(Role.CASEWORKER), run)


def test_a_manager_takes_no_file_in(actor_of):
    with pytest.raises(PermissionDenied):
        uploaded(actor_of(Role.MANAGER), people(*many(1)))


def test_a_row_that_says_where_the_case_stands_is_refused(keeper):
    content = "name,status\nАнна,returned_to_country\nОльга,\n".encode()

    rows = told(imported(keeper, content))

    assert [rows[n][0] for n in sorted(rows)] == ["refused", "added"]
    assert "Leave this column out" in rows[2][1]


def test_each_person_of_an_import_is_in_the_trail(keeper):
    imported(keeper, people(*many(4)))

    entries = AuditEntry.objects.filter(act="recorded", model="individual")
    assert entries.count() == 4
    assert set(entries.values_list("actor_id", flat=True)) == {keeper.user_id}
