"""People, ties and their steps."""

from datetime import date
from typing import Any

import pytest

from cases.access.gate import System, acting_as
from cases.actions import assistance, casework, individuals, status
from cases.models import FamilyLink, Individual, IndividualName, StatusEvent
from cases.vocabulary.individuals import Certainty, FamilyTie
from cases.vocabulary.organisations import Role
from cases.vocabulary.status import Axis, ReturnStatus, WorkStatus
from tests.factories import (
    ContactFactory,
    FamilyLinkFactory,
    StatusEventFactory,
    TaskFactory,
)
from tests.refusals import sentence_of

pytestmark = pytest.mark.django_db
R, W = ReturnStatus, WorkStatus
SEEN: dict[str, Any] = {"observation": "The family rang."}


@pytest.fixture
def worker(as_actor):
    with as_actor(Role.CASEWORKER) as actor:
        yield actor


def test_a_person_is_registered_with_names_and_a_number(worker):
    name = {"text": "Анна Белова", "language_tag": "ru-Cyrl"}

    person = individuals.register(by=worker, names=[name], sex="female")

    assert (person.case_number, person.version) == ("C-000001-95", 1)
    assert (person.return_status, person.work_status) == (R.REPORTED, W.DRAFT)
    assert IndividualName.objects.get().search_key == "ana belova"


def test_what_is_kept_on_a_person_can_be_mended(worker):
    person = individuals.register(by=worker)
    name = individuals.add_name(
        by=worker, individual=person, text="Анна", language_tag="ru-Cyrl", part="given"
    )
    contact = individuals.add_contact(by=worker, reference="mother-1", name="Мария")
    note = casework.write_note(by=worker, individual=person, text="Rang.")

    individuals.amend(person, by=worker, version=1, priority="high")
    individuals.amend_name(name, by=worker, version=1, text="Алла")
    individuals.amend_contact(contact, by=worker, version=1, remarks="Rings on Mondays.")
    casework.amend_note(note, by=worker, version=1, text="Rang twice.")

    assert Individual.objects.get().priority == "high"
    assert IndividualName.objects.get().search_key == "ala"


def test_a_tie_between_two_cases_is_recorded_from_both_ends(worker):
    child, mother = individuals.register(by=worker), individuals.register(by=worker)

    individuals.link_family(by=worker, individual=child, relative=mother, tie=FamilyTie.MOTHER)

    assert {(tie.individual, tie.tie) for tie in FamilyLink.objects.all()} == {
        (child, FamilyTie.MOTHER),
        (mother, FamilyTie.CHILD),
    }


@pytest.mark.parametrize("end", [FamilyTie.MOTHER, FamilyTie.CHILD])
def test_a_tie_is_confirmed_at_both_ends_from_either(worker, end):
    child, mother = individuals.register(by=worker), individuals.register(by=worker)
    individuals.link_family(by=worker, individual=child, relative=mother, tie=FamilyTie.MOTHER)

    tie = FamilyLink.objects.get(tie=end)
    individuals.amend_family_link(tie, by=worker, version=1, certainty=Certainty.CONFIRMED)

    ties = FamilyLink.objects.values_list("tie", "certainty")
    assert set(ties) == {("mother", "confirmed"), ("child", "confirmed")}


def test_a_tie_that_becomes_another_turns_its_inverse(worker):
    one, other = individuals.register(by=worker), individuals.register(by=worker)
    tie = individuals.link_family(by=worker, individual=one, relative=other, tie=FamilyTie.SPOUSE)

    individuals.amend_family_link(tie, by=worker, version=1, tie=FamilyTie.SIBLING)

    assert set(FamilyLink.objects.values_list("tie", flat=True)) == {FamilyTie.SIBLING}


def test_a_tie_keeps_its_people(worker):
    one, other = individuals.register(by=worker), individuals.register(by=worker)
    tie = individuals.link_family(by=worker, individual=one, relative=other, tie=FamilyTie.SPOUSE)

    said = sentence_of(individuals.amend_family_link, tie, by=worker, version=1, relative=one)

    assert said == "A tie keeps its two people. Record another tie instead."


def test_a_tie_to_a_contact_has_no_inverse(worker):
    person = individuals.register(by=worker)
    contact = individuals.add_contact(by=worker, reference="aunt", name="Ольга")

    tie = individuals.link_family(
        by=worker, individual=person, contact=contact, tie=FamilyTie.RELATIVE
    )
    individuals.amend_family_link(tie, by=worker, version=1, remarks="By telephone.")

    assert FamilyLink.objects.get() == tie


def test_a_step_moves_the_case_and_stays_on_record(worker):
    person = individuals.register(by=worker)

    event = status.record(by=worker, individual=person, to_status=R.LOCATED_HELD, **SEEN)

    person.refresh_from_db()
    assert (person.return_status, person.version) == (R.LOCATED_HELD, 2)
    assert (event.from_status, event.to_status) == (R.REPORTED, R.LOCATED_HELD)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"to_status": R.REPORTED}, "A case is “Reported” already."),
        ({"to_status": R.HOME, "axis": "sideways"}, "“sideways” is not an axis."),
        ({"to_status": W.OPEN, "axis": Axis.RETURN}, "“open” is not a status of this axis."),
        ({"to_status": R.HOME, "observation": ""}, "Give a statement, or say what staff saw"),
    ],
)
def test_a_refused_step_writes_nothing(worker, fields, said):
    person = individuals.register(by=worker)

    assert sentence_of(
        status.record, by=worker, individual=person, **{**SEEN, **fields}
    ).startswith(said)
    assert not StatusEvent.objects.exists()
    assert Individual.objects.get().version == 1


def test_an_event_sets_right_one_of_the_same_person(worker):
    person = individuals.register(by=worker)
    with acting_as(System("tests")):
        other = StatusEventFactory()

    said = sentence_of(
        status.record,
        by=worker,
        individual=person,
        to_status=R.HOME,
        corrects=other,
        **SEEN,
    )
    assert said == "An event sets right one of the same person. Choose another."


@pytest.mark.parametrize("birth", ["2015", ""])
def test_a_child_goes_to_confirmed_family_only(worker, birth, now):
    age: dict[str, Any] = {} if birth else {"age_as_stated": 9, "age_as_of_edtf": "2024"}
    person = individuals.register(by=worker, birth_edtf=birth, **age)
    step = {"individual": person, "to_status": R.WITH_FAMILY, **SEEN}

    with now(2024, 11, 22):
        assert "A minor goes “with family” only" in sentence_of(status.record, by=worker, **step)
        with acting_as(System("tests")):
            FamilyLinkFactory(individual=person, to_contact=True, confirmed=True)
        status.record(by=worker, **step)
    assert Individual.objects.get().return_status == R.WITH_FAMILY


def test_help_moves_on(worker):
    person = individuals.register(by=worker)

    given = assistance.record(by=worker, individual=person, kind="documents", stage="needed")
    assistance.amend(given, by=worker, version=1, stage="delivered")

    assert given.stage == "delivered"


def test_a_task_that_ends_says_when(worker, now):
    task = casework.add_task(by=worker, title="Call")
    with now(2024, 11, 22):
        casework.amend_task(task, by=worker, version=1, state="done")
    assert f"{task.done_at:%F}" == "2024-11-22"

    casework.amend_task(task, by=worker, version=2, title="Call again")
    assert f"{task.done_at:%F}" == "2024-11-22"
    casework.amend_task(task, by=worker, version=3, state="open")
    assert task.done_at is None


def test_another_organisations_contact_is_no_relative(worker, other_organisation):
    person = individuals.register(by=worker)
    with acting_as(System("tests")):
        contact = ContactFactory(organisation=other_organisation)

    said = sentence_of(
        individuals.link_family, by=worker, individual=person, contact=contact, tie="relative"
    )
    assert "is not a valid choice" in said


def test_a_to_do_is_not_put_off_without_a_reason(worker):
    task = TaskFactory(organisation_id=worker.organisation_id)

    said = sentence_of(
        casework.postpone, task, by=worker, version=None, due_on=date(2999, 1, 1), reason="  "
    )

    assert said.startswith("Say why it waits")
