"""The weekly e-mail: what changed among the figures, to those who asked for it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from cases import clock
from cases.access.gate import System
from cases.actions import counts, summaries
from cases.jobs import weekly as job
from cases.jobs.schedule import Schedule
from cases.models import AuditEntry, User, WeeklySummary
from cases.outbox import Job
from cases.vocabulary.organisations import Role
from tests.factories import IndividualFactory, IndividualNameFactory, UserFactory
from tests.queries.scenes import held_and_returned, says, stock

pytestmark = pytest.mark.django_db
WEDNESDAY = datetime(2026, 11, 25, 9, tzinfo=UTC)
LAST_WEEK = datetime(2026, 11, 18, 9, tzinfo=UTC)
SECRET = "Zqxjkvornikova"


@pytest.fixture(autouse=True)
def mail_server(settings):
    settings.SENDS_MAIL = True
    settings.PUBLIC_URL = "https://tracker.example.org/"


@pytest.fixture(autouse=True)
def wednesday():
    with clock.fixed(WEDNESDAY):
        yield


@pytest.fixture
def reader(organisation):
    return UserFactory(organisation=organisation, role=Role.MANAGER, has_weekly_email=True)


@pytest.fixture
def thirty(organisation):
    held, _returned = held_and_returned()
    said = says("Moskalkova", reports=("SR-001",))
    return stock(held, 30, said, as_of_edtf="2025-07-04", recorded_at=LAST_WEEK)


def test_it_tells_each_figure_with_claimant_source_and_link(reader, thirty):
    job.send("")

    (sent,) = mail.outbox
    assert sent.to == [reader.email]
    assert sent.subject == "What changed among the figures, week to 22 November 2026"
    assert "30 – Residents held, 4 July 2025" in sent.body
    assert "Moskalkova · SR-001" in sent.body
    assert f"https://tracker.example.org/dashboard/figures/{thirty.pk}/" in sent.body
    assert "https://tracker.example.org/dashboard/changes/?since=2026-11-16" in sent.body
    assert "https://tracker.example.org/admin/account/" in sent.body
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"


def test_it_is_about_nobody_in_person(reader, thirty, organisation):
    person = IndividualFactory(organisation=organisation)
    IndividualNameFactory(individual=person, text=SECRET)
    job.send("")
    assert SECRET not in mail.outbox[0].body
    assert person.case_number not in mail.outbox[0].body


def test_what_was_withdrawn_says_why(reader, thirty):
    with clock.fixed(LAST_WEEK + timedelta(hours=1)):
        counts.retract(thirty, by=System("tests"), version=1, reason="Never said.")
    job.send("")
    assert "WITHDRAWN FIGURES" in mail.outbox[0].body
    assert "Never said." in mail.outbox[0].body


def test_it_is_in_the_language_of_the_user(reader, thirty):
    User.objects.filter(pk=reader.pk).update(language="uk")
    job.send("")
    assert "New figures".upper() not in mail.outbox[0].body


def test_it_goes_once_a_week_however_often_the_job_runs(reader, thirty):
    for _ in range(3):
        job.send("")
    assert len(mail.outbox) == 1
    stock(thirty.population, 31, says("A"), recorded_at=WEDNESDAY)
    with clock.fixed(WEDNESDAY + timedelta(days=4)):  # the Sunday of the same week
        job.send("")
    assert len(mail.outbox) == 1
    with clock.fixed(WEDNESDAY + timedelta(days=5)):
        job.send("")
    assert len(mail.outbox) == 2
    assert "31 –" in mail.outbox[1].body


def test_a_week_in_which_nothing_changed_has_none(reader):
    job.send("")
    assert mail.outbox == []
    assert not WeeklySummary.objects.exists()


@pytest.mark.parametrize("change", [{"is_active": False}, {"has_weekly_email": False}])
def test_some_get_none(reader, thirty, change):
    User.objects.filter(pk=reader.pk).update(**change)
    job.send("")
    assert mail.outbox == []


def test_another_organisations_figure_is_not_in_it(thirty, other_organisation):
    UserFactory(organisation=other_organisation, role=Role.MANAGER, has_weekly_email=True)
    job.send("")
    assert mail.outbox == []


def test_a_mail_that_is_refused_is_tried_again(reader, thirty, monkeypatch):
    def refused(self):
        raise ConnectionRefusedError

    with monkeypatch.context() as patch:
        patch.setattr(mail.EmailMessage, "send", refused)
        with pytest.raises(ConnectionRefusedError):
            job.send("")
    job.send("")
    assert len(mail.outbox) == 1


def test_nothing_is_sent_where_no_mail_server_is_named(reader, thirty, settings):
    settings.SENDS_MAIL = False
    job.send("")
    assert not WeeklySummary.objects.exists()


def test_the_trail_has_who_was_sent_one_and_who_asked_for_it(reader, thirty, client_of):
    job.send("")
    client = client_of(reader)
    for choice in ("no", "no", "yes"):
        client.post("/admin/account/weekly-email/", {"weekly_email": choice})
    acts = AuditEntry.objects.filter(target_id=reader.pk).order_by("number")
    assert [entry.act for entry in acts] == [
        "was sent the weekly summary",
        "chose about the weekly e-mail",
        "chose about the weekly e-mail",
    ]
    assert "Stop the weekly e-mail" in client.get("/admin/account/").content.decode()
    assert client.get("/admin/account/weekly-email/").status_code == 405


def test_nobody_chooses_for_somebody_else(user_of, actor_of):
    with pytest.raises(PermissionDenied, match="somebody else"):
        summaries.choose_weekly(user_of(), by=actor_of(Role.ADMINISTRATOR), is_wanted=True)


def test_it_is_due_with_the_daily_one(settings):
    schedule = Schedule()
    with clock.fixed(WEDNESDAY.replace(hour=23)):
        assert Job.SEND_WEEKLY_SUMMARIES in set(schedule._due())
        assert Job.SEND_WEEKLY_SUMMARIES not in set(schedule._due())
