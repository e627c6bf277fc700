"""My work today: one's own tasks by day, done in place, and nothing that one may not read."""

from datetime import timedelta

import pytest

from cases import clock
from cases.access.gate import Actor, acting_as
from cases.admin.idempotency import new_key
from cases.models import AuditEntry, Task
from cases.queries import today
from cases.vocabulary.casework import TaskState
from cases.vocabulary.organisations import Role
from tests.factories import (
    IndividualFactory,
    IndividualNameFactory,
    StatusEventFactory,
    TaskFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
PAGE = "/admin/today/"


@pytest.fixture
def staff(organisation, client_of):
    user = UserFactory(organisation=organisation, role=Role.CASEWORKER)
    return client_of(user)


def task_of(user, days=0, **fields):
    fields.setdefault("individual", IndividualFactory(organisation=user.organisation))
    due = None if days is None else clock.today() + timedelta(days=days)
    return TaskFactory(assigned_to=user, due_on=due, **fields)


def read(user):
    with acting_as(Actor.of(user)):
        return today.of_actor(on=clock.today())


def test_each_task_stands_in_its_span(staff):
    wanted = {"overdue": -1, "today": 0, "week": 7, "later": 8, "undated": None}
    made = {key: task_of(staff.user, days) for key, days in wanted.items()}
    TaskFactory(individual=made["today"].individual, done=True, assigned_to=staff.user)
    task_of(UserFactory(organisation=staff.user.organisation))

    groups = read(staff.user).groups

    assert {group.key: [task.id for task in group.tasks] for group in groups} == {
        key: [task.pk] for key, task in made.items()
    }


def test_the_page_shows_why_a_rule_set_a_task(staff):
    day = clock.today() - timedelta(days=40)
    person = IndividualFactory(organisation=staff.user.organisation)
    task_of(staff.user, individual=person, rule="no_contact", subject_id=person.pk, occasion=day)

    assert f"No contact since {day:%-d %B %Y}." in staff.get(PAGE).content.decode()


def test_own_cases_without_a_next_step_are_listed(staff):
    def case(**fields):
        given = {"organisation": staff.user.organisation, "assigned_to": staff.user}
        return IndividualFactory(**{**given, "work_status": "open", **fields})

    idle, planned = case(), case()
    TaskFactory(individual=planned)
    TaskFactory(individual=idle, done=True)
    case(work_status="closed")
    case(assigned_to=None)

    found = read(staff.user)

    assert [row.id for row in found.without_next_step] == [idle.pk]
    assert idle.case_number in staff.get(PAGE).content.decode()


def test_a_second_person_sees_what_waits_for_one(organisation, client_of):
    pending = IndividualFactory(organisation=organisation, work_status="pending_closure")
    for role, is_there in ((Role.SUPERVISOR, True), (Role.CASEWORKER, False)):
        user = UserFactory(organisation=organisation, role=role)
        assert [row.id for row in read(user).to_decide] == ([pending.pk] if is_there else [])
        assert (pending.case_number in client_of(user).get(PAGE).content.decode()) == is_there


def test_what_one_proposed_oneself_waits_for_somebody_else(organisation):
    user = UserFactory(organisation=organisation, role=Role.SUPERVISOR)
    person = IndividualFactory(organisation=organisation, work_status="pending_closure")
    StatusEventFactory(
        individual=person, axis="work", to_status="pending_closure", recorded_by=user
    )

    assert read(user).to_decide == ()


def test_a_restricted_person_is_not_there_for_whoever_is_not_cleared(staff):
    person = IndividualFactory(
        organisation=staff.user.organisation, sensitivity="restricted", assigned_to=staff.user,
        work_status="open",
    )  # fmt: skip
    task_of(staff.user, individual=person, title="Qzvkxtitle")

    page = staff.get(PAGE).content.decode()

    assert read(staff.user).is_empty
    assert "Qzvkxtitle" not in page
    assert person.case_number not in page


@pytest.mark.parametrize("role", [Role.MANAGER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_who_reads_no_names_sees_none(role, organisation, client_of):
    user = UserFactory(organisation=organisation, role=role)
    person = IndividualFactory(organisation=organisation, assigned_to=user, work_status="open")
    IndividualNameFactory(individual=person, text="Qzvkxname")
    task_of(user, individual=person, title="Qzvkxtitle")

    page = client_of(user).get(PAGE)

    assert page.status_code == 200
    assert b"Qzvkx" not in page.content


def test_the_number_of_queries_does_not_grow_with_the_tasks(staff, django_assert_max_num_queries):
    def fill():
        for days in (-1, 0, 3, 30, None):
            person = IndividualFactory(
                organisation=staff.user.organisation, assigned_to=staff.user, work_status="open"
            )
            IndividualNameFactory(individual=person)
            task_of(staff.user, days)

    fill()
    with acting_as(Actor.of(staff.user)), django_assert_max_num_queries(12):
        today.of_actor(on=clock.today())
    for _ in range(3):
        fill()
    with acting_as(Actor.of(staff.user)), django_assert_max_num_queries(12):
        today.of_actor(on=clock.today())


# --- Done in place ---


def send(client, task, deed, **given):
    data = {"version": task.version, "once": new_key(), "back": "today", **given}
    return client.post(f"/admin/cases/task/{task.pk}/do/{deed}/", data)


def test_done_in_place_leads_back(staff):
    task = task_of(staff.user)

    answer = send(staff, task, "finish")

    assert (answer.status_code, answer.url) == (302, PAGE)
    assert Task.objects.get().state == TaskState.DONE


def test_without_coming_from_there_it_leads_to_the_case(staff):
    task = task_of(staff.user)

    answer = send(staff, task, "finish", back="")

    assert str(task.individual_id) in answer.url


def test_put_off_with_a_day_and_a_reason(staff):
    task = task_of(staff.user)
    later = clock.today() + timedelta(days=5)

    send(staff, task, "postpone", due_on=later.isoformat(), reason="The shelter is closed.")

    row = Task.objects.get()
    assert (row.due_on, row.postponed_because) == (later, "The shelter is closed.")
    assert "The shelter is closed." in staff.get(PAGE).content.decode()
    assert AuditEntry.objects.filter(target_id=task.pk).get().changed == "due_on postponed_because"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"due_on": "2020-01-01", "reason": "x"}, "Choose a day that is later"),
        ({"due_on": "2099-01-01", "reason": "  "}, "required"),
        ({"due_on": "tomorrow", "reason": "x"}, "valid date"),
    ],
)
def test_a_refused_postponement_says_why_and_writes_nothing(staff, given, sentence):
    task = task_of(staff.user)

    answer = send(staff, task, "postpone", **given)

    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert Task.objects.get().version == 1


def test_handed_over_to_a_colleague_and_gone_from_the_page(staff):
    task = task_of(staff.user)
    colleague = UserFactory(organisation=staff.user.organisation, role=Role.CASEWORKER)

    send(staff, task, "reassign", assigned_to=str(colleague.pk))

    assert Task.objects.get().assigned_to_id == colleague.pk
    assert read(staff.user).is_empty


def test_a_stale_form_says_that_somebody_was_quicker(staff):
    task = task_of(staff.user)
    send(staff, task, "postpone", due_on="2099-01-01", reason="Waiting.")

    answer = send(staff, task, "finish")

    assert "changed by somebody else" in answer.content.decode()
    assert Task.objects.get().state == TaskState.OPEN


@pytest.mark.parametrize("deed", ["finish", "postpone", "reassign"])
def test_what_has_ended_is_closed_to_all_of_it(staff, deed):
    task = task_of(staff.user, done=True)

    assert (
        "has ended already" in staff.get(f"/admin/cases/task/{task.pk}/do/{deed}/").content.decode()
    )
