"""Two workers at the same moment: each job and each row is done by one of them."""

from collections import Counter
from datetime import timedelta

from cases import clock
from cases.access.gate import Actor, System, acting_as
from cases.actions import bulk, jobs
from cases.jobs import bulk as job, reminders
from cases.models import AuditEntry, BulkItem, BulkRun, Individual, QueuedJob, Task
from cases.outbox import Job
from cases.vocabulary.bulk import BulkAct, BulkOutcome, BulkState
from cases.vocabulary.organisations import Role
from tests.factories import IndividualFactory, OrganisationFactory, UserFactory

LONG_AGO = timedelta(days=100)


def test_a_job_goes_to_one_of_them(together):
    for _ in range(3):
        jobs.put(Job.REMIND)

    taken = together(*[lambda: jobs.take(by=System("tests"))] * 4)

    keys = [row.pk for row in taken if isinstance(row, QueuedJob)]
    assert len(keys) == len(set(keys))
    assert QueuedJob.objects.filter(state="running").count() == len(keys) > 0


def test_each_row_of_a_run_is_done_once(together):
    user = UserFactory(role=Role.CASEWORKER)
    people = [IndividualFactory(organisation=user.organisation) for _ in range(12)]
    with acting_as(Actor.of(user)) as by:
        rows = [(person.pk, person.version) for person in people]
        run = bulk.select(by=by, act=BulkAct.PRIORITY, rows=rows)
        bulk.start(run, by=by, priority="urgent")

    answers = together(*[lambda: job.carry_out(str(run.pk))] * 3)
    job.carry_out(str(run.pk))  # what a worker that lost a lock has left

    assert [answer for answer in answers if isinstance(answer, TypeError)] == []
    assert set(BulkItem.objects.values_list("outcome", flat=True)) == {BulkOutcome.DONE}
    assert {person.version for person in Individual.objects.all()} == {2}
    entries = AuditEntry.objects.filter(act="changed", model="individual")
    assert set(Counter(entries.values_list("target_id", flat=True)).values()) == {1}
    assert BulkRun.objects.get().state == BulkState.ENDED


def test_each_reminder_is_set_once(together):
    organisation = OrganisationFactory()
    with clock.fixed(clock.now() - LONG_AGO):
        for _ in range(4):
            IndividualFactory(organisation=organisation, work_status="open")

    together(*[lambda: reminders.remind("")] * 3)
    reminders.remind("")

    assert Task.objects.count() == 4
