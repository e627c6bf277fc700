"""What the feed promises to one who reads it: in order, and not one row too many."""

from datetime import timedelta

import pytest
from django.db import transaction

from cases import clock
from cases.access.gate import Actor, System, acting_as
from cases.actions import batches, changes, grants, individuals, organisations, places, recording
from cases.jobs.runner import run_now
from cases.models import Change, Grant, Individual, IndividualName, Place, QueuedJob, User
from cases.outbox import Job
from cases.vocabulary.organisations import Role
from tests.factories import (
    ConsentFactory,
    IndividualNameFactory,
    OrganisationFactory,
    PlaceFactory,
    RepatriationBatchFactory,
)
from tests.feed.mirrors import FEED, Mirror, visible

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sides(user_of, api_of):
    """A person with a name of ours, and a mirror of ours and one of theirs, both read."""
    ours, theirs = OrganisationFactory(), OrganisationFactory(other=True)
    users = [
        user_of(Role.SUPERVISOR, organisation=keeper, is_cleared_for_restricted=True)
        for keeper in (ours, theirs)
    ]
    name = IndividualNameFactory(organisation=ours)
    ConsentFactory(individual=name.individual)
    mirrors = [Mirror(api_of(user)) for user in users]
    for mirror in mirrors:
        mirror.read()
        mirror.told.clear()
    return users, mirrors, name


def shared(user, person, recipient, **given):
    until = given.pop("until", None) or clock.now() + timedelta(days=30)
    with acting_as(Actor.of(user)) as by:
        return grants.give(
            by=by, individual=Individual.objects.get(pk=person.pk), recipient=recipient,
            level="identifying", legal_basis="consent", purpose="medical", expires_at=until,
            **given,
        )  # fmt: skip


def told(mirror):
    """Read on; give what was told, without the order."""
    mirror.told.clear()
    mirror.read()
    return set(mirror.told)


def test_from_the_start_all_that_is_visible_comes_out(sides, api_of):
    users, _mirrors, name = sides
    mirror = Mirror(api_of(users[0]), size=1)

    mirror.read()

    assert mirror.rows == visible(users[0])
    assert ("individual-names", str(name.pk)) in mirror.rows


def test_a_grant_brings_the_case_and_its_end_takes_it(sides):
    users, (_ours, theirs), name = sides
    keys = {("individuals", str(name.individual_id)), ("individual-names", str(name.pk))}

    grant = shared(users[0], name.individual, users[1].organisation)
    given = told(theirs)
    with acting_as(Actor.of(users[0])) as by:
        grants.revoke(Grant.objects.get(pk=grant.pk), by=by, version=1)
    ended = told(theirs)

    assert {(*key, "changed") for key in keys} <= given
    assert {(*key, "gone") for key in keys} <= ended
    assert not keys & theirs.rows.keys()


def test_a_grant_that_ends_by_time_is_told_of_once(sides):
    users, (_ours, theirs), name = sides
    until = clock.now() + timedelta(hours=2)
    shared(users[0], name.individual, users[1].organisation, until=until)
    told(theirs)
    waiting = QueuedJob.objects.filter(name=Job.NOTE_ENDED_GRANTS, run_after=until)

    assert waiting.exists()
    with clock.fixed(until + timedelta(seconds=1)):
        run_now(Job.NOTE_ENDED_GRANTS)
        gone = {what for what in told(theirs) if what[2] == "gone"}
        written = Change.objects.count()
        run_now(Job.NOTE_ENDED_GRANTS)

    assert gone == {
        ("individuals", str(name.individual_id), "gone"),
        ("individual-names", str(name.pk), "gone"),
    }
    assert Change.objects.count() == written


def test_nobody_else_is_told_of_a_restricted_person(sides, user_of, api_of):
    users, _mirrors, name = sides
    uncleared = Mirror(api_of(user_of(Role.SUPERVISOR, organisation=users[0].organisation)))
    uncleared.read()
    with acting_as(Actor.of(users[0])) as by:
        person = Individual.objects.get(pk=name.individual_id)
        individuals.amend(person, by=by, version=1, sensitivity="restricted")
    hidden = told(uncleared)
    with acting_as(Actor.of(users[0])) as by:
        spelling = IndividualName.objects.get(pk=name.pk)
        individuals.amend_name(spelling, by=by, version=1, text="Anna")
        individuals.register(by=by, sensitivity="restricted")

    assert ("individual-names", str(name.pk), "gone") in hidden
    assert told(uncleared) == set()


def test_what_went_before_a_grant_is_not_told_to_its_recipient(sides):
    users, (_ours, theirs), name = sides
    with acting_as(System("tests")) as by, transaction.atomic():
        recording.erase(IndividualName.objects.get(pk=name.pk), by=by)
    shared(users[0], name.individual, users[1].organisation)

    assert str(name.pk) not in {key for _collection, key, _change in told(theirs)}


def test_what_was_published_goes_with_its_slots(sides):
    users, (_ours, theirs), _name = sides
    batch = RepatriationBatchFactory(organisation=users[0].organisation, status="arrived")
    with acting_as(Actor.of(users[0])) as by:
        batches.add_slot(by=by, batch=batch)
        batches.amend(batch, by=by, version=1, is_published=True)
    came = told(theirs)
    with acting_as(Actor.of(users[0])) as by:
        batch.refresh_from_db()
        batches.amend(batch, by=by, version=None, is_published=False)

    assert {what[0] for what in came} == {"repatriation-batches", "batch-slots"}
    assert told(theirs) == {(*key[:2], "gone") for key in came}


def test_a_page_costs_the_same_however_much_is_on_it(sides, django_assert_max_num_queries):
    users, (ours, _theirs), _name = sides
    with acting_as(Actor.of(users[0])) as by:
        for number in range(30):
            places.add(by=by, kind="settlement", name=f"Village {number}")

    with django_assert_max_num_queries(25):
        ours.read_page()


def test_who_is_cleared_for_more_begins_anew(sides):
    users, (ours, theirs), _name = sides
    with acting_as(System("tests")) as by:
        user = User.objects.get(pk=users[0].pk)
        organisations.amend_user(user, by=by, version=1, is_movement_cell=True)

    refused = ours.client.get(FEED, {"after": ours.after})
    another = theirs.client.get(FEED, {"after": ours.after})

    for answer in (refused, another):
        assert answer.status_code == 400
        assert "begin anew without `after`" in answer.json()["detail"]


def test_after_rows_that_came_in_past_the_acts_all_begin_anew(sides):
    _users, (ours, _theirs), _name = sides
    PlaceFactory()
    changes.begin_anew(by=System("tests"))

    answer = ours.client.get(FEED, {"after": ours.after})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] == "begin_anew"
    ours.after = None
    assert "places" in {what[0] for what in told(ours)}


@pytest.mark.parametrize("after", ["0", "1", "-1", "x" * 500, "ё", "AAAA", "A" * 50])
def test_a_position_that_is_none_of_ours_is_refused(sides, after):
    _users, (ours, _theirs), _name = sides

    answer = ours.client.get(FEED, {"after": after})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] == "position"


def test_many_rows_are_told_of_in_one_statement(sides, django_assert_num_queries):
    _users, (ours, _theirs), _name = sides
    made = PlaceFactory.create_batch(5)
    rows = Place.objects.filter(pk__in=[place.pk for place in made])

    with django_assert_num_queries(1):
        assert changes.note_many(rows, by=System("tests")) == 5

    assert len(told(ours)) == 5
