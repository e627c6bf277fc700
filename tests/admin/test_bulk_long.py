"""Long bulk work goes on in the background: no row lost, none done twice, nobody's rights kept."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from cases import clock
from cases.access.gate import Actor, System, acting_as
from cases.actions import bulk, individuals
from cases.actions.recording import Conflict
from cases.jobs import bulk as job
from cases.jobs.worker import Worker
from cases.models import AuditEntry, BulkItem, Individual, User
from cases.models.clashes import CLASH
from cases.queries import bulk as runs
from cases.vocabulary.bulk import BulkAct, BulkOutcome, BulkState
from cases.vocabulary.organisations import Role
from tests.admin.choosing import choose, outcomes, run_of
from tests.factories import (
    IndividualFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(organisation, client_of):
    return client_of(UserFactory(organisation=organisation, role=Role.SUPERVISOR))


@pytest.fixture
def people(organisation):
    return [IndividualFactory(organisation=organisation) for _ in range(4)]


@pytest.fixture
def started(staff, people):
    """Give the address of a run that is confirmed, and of which nothing is done."""
    url = choose(staff, BulkAct.PRIORITY, people)
    run = run_of(url)
    with acting_as(Actor.of(staff.user)) as by:
        bulk.start(run, by=by, priority="high")
    return url


def test_the_worker_does_what_the_page_did_not_as_whoever_confirmed_it(started, staff):
    page = staff.get(started)
    assert "0 of 4 rows tried" in page.content.decode()
    assert page.headers["Refresh"]

    Worker().turn()

    assert "4 of 4 rows tried" in staff.get(started).content.decode()
    assert "Refresh" not in staff.get(started).headers
    actors = AuditEntry.objects.filter(act="changed", model="individual")
    assert set(actors.values_list("actor_id", flat=True)) == {staff.user.pk}


def test_a_worker_killed_in_the_middle_loses_no_row_and_does_none_twice(
    started, people, monkeypatch
):
    left, real = [2], individuals.amend

    def dying(person, **given):
        left[0] -= 1
        changed = real(person, **given)
        if left[0] < 0:
            raise KeyboardInterrupt  # after the act, before its row is noted
        return changed

    monkeypatch.setattr(individuals, "amend", dying)
    with pytest.raises(KeyboardInterrupt):
        job.carry_out(str(run_of(started).pk))
    assert sorted(row.version for row in Individual.objects.all()) == [1, 1, 2, 2]
    monkeypatch.setattr(individuals, "amend", real)

    job.carry_out(str(run_of(started).pk))

    assert [row.version for row in Individual.objects.all()] == [2] * 4
    assert outcomes(started) == [(BulkOutcome.DONE, "")] * 4


def test_a_long_run_leaves_the_worker_to_others_between_its_portions(started, monkeypatch):
    monkeypatch.setattr(job, "PATIENCE", -1.0)
    key = str(run_of(started).pk)

    turns = 0
    while job.carry_out(key) is not None:
        turns += 1

    assert turns == 4
    assert run_of(started).state == BulkState.ENDED


def test_rights_are_those_of_the_moment(started, staff):
    User.objects.filter(pk=staff.user.pk).update(role=Role.MANAGER)

    job.carry_out(str(run_of(started).pk))

    assert {row.version for row in Individual.objects.all()} == {1}
    assert outcomes(started) == [(BulkOutcome.REFUSED, job.NOT_NOW)] * 4
    assert run_of(started).state == BulkState.ENDED


def test_what_is_left_is_refused_where_its_user_may_no_longer_sign_in(started, staff):
    User.objects.filter(pk=staff.user.pk).update(is_active=False)

    job.carry_out(str(run_of(started).pk))

    assert outcomes(started) == [(BulkOutcome.REFUSED, job.NO_LONGER)] * 4
    assert run_of(started).state == BulkState.ENDED


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (IntegrityError("nothing that we know"), CLASH),
        (PermissionDenied(), "You may not do this."),
        (Conflict(Individual(), None, "Somebody is bound already."), "Somebody is bound already."),
    ],
    ids=["a constraint", "no words", "another conflict"],
)
def test_whatever_refuses_a_row_becomes_its_sentence(started, people, monkeypatch, fault, why):
    def refuse(_person, **_given):
        raise fault

    monkeypatch.setattr(individuals, "amend", refuse)

    job.carry_out(str(run_of(started).pk))

    assert outcomes(started) == [(BulkOutcome.REFUSED, why)] * 4


def test_a_run_that_is_gone_is_no_fault():
    assert job.carry_out(str(uuid4())) is None


def test_selections_that_nobody_confirmed_are_taken_away(staff, people):
    choose(staff, BulkAct.PRIORITY, people)

    assert bulk.forget_old(by=System("tests"), before=clock.now()) == 1
    assert not BulkItem.objects.exists()


def test_the_system_chooses_nothing():
    with pytest.raises(PermissionDenied, match="signs in"):
        bulk.select(by=System("tests"), act=BulkAct.PRIORITY, rows=[(uuid4(), 1)])


def test_the_forecast_takes_as_many_queries_for_many_rows_as_for_few(
    staff, organisation, django_assert_num_queries
):
    for number in (2, 12):
        rows = [IndividualFactory(organisation=organisation) for _ in range(number)]
        run = run_of(choose(staff, BulkAct.PRIORITY, rows))
        with acting_as(Actor.of(staff.user)), django_assert_num_queries(3):
            runs.forecast(run, priority="high")
