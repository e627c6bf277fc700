"""The daily e-mail: one a day, to those who want it and have something to do, without a name."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from cases import clock
from cases.access.gate import System
from cases.actions import summaries
from cases.jobs import summaries as job
from cases.models import AuditEntry, DailySummary, Individual, User
from cases.vocabulary.organisations import Role
from tests.factories import IndividualFactory, IndividualNameFactory, TaskFactory, UserFactory

pytestmark = pytest.mark.django_db
SECRET = "Zqxjkvornikova"


@pytest.fixture(autouse=True)
def mail_server(settings):
    settings.SENDS_MAIL = True
    settings.PUBLIC_URL = "https://tracker.example.org/"


@pytest.fixture
def worker_with_tasks(organisation):
    """Give somebody with a task that is late and one that is due today, on a named person."""
    user = UserFactory(organisation=organisation, role=Role.CASEWORKER)
    person = IndividualFactory(organisation=organisation)
    IndividualNameFactory(individual=person, text=SECRET)
    for days in (-3, 0):
        day = clock.today() + timedelta(days=days)
        TaskFactory(individual=person, assigned_to=user, due_on=day, title=f"Call {SECRET}")
    return user


def test_it_says_numbers_and_case_numbers_and_no_name(worker_with_tasks):
    job.send("")

    (sent,) = mail.outbox
    assert sent.to == [worker_with_tasks.email]
    assert "Overdue: 1\nDue today: 1\nDue within a week: 0" in sent.body
    assert "C-" in sent.body
    assert "https://tracker.example.org/admin/today/" in sent.body
    assert SECRET not in f"{sent.subject} {sent.body}"
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"


def test_it_goes_once_a_day_however_often_the_job_runs(worker_with_tasks):
    for _ in range(3):
        job.send("")
    assert len(mail.outbox) == 1

    with clock.fixed(clock.now() + timedelta(days=1)):
        job.send("")
    assert len(mail.outbox) == 2


def test_a_worker_killed_while_it_sends_never_leads_to_a_second_mail(
    worker_with_tasks, monkeypatch
):
    def killed(self):
        mail.outbox.append(self)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(mail.EmailMessage, "send", killed)
        with pytest.raises(KeyboardInterrupt):
            job.send("")

    job.send("")

    assert len(mail.outbox) == 1
    assert DailySummary.objects.get().sent_at is None


def test_two_workers_at_once_send_one(worker_with_tasks):
    day = clock.today()

    def sent():
        return summaries.send(worker_with_tasks, by=System("tests"), day=day, subject="s", body="b")

    assert [sent(), sent()] == [True, False]
    assert len(mail.outbox) == 1


def test_a_mail_that_is_refused_is_tried_again_and_does_not_keep_back_the_others(
    worker_with_tasks, organisation, monkeypatch
):
    other = UserFactory(organisation=organisation, role=Role.CASEWORKER)
    TaskFactory(
        individual=IndividualFactory(organisation=organisation),
        assigned_to=other,
        due_on=clock.today(),
    )
    real = mail.EmailMessage.send

    def refused(self):
        if self.to == [worker_with_tasks.email]:
            raise ConnectionRefusedError
        return real(self)

    with monkeypatch.context() as patch:
        patch.setattr(mail.EmailMessage, "send", refused)
        with pytest.raises(ConnectionRefusedError):
            job.send("")
    assert [sent.to for sent in mail.outbox] == [[other.email]]

    job.send("")

    assert [sent.to for sent in mail.outbox] == [[other.email], [worker_with_tasks.email]]


@pytest.mark.parametrize(
    "change",
    [{"is_active": False}, {"has_opted_out": True}],
    ids=["switched off", "opted out"],
)
def test_some_get_none(worker_with_tasks, change):
    User.objects.filter(pk=worker_with_tasks.pk).update(**change)

    job.send("")

    assert mail.outbox == []


def test_an_organisation_that_is_switched_off_gets_none(worker_with_tasks, organisation):
    organisation.is_active = False
    organisation.save()

    job.send("")

    assert mail.outbox == []


def test_nothing_to_do_is_no_mail(organisation):
    for role in Role:
        UserFactory(organisation=organisation, role=role)

    job.send("")

    assert mail.outbox == []
    assert not DailySummary.objects.exists()


def test_nothing_is_sent_where_no_mail_server_is_named(worker_with_tasks, settings):
    settings.SENDS_MAIL = False

    job.send("")

    assert not DailySummary.objects.exists()
    with pytest.raises(CommandError, match="EMAIL_URL"):
        call_command("send_summaries")


def test_a_case_that_the_user_may_no_longer_see_is_not_in_it(worker_with_tasks):
    Individual.objects.update(sensitivity="restricted")

    job.send("")

    assert mail.outbox == []


def test_the_trail_has_who_was_sent_one_and_who_left_it(worker_with_tasks, client_of):
    job.send("")
    client = client_of(worker_with_tasks)

    client.post("/admin/account/daily-email/", {"daily_email": "no"})

    acts = AuditEntry.objects.filter(target_id=worker_with_tasks.pk).order_by("number")
    assert [entry.act for entry in acts] == [
        "was sent the daily summary",
        "chose about the daily e-mail",
    ]
    assert User.objects.get(pk=worker_with_tasks.pk).has_opted_out


def test_one_can_take_it_again_and_choosing_what_is_so_writes_nothing(user_of, client_of):
    user = user_of(Role.CASEWORKER)
    client = client_of(user)

    for choice in ("yes", "no", "no", "yes"):
        client.post("/admin/account/daily-email/", {"daily_email": choice})

    row = User.objects.get(pk=user.pk)
    assert (row.has_opted_out, row.version) == (False, 3)
    assert "Stop the daily e-mail" in client.get("/admin/account/").content.decode()
    assert client.get("/admin/account/daily-email/").status_code == 405


def test_nobody_chooses_for_somebody_else(user_of, actor_of):
    with pytest.raises(PermissionDenied, match="somebody else"):
        summaries.choose(user_of(), by=actor_of(Role.ADMINISTRATOR), is_wanted=False)
