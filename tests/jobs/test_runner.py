"""Jobs by name: put in with the act, carried out once, and again where a worker was killed."""

from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import OperationalError, transaction

from cases import clock
from cases.access.gate import System
from cases.actions import jobs
from cases.jobs import runner
from cases.jobs.schedule import Schedule
from cases.jobs.worker import LONGEST, Worker, start_beside_server
from cases.models import QueuedJob
from cases.outbox import Job
from cases.vocabulary.jobs import JobState

pytestmark = pytest.mark.django_db


class NothingDue(Schedule):
    def put_what_is_due(self):
        """Put nothing in by the clock."""


DUE_DAILY = {
    "forget_imports", "note_ended_grants", "publish_caseload", "purge_exports", "remind",
}  # fmt: skip


def idle(**told):
    worker = Worker(**told)
    worker.schedule = NothingDue()
    return worker


def in_portions(monkeypatch):
    """Let a job have three portions; give the arguments that it was called with."""
    left, seen = iter(["a", "b", None]), []

    def portion(argument):
        seen.append(argument)
        return next(left)

    monkeypatch.setattr(runner, "JOBS", {Job.REMIND: portion})
    return seen


@pytest.fixture
def done(monkeypatch):
    """Give what has been carried out; the jobs themselves do nothing."""
    calls: list[tuple[str, str]] = []

    def of(job):
        return lambda argument: calls.append((job.value, argument))

    monkeypatch.setattr(runner, "JOBS", {job: of(job) for job in Job})
    return calls


def test_each_name_has_a_function_and_each_function_a_name():
    assert set(runner.JOBS) == set(Job)


def test_a_job_is_carried_out_once(done):
    jobs.put(Job.CARRY_OUT_BULK, "a")

    assert idle().turn() == 1
    assert idle().turn() == 0
    assert done == [("carry_out_bulk", "a")]
    assert QueuedJob.objects.get().state == JobState.DONE


def test_a_job_is_undone_with_the_act_that_asked_for_it(done):
    with transaction.atomic():
        jobs.put(Job.REMIND)
        transaction.set_rollback(True)

    assert idle().turn() == 0


def test_a_job_goes_on_with_what_is_left(monkeypatch):
    seen = in_portions(monkeypatch)

    jobs.put(Job.REMIND)

    assert idle().turn() == 3
    assert seen == ["", "a", "b"]


def test_a_command_carries_a_job_out_to_its_end(monkeypatch):
    seen = in_portions(monkeypatch)

    runner.run_now(Job.REMIND)

    assert seen == ["", "a", "b"]
    assert not QueuedJob.objects.exists()


def test_what_a_killed_worker_had_in_hand_is_carried_out_after_all(done):
    jobs.put(Job.REMIND)
    idle().take()  # and is killed

    worker = idle()
    assert worker.turn() == 0  # it may be at work still
    with clock.fixed(clock.now() + LONGEST + timedelta(minutes=2)):
        assert worker.turn() == 1
    assert done == [("remind", "")]


def test_the_only_worker_takes_up_at_once_what_the_one_before_it_left(done):
    jobs.put(Job.REMIND)
    idle().take()

    assert idle(is_alone=True).turn() == 1


def test_what_kills_its_workers_is_left_alone_in_the_end(done):
    jobs.put(Job.REMIND)
    for _ in range(jobs.MOST_TAKERS):
        idle().take()
        jobs.reap(by=System("tests"), before=clock.now() + timedelta(seconds=1))

    assert QueuedJob.objects.get().state == JobState.FAILED
    assert done == []


def test_what_gets_on_is_not_what_kills_its_workers(done):
    jobs.put(Job.CARRY_OUT_IMPORT, "a")
    for _ in range(jobs.MOST_TAKERS + 1):
        idle().take()
        jobs.get_on(Job.CARRY_OUT_IMPORT, "a", by=System("tests"))
        jobs.reap(by=System("tests"), before=clock.now() + timedelta(seconds=1))

    assert QueuedJob.objects.get().state == JobState.WAITING


def test_a_job_that_fails_is_tried_again_later_and_its_words_are_not_kept(monkeypatch):
    def fail(_argument):
        message = "Key (name)=(Ivan Petrovich 7f3a) is there"
        raise ValueError(message)

    monkeypatch.setattr(runner, "JOBS", {Job.REMIND: fail})
    jobs.put(Job.REMIND)
    idle().turn()

    failed, again = QueuedJob.objects.order_by("attempt")
    assert (failed.state, failed.fault) == (JobState.FAILED, "ValueError")
    assert again.run_after > clock.now() + timedelta(seconds=30)
    assert idle().turn() == 0


def test_a_job_that_always_fails_is_tried_so_often_and_no_more(monkeypatch):
    def fail(_argument):
        raise OSError

    monkeypatch.setattr(runner, "JOBS", {Job.REMIND: fail})
    jobs.put(Job.REMIND)
    for hours in range(6):
        with clock.fixed(clock.now() + timedelta(hours=hours)):
            idle().turn()

    assert QueuedJob.objects.filter(state=JobState.FAILED).count() == runner.MOST_ATTEMPTS
    assert QueuedJob.objects.count() == runner.MOST_ATTEMPTS


def test_the_jobs_of_a_day_are_put_in_once(settings):
    settings.SENDS_MAIL = True
    settings.SUMMARY_HOUR = 0
    schedule = Schedule()

    schedule.put_what_is_due()
    schedule.put_what_is_due()
    Schedule().put_what_is_due()  # a second worker

    assert QueuedJob.objects.count() == len(DUE_DAILY) + 2  # and both kinds of mail


def test_no_summary_is_put_in_where_no_mail_is_sent_or_before_its_hour(settings):
    settings.SENDS_MAIL = False
    settings.SUMMARY_HOUR = 0
    Schedule().put_what_is_due()
    settings.SENDS_MAIL, settings.SUMMARY_HOUR = True, 24
    Schedule().put_what_is_due()

    assert {job.name for job in QueuedJob.objects.all()} == DUE_DAILY


def test_files_that_are_over_are_looked_for_every_quarter_of_an_hour(settings):
    settings.SENDS_MAIL = False
    schedule, now = Schedule(), clock.now()
    for minutes, number in ((0, 1), (14, 1), (15, 2)):
        with clock.fixed(now + timedelta(minutes=minutes)):
            schedule.put_what_is_due()
            for job in QueuedJob.objects.filter(name=Job.PURGE_EXPORTS, ended_at=None):
                jobs.end(job, by=System("tests"))
        assert QueuedJob.objects.filter(name=Job.PURGE_EXPORTS).count() == number


def test_old_jobs_are_taken_away(done):
    jobs.put(Job.REMIND)
    idle().turn()
    jobs.put(Job.REMIND)

    assert jobs.forget_old(by=System("tests")) == 0
    with clock.fixed(clock.now() + jobs.KEPT_FOR + timedelta(days=1)):
        assert jobs.forget_old(by=System("tests")) == 1


@pytest.mark.parametrize(
    "act",
    [
        jobs.forget_old,
        jobs.take,
        lambda by: jobs.reap(by=by, before=clock.now()),
        lambda by: jobs.end(jobs.put(Job.REMIND), by=by),
    ],
)
def test_nobody_but_the_system_touches_the_outbox(act, actor_of):
    with pytest.raises(PermissionDenied, match="worker"):
        act(by=actor_of("administrator"))


def test_a_worker_ends_when_it_is_told_to(done):
    worker = Worker()
    worker.stopped.set()
    jobs.put(Job.REMIND)

    worker.run()

    assert done == []


def test_a_worker_waits_for_a_database_that_is_away(monkeypatch):
    worker, turns = Worker(), []

    def away():
        turns.append(1)
        if len(turns) == 2:
            worker.stopped.set()
        raise OperationalError

    monkeypatch.setattr(worker, "turn", away)
    monkeypatch.setattr("cases.jobs.worker.INTERVAL", 0)
    monkeypatch.setattr("cases.jobs.worker.close_old_connections", lambda: None)

    worker.run()

    assert len(turns) == 2


def test_the_server_lets_a_thread_work_where_it_is_told_to(settings, monkeypatch):
    settings.WORKER_IN_SERVER = True
    ran = Event()
    monkeypatch.setattr(Worker, "run", lambda _worker: ran.set())

    thread = start_beside_server()

    assert thread is not None
    assert thread.daemon
    assert ran.wait(10)


# --- The commands ---


def test_work_once_does_what_is_due(done, capsys):
    call_command("work", "--once")

    assert capsys.readouterr().out == f"Jobs carried out: {len(DUE_DAILY)}\n"
    assert sorted(done) == [
        ("forget_imports", ""),
        ("note_ended_grants", ""),
        ("publish_caseload", ""),
        ("purge_exports", ""),
        ("remind", ""),
    ]


def test_work_is_refused_where_the_server_works(settings):
    settings.WORKER_IN_SERVER = True

    with pytest.raises(CommandError, match="WORKER_IN_SERVER=0"):
        call_command("work")


def test_work_goes_on_until_it_is_told_to_stop(monkeypatch):
    told: list[Any] = []

    def run(worker):
        told[0]()
        told.append(worker.stopped.is_set())

    monkeypatch.setattr("signal.signal", lambda _number, act: told.append(act))
    monkeypatch.setattr(Worker, "run", run)

    call_command("work")

    assert told[-1] is True


@pytest.mark.parametrize(
    ("command", "jobs"),
    [
        ("remind", ["remind"]),
        ("send_summaries", ["send_summaries", "send_weekly_summaries"]),
    ],
)
def test_cron_may_do_it_instead(done, settings, command, jobs):
    settings.SENDS_MAIL = True

    call_command(command)

    assert done == [(job, "") for job in jobs]


def test_the_server_works_only_where_it_is_told_to():
    assert start_beside_server() is None
