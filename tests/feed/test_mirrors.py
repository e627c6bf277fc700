"""A mirror that is built from the feed alone equals what its keeper may see, whatever happens."""

from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest
from knox.models import AuthToken

from cases import clock, ids
from cases.access.gate import System, acting_as
from cases.actions import changes
from cases.vocabulary.organisations import Role
from tests.factories import IndividualNameFactory, OrganisationFactory, PlaceFactory
from tests.feed.acts import ACTS, World
from tests.feed.mirrors import Mirror, visible

pytestmark = pytest.mark.django_db(transaction=True)
BEGINNING = datetime(2100, 1, 5, 12, tzinfo=UTC)
"""Not in the past: row security goes by the server's clock, and would hide what stood then."""
SEEDS = [pytest.param(300, seed, id=f"300 acts, {seed}") for seed in (4, 5)] + [
    pytest.param(10_000, seed, marks=pytest.mark.exhaustive, id=f"10,000 acts, {seed}")
    for seed in (3,)
]


@pytest.fixture
def stage(repeatable_ids, user_of):
    """Two organisations with rows from before the feed, their writers, and who mirrors them."""
    ours, theirs = OrganisationFactory(), OrganisationFactory(other=True)
    with clock.fixed(BEGINNING):
        for keeper in (ours, theirs):
            IndividualNameFactory.create_batch(3, organisation=keeper)
            PlaceFactory(organisation=keeper)
    whole = {"is_movement_cell": True, "is_cleared_for_restricted": True}
    supervisor = user_of(Role.SUPERVISOR, organisation=ours, **whole)
    partner = user_of(Role.PARTNER, organisation=ours)
    their_supervisor = user_of(Role.SUPERVISOR, organisation=theirs, is_cleared_for_restricted=True)
    writers = [supervisor, supervisor, partner, their_supervisor]
    readers = [
        *(supervisor, partner, their_supervisor),
        user_of(Role.SUPERVISOR, organisation=ours),
        user_of(Role.CASEWORKER, organisation=theirs),
        user_of(Role.PARTNER, organisation=theirs),
        user_of(Role.MANAGER, organisation=ours),
        user_of(Role.ADMINISTRATOR, organisation=theirs),
    ]
    return writers, readers


@pytest.fixture
def repeatable_ids():
    """Let rows be drawn by their ids, and the same ones each time."""
    with ids.derived_from("mirrors"):
        yield


@pytest.mark.parametrize(("acts", "seed"), SEEDS)
def test_a_mirror_equals_the_source(acts, seed, stage, api_of, repeatable_ids):
    writers, readers = stage
    random = Random(seed)  # noqa: S311 (a lottery of acts)
    world = World(random, writers, BEGINNING)
    mirrors = {user: Mirror(api_of(user)) for user in readers}
    AuthToken.objects.update(expiry=None)  # ten thousand acts take longer than one lasts
    for user in readers[1:3]:
        mirrors[user].bodies = {}

    for _act in range(acts):
        world.act()
        for mirror in mirrors.values():
            if random.random() < 0.05:
                mirror.size = random.choice([1, 7, 200])
                with clock.fixed(world.moment):
                    mirror.read_page(is_killed=random.random() < 0.3)

    with clock.fixed(world.moment):
        with acting_as(System("tests")) as system:
            changes.note_ended_grants(by=system)
        for user, mirror in mirrors.items():
            mirror.size = 200
            mirror.read()
            assert mirror.rows == visible(user), user.role
            if mirror.bodies is not None:
                stale = [key for key, row in mirror.bodies.items() if row != mirror.fetched(*key)]
                assert stale == [], [(mirror.bodies[k], mirror.fetched(*k)) for k in stale[:2]]
    assert len(world.done) > len(set(ACTS)) / 2, world.done


def test_nobody_is_told_that_a_row_is_gone_which_they_never_saw(stage, api_of):
    writers, readers = stage
    world = World(Random(11), writers, BEGINNING)  # noqa: S311 (a lottery of acts)
    watched = {user: Mirror(api_of(user)) for user in (readers[1], readers[3], readers[4])}
    AuthToken.objects.update(expiry=None)
    seen: dict[Any, set[Any]] = {user: set(visible(user)) for user in watched}

    for _act in range(120):
        world.act()
        with clock.fixed(world.moment):
            for user, mirror in watched.items():
                seen[user] |= visible(user).keys()
                if world.random.random() < 0.2:
                    mirror.read_page()
    with clock.fixed(world.moment):
        for user, mirror in watched.items():
            mirror.read()
            gone = {row[:2] for row in mirror.told if row[2] == "gone"}
            assert gone <= seen[user]
