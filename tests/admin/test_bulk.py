"""Many rows at once: chosen, looked over, confirmed; each as if it were done alone."""

import csv
import io
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from cases import clock
from cases.access.gate import Actor, System, acting_as
from cases.actions import bulk, individuals
from cases.models import AuditEntry, BatchSlot, BulkItem, BulkRun, Individual, QueuedJob, Task
from cases.rules import bulk as rules
from cases.rules.cells import harmless
from cases.vocabulary.bulk import BulkAct, BulkOutcome, BulkState
from cases.vocabulary.individuals import Priority
from cases.vocabulary.organisations import Role
from tests.admin.choosing import LIST, TASKS, choose, confirm, outcomes, run_of
from tests.factories import (
    BatchSlotFactory,
    GrantFactory,
    IndividualFactory,
    IndividualNameFactory,
    RepatriationBatchFactory,
    TaskFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(organisation, client_of):
    return client_of(UserFactory(organisation=organisation, role=Role.SUPERVISOR))


@pytest.fixture
def people(organisation):
    return [IndividualFactory(organisation=organisation) for _ in range(4)]


def test_choosing_writes_nothing_to_the_rows_and_the_page_says_what_would_happen(staff, people):
    Individual.objects.filter(pk=people[0].pk).update(priority="high")

    url = choose(staff, BulkAct.PRIORITY, people)
    page = staff.get(url, {"priority": "high"}).content.decode()

    assert "Set the priority: 3" in page
    assert {row.version for row in Individual.objects.all()} == {1}


def test_confirmed_each_row_gets_its_act_its_version_and_its_entry(staff, people):
    url = choose(staff, BulkAct.PRIORITY, people)

    confirm(staff, url, priority="urgent")

    assert {row.priority for row in Individual.objects.all()} == {Priority.URGENT}
    assert outcomes(url) == [(BulkOutcome.DONE, "")] * 4
    entries = AuditEntry.objects.filter(act="changed", actor_id=staff.user.pk)
    assert {entry.target_id for entry in entries} == {person.pk for person in people}
    began = AuditEntry.objects.get(act="began bulk work")
    assert (began.target_id, began.reason) == (run_of(url).pk, "priority: 4 rows")
    assert run_of(url).state == BulkState.ENDED


def test_cases_are_given_to_a_colleague_or_to_nobody(staff, people):
    colleague = UserFactory(organisation=staff.user.organisation, role=Role.CASEWORKER)

    confirm(staff, choose(staff, BulkAct.ASSIGN, people), assigned_to=str(colleague.pk))
    assert set(Individual.objects.values_list("assigned_to", flat=True)) == {colleague.pk}

    confirm(staff, choose(staff, BulkAct.ASSIGN, people), assigned_to="")
    assert set(Individual.objects.values_list("assigned_to", flat=True)) == {None}


@pytest.mark.parametrize(
    "unfit",
    [{"is_active": False}, {"role": Role.MANAGER}, {"role": Role.PARTNER}],
    ids=["switched off", "a manager", "a partner system"],
)
def test_work_is_given_to_those_who_can_do_it(staff, people, unfit):
    other = UserFactory(**{"organisation": staff.user.organisation, **unfit})
    url = choose(staff, BulkAct.ASSIGN, people)

    answer = confirm(staff, url, assigned_to=str(other.pk))

    assert answer.status_code == 200
    assert "Select a valid choice" in answer.content.decode()
    assert run_of(url).state == BulkState.SELECTED


@pytest.fixture
def cell(organisation, client_of):
    fields = {"role": Role.CASEWORKER, "is_movement_cell": True}
    return client_of(UserFactory(organisation=organisation, **fields))


def test_people_take_the_unnamed_slots_of_a_batch_first_and_then_new_ones(cell, people):
    batch = RepatriationBatchFactory(organisation=cell.user.organisation)
    BatchSlotFactory(batch=batch, number=1)

    confirm(cell, choose(cell, BulkAct.BATCH, people[:3]), batch=str(batch.pk))

    slots = BatchSlot.objects.filter(batch=batch).order_by("number")
    assert [slot.number for slot in slots] == [1, 2, 3]
    assert {slot.individual_id for slot in slots} == {person.pk for person in people[:3]}


def test_who_is_in_another_batch_is_told_of_before_and_after(cell, people):
    batch = RepatriationBatchFactory(organisation=cell.user.organisation)
    BatchSlotFactory(
        batch=RepatriationBatchFactory(organisation=cell.user.organisation),
        individual=people[0],
    )
    url = choose(cell, BulkAct.BATCH, people[:2])

    page = cell.get(url, {"batch": str(batch.pk)}).content.decode()
    confirm(cell, url, batch=str(batch.pk))

    assert rules.IN_ANOTHER_BATCH in page
    assert people[0].case_number in page
    (first, why), second = outcomes(url)
    assert first == BulkOutcome.REFUSED
    assert "batch" in why
    assert second == (BulkOutcome.DONE, "")


def test_a_movement_that_is_not_over_is_the_cell_s_and_the_page_says_so(staff, people):
    batch = RepatriationBatchFactory(organisation=staff.user.organisation)
    url = choose(staff, BulkAct.BATCH, people)

    page = staff.get(url, {"batch": str(batch.pk)}).content.decode()
    confirm(staff, url, batch=str(batch.pk))

    assert rules.FOR_THE_CELL in page
    assert {outcome for outcome, _ in outcomes(url)} == {BulkOutcome.REFUSED}


def test_a_row_that_changed_since_it_was_chosen_is_told_of_and_left_alone(staff, people):
    url = choose(staff, BulkAct.PRIORITY, people)
    individuals.amend(people[1], by=System("tests"), version=None, circumstances="Fled.")

    page = staff.get(url, {"priority": "high"}).content.decode()
    confirm(staff, url, priority="high")

    assert rules.STALE in page
    assert outcomes(url)[1] == (BulkOutcome.REFUSED, rules.STALE)
    assert Individual.objects.get(pk=people[1].pk).priority == Priority.ROUTINE


def test_foreign_shared_restricted_and_invented_ids_are_all_told_alike_but_the_shared(
    staff, people, other_organisation
):
    foreign = IndividualFactory(organisation=other_organisation)
    shared = IndividualFactory(organisation=other_organisation)
    GrantFactory(individual=shared, recipient=staff.user.organisation, level="protected")
    hidden = IndividualFactory(organisation=staff.user.organisation, sensitivity="restricted")
    url = choose(staff, BulkAct.PRIORITY, [foreign, hidden, uuid4(), shared, "no id", people[0]])

    page = staff.get(url, {"priority": "high"}).content.decode()
    confirm(staff, url, priority="high")

    assert hidden.case_number not in page
    assert "Set the priority: 1" in page
    gone = (BulkOutcome.REFUSED, rules.GONE)
    assert outcomes(url)[:3] == [gone, gone, gone]
    assert outcomes(url)[3][0] == BulkOutcome.REFUSED
    assert outcomes(url)[4] == (BulkOutcome.DONE, "")
    untouched = Individual.objects.filter(pk__in=[foreign.pk, shared.pk, hidden.pk])
    assert set(untouched.values_list("priority", flat=True)) == {Priority.ROUTINE}


def test_all_that_match_are_chosen_by_the_list_s_own_filters(staff, people):
    Individual.objects.filter(pk=people[0].pk).update(priority="high")

    url = choose(
        staff, BulkAct.PRIORITY, people[:1], f"{LIST}?priority__exact=routine", select_across="1"
    )

    chosen = BulkItem.objects.filter(run=run_of(url)).values_list("target_id", flat=True)
    assert set(chosen) == {person.pk for person in people[1:]}


def test_no_more_than_can_be_looked_over_are_chosen(staff, people, monkeypatch):
    monkeypatch.setattr(rules, "MOST_ROWS", 3)
    monkeypatch.setattr("cases.admin.bulk.MOST_ROWS", 3)

    answer = staff.post(
        LIST,
        {"action": "priority", "index": "0", "_selected_action": ["x"], "select_across": "1"},
        follow=True,
    )

    assert "Choose 3 rows at most" in answer.content.decode()
    assert not BulkRun.objects.exists()


@pytest.mark.parametrize("rows", [["nonsense"], ["\x00"], []])
def test_nonsense_is_no_choice(staff, rows):
    data = {"action": "priority", "index": "0", "_selected_action": rows}

    answer = staff.post(LIST, data, follow=True)

    assert answer.status_code == 200
    assert not BulkRun.objects.exists()


@pytest.mark.parametrize("role", [Role.MANAGER, Role.AUDITOR])
def test_who_keeps_no_cases_is_offered_nothing_but_the_file(role, organisation, client_of, people):
    client = client_of(UserFactory(organisation=organisation, role=role))

    page = client.get(LIST).content.decode()

    assert "Export as CSV" in page
    assert "Set the priority" not in page
    client.post(LIST, {"action": "priority", "index": "0", "_selected_action": [people[0].pk]})
    assert not BulkRun.objects.exists()


def test_a_run_is_there_for_whoever_chose_it_alone(staff, people, client_of):
    url = choose(staff, BulkAct.PRIORITY, people)
    colleague = client_of(UserFactory(organisation=staff.user.organisation, role=Role.SUPERVISOR))

    assert colleague.get(url).status_code == 404
    assert confirm(colleague, url, priority="high").status_code == 404
    run = run_of(url)
    for act in (
        lambda by: bulk.start(run, by=by, priority="high"),
        lambda by: bulk.try_next(run, by=by),
        lambda by: bulk.export(run, by=by, found=[]),
    ):
        with pytest.raises(PermissionDenied, match="somebody else"):
            act(Actor.of(colleague.user))


def test_confirmed_twice_it_is_done_once(staff, people):
    url = choose(staff, BulkAct.PRIORITY, people)
    run = run_of(url)
    with acting_as(Actor.of(staff.user)) as by:
        bulk.start(run, by=by, priority="high")
        with pytest.raises(ValidationError, match="confirmed already"):
            bulk.start(run, by=by, priority="urgent")

    assert QueuedJob.objects.count() == 1


# --- Tasks ---


def test_tasks_are_given_away_and_finished_together(staff, people):
    tasks = [TaskFactory(individual=person) for person in people[:2]]
    ended = TaskFactory(individual=people[2], done=True)
    dropped = TaskFactory(individual=people[3], state="dropped", done_at=clock.now())
    colleague = UserFactory(organisation=staff.user.organisation, role=Role.CASEWORKER)

    url = choose(staff, BulkAct.ASSIGN_TASKS, tasks, TASKS)
    confirm(staff, url, assigned_to=str(colleague.pk))
    assert {row.assigned_to_id for row in Task.objects.filter(state="open")} == {colleague.pk}

    url = choose(staff, BulkAct.FINISH_TASKS, [*tasks, ended, dropped], TASKS)
    page = staff.get(url).content.decode()
    confirm(staff, url)

    assert "Mark as done: 2" in page
    assert [outcome for outcome, _ in outcomes(url)] == ["done", "done", "unchanged", "refused"]
    assert "was dropped" in outcomes(url)[3][1]


# --- The file ---


def exported(client, rows):
    url = choose(client, BulkAct.EXPORT, rows)
    assert "Export as CSV: " in client.get(url).content.decode()
    answer = confirm(client, url)
    text = answer.content.decode("utf-8-sig")
    return answer, list(csv.DictReader(io.StringIO(text)))


def test_the_file_holds_what_its_reader_reads_in_lists_and_is_on_record(staff, people):
    IndividualNameFactory(individual=people[0], text="=HYPERLINK(1)")

    answer, rows = exported(staff, people)

    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert [row["case_number"] for row in rows] == [person.case_number for person in people]
    assert rows[0]["names"] == "'=HYPERLINK(1)"
    assert "circumstances" not in rows[0]
    entry = AuditEntry.objects.get(act="exported")
    assert (entry.actor_id, entry.reason) == (staff.user.pk, "4 cases as CSV")
    kept = BulkItem.objects.filter(run=entry.target_id, outcome=BulkOutcome.DONE)
    assert {item.target_id for item in kept} == {person.pk for person in people}


@pytest.mark.parametrize(
    ("role", "hidden"),
    [(Role.MANAGER, {"names", "sex"}), (Role.AUDITOR, {"names", "sex", "return_status"})],
)
def test_the_file_goes_no_further_than_its_reader(role, hidden, organisation, client_of, people):
    client = client_of(UserFactory(organisation=organisation, role=role))
    IndividualNameFactory(individual=people[0], text="Qzvkxname")

    answer, rows = exported(client, people)

    assert not hidden & rows[0].keys()
    assert b"Qzvkx" not in answer.content


def test_a_shared_person_is_in_the_file_as_far_as_the_grant_goes(staff, people, other_organisation):
    shared = IndividualFactory(organisation=other_organisation, sex="female")
    GrantFactory(individual=shared, recipient=staff.user.organisation, level="operational")

    _, rows = exported(staff, [shared, people[0]])

    assert rows[0]["case_number"] == shared.case_number
    assert rows[0]["sex"] == ""


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(text):
    assert harmless(text) == f"'{text}"
    assert harmless("Иван") == "Иван"
