"""Cases ask for what is due, once, and stop asking by themselves."""

from datetime import timedelta

import pytest

from cases import clock
from cases.access.gate import System, acting_as
from cases.actions import assistance, casework, grants, individuals, reminders
from cases.jobs import reminders as job
from cases.jobs.runner import run_now
from cases.models import AuditEntry, Individual, Task
from cases.outbox import Job
from cases.queries import reminders as asked
from cases.vocabulary.casework import Reminder, TaskState
from cases.vocabulary.individuals import Priority
from cases.vocabulary.organisations import Role
from tests.factories import (
    AssistanceFactory,
    BodyFactory,
    GrantFactory,
    IndividualFactory,
    NoteFactory,
    StatusEventFactory,
    TaskFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(days=100)


@pytest.fixture
def silent(organisation):
    """Give an urgent open case, recorded long ago, with nothing since; and who works on it."""
    keeper = UserFactory(organisation=organisation, role=Role.CASEWORKER)
    with clock.fixed(clock.now() - LONG_AGO):
        return IndividualFactory(
            organisation=organisation,
            work_status="open",
            priority=Priority.URGENT,
            assigned_to=keeper,
        )


def remind():
    run_now(Job.REMIND)


def reminded(rule=None):
    rows = Task.objects.exclude(rule="").order_by("recorded_at", "pk")
    return list(rows.filter(rule=rule) if rule else rows)


def test_a_silent_case_asks_for_contact_and_says_why(silent):
    remind()

    (task,) = reminded()
    assert task.rule == Reminder.NO_CONTACT
    assert task.individual_id == silent.pk
    assert task.assigned_to_id == silent.assigned_to_id
    assert task.due_on == clock.today()
    assert task.recorded_by_id is None
    assert task.why == f"No contact since {silent.recorded_at:%-d %B %Y}."


def test_it_asks_once_however_often_it_is_looked_at(silent):
    for _ in range(3):
        remind()

    assert len(reminded()) == 1


def test_it_asks_once_also_where_two_workers_look_at_the_same_moment(silent):
    people = [Individual.objects.get(pk=silent.pk)]
    (due,) = asked.due(people, on=clock.today())

    made = [reminders.remind(by=System("tests"), due=due) for _ in range(2)]

    assert [task is not None for task in made] == [True, False]
    assert len(reminded()) == 1


def test_the_database_holds_a_reminder_to_once(silent):
    remind()
    twin = reminded()[0]
    twin.pk = None
    twin._state.adding = True
    twin.id = TaskFactory.build().id

    with pytest.raises(Exception, match=r"(?i)unique"):
        twin.save(force_insert=True)


def test_a_dropped_reminder_is_not_set_again_for_the_same_occasion(silent):
    remind()
    casework.amend_task(reminded()[0], by=System("tests"), version=None, state=TaskState.DROPPED)

    remind()

    assert [task.state for task in reminded()] == [TaskState.DROPPED]


@pytest.mark.parametrize(
    "contact",
    [
        lambda person: NoteFactory(individual=person),
        lambda person: StatusEventFactory(individual=person),
        lambda person: AssistanceFactory(individual=person),
        lambda person: TaskFactory(individual=person, done=True),
    ],
    ids=["a note", "a status", "help", "a task that was done"],
)
def test_contact_ends_the_reminder_by_itself(silent, contact):
    remind()
    contact(silent)

    remind()

    (task,) = reminded()
    assert task.state == TaskState.DROPPED
    assert task.done_at is not None
    entry = AuditEntry.objects.filter(target_id=task.pk).order_by("-number").first()
    assert entry is not None
    assert (entry.act, entry.actor) == ("changed", "system: reminding")


def test_an_edit_is_no_contact(silent):
    remind()
    person = Individual.objects.get(pk=silent.pk)
    individuals.amend(person, by=System("tests"), version=None, circumstances="Fled.")

    remind()

    assert reminded()[0].state == TaskState.OPEN


def test_a_done_reminder_is_contact_and_it_asks_again_only_after_the_next_silence(silent):
    remind()
    casework.finish(reminded()[0], by=System("tests"), version=None)
    remind()
    assert len(reminded()) == 1

    with clock.fixed(clock.now() + timedelta(days=8)):
        remind()

    assert [task.state for task in reminded()] == [TaskState.DONE, TaskState.OPEN]


@pytest.mark.parametrize("status", ["draft", "on_hold", "pending_closure", "closed"])
def test_a_case_that_is_not_worked_on_asks_for_no_contact(silent, status):
    Individual.objects.filter(pk=silent.pk).update(work_status=status)

    remind()

    assert reminded() == []


def test_a_reminder_ends_with_its_case(silent):
    remind()
    Individual.objects.filter(pk=silent.pk).update(work_status="closed")

    remind()

    assert reminded()[0].state == TaskState.DROPPED


def test_promised_help_asks_when_its_day_is_over_and_stops_when_it_comes(organisation):
    person = IndividualFactory(organisation=organisation, work_status="open")
    day = clock.today() - timedelta(days=2)
    row = AssistanceFactory(
        individual=person, stage="promised", due_edtf=day.isoformat(), provider=BodyFactory()
    )

    remind()
    (task,) = reminded()
    assert (task.rule, task.subject_id, task.occasion) == ("promise_overdue", row.pk, day)

    assistance.amend(row, by=System("tests"), version=None, stage="delivered")
    remind()
    assert reminded()[0].state == TaskState.DROPPED


def test_a_share_that_ends_soon_asks_and_stops_when_it_is_revoked(organisation, other_organisation):
    person = IndividualFactory(organisation=organisation, work_status="open")
    ends = clock.now() + timedelta(days=10)
    grant = GrantFactory(individual=person, recipient=other_organisation, expires_at=ends)

    remind()
    (task,) = reminded()
    assert (task.rule, task.subject_id) == ("grant_ending", grant.pk)
    assert task.due_on == ends.date() - timedelta(days=1)

    grants.revoke(grant, by=System("tests"), version=None)
    remind()
    assert reminded()[0].state == TaskState.DROPPED


def test_a_worker_killed_between_two_tasks_loses_none_and_sets_none_twice(
    organisation, monkeypatch
):
    with clock.fixed(clock.now() - LONG_AGO):
        for _ in range(3):
            IndividualFactory(organisation=organisation, work_status="open")
    left, real = [2], reminders.remind

    def dying(**given):
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt
        return real(**given)

    monkeypatch.setattr(reminders, "remind", dying)
    with pytest.raises(KeyboardInterrupt):
        remind()
    assert len(reminded()) == 2
    monkeypatch.setattr(reminders, "remind", real)

    remind()

    assert len(reminded()) == 3
    assert len({task.individual_id for task in reminded()}) == 3


def test_portion_follows_portion(organisation, monkeypatch):
    monkeypatch.setattr(job, "PORTION", 2)
    with clock.fixed(clock.now() - LONG_AGO):
        for _ in range(5):
            IndividualFactory(organisation=organisation, work_status="open")

    remind()

    assert len(reminded()) == 5


def test_who_may_not_work_any_more_is_given_nothing(silent):
    keeper = silent.assigned_to
    keeper.is_active = False
    keeper.save()

    remind()

    assert reminded()[0].assigned_to_id is None


def test_the_number_of_queries_does_not_grow_with_the_cases(
    organisation, django_assert_num_queries
):
    with clock.fixed(clock.now() - LONG_AGO):
        people = [IndividualFactory(organisation=organisation, work_status="open") for _ in "12345"]

    with acting_as(System("tests")), django_assert_num_queries(6):
        assert len(asked.due(people, on=clock.today())) == 5
