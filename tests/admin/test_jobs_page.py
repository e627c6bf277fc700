"""Administrators see how the work in the background stands, and have it tried again."""

import pytest

from cases.models import AuditEntry, QueuedJob
from cases.outbox import Job
from cases.vocabulary.jobs import JobState
from cases.vocabulary.organisations import Role
from tests.factories import QueuedJobFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def failed():
    return QueuedJobFactory(
        name=Job.CARRY_OUT_BULK, argument="4417", state=JobState.FAILED, fault="TimeoutError"
    )


def test_what_failed_is_shown_without_what_it_was_about(client_of, failed):
    answer = client_of(Role.ADMINISTRATOR).get("/admin/jobs/")

    assert b"Bulk work" in answer.content
    assert b"TimeoutError" in answer.content
    assert b"4417" not in answer.content


def test_it_is_tried_again_once(client_of, failed):
    client = client_of(Role.ADMINISTRATOR)

    for _twice in range(2):
        answer = client.post(f"/admin/jobs/{failed.pk}/again/")
        assert answer.status_code == 302

    row = QueuedJob.objects.get()
    assert (row.state, row.attempt, row.fault) == (JobState.WAITING, 1, "")
    assert AuditEntry.objects.filter(act="put a job in again", target_id=failed.pk).count() == 1


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.AUDITOR])
def test_it_is_for_administrators(client_of, failed, role):
    client = client_of(role)

    assert client.get("/admin/jobs/").status_code == 403
    assert client.post(f"/admin/jobs/{failed.pk}/again/").status_code == 403
    assert QueuedJob.objects.get().state == JobState.FAILED
