"""Whoever acts, signed in or not. Every test acts as the system unless it says so."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client, TransactionTestCase
from knox.models import AuthToken
from rest_framework.test import APIClient

from cases import clock
from cases.access.gate import Actor, System, acting_as
from cases.access.postgres.owner import as_owner
from cases.admin.idempotency import FIELD, new_key
from cases.models import Organisation, User
from cases.vocabulary.organisations import Role
from tests.database import EMPTIER, copied, empty
from tests.factories import OrganisationFactory, UserFactory
from tests.trails import ELEVATOR

ANYWHERE = ("architecture", "languages", "rules", "vocabulary")
"""Folders of tests that PostgreSQL answers as SQLite does; the ordinary run asks them once."""


UNMEASURED = ("architecture", "browser", "languages", "proof", "trust")
"""Folders that go once more where others have been: measuring them would only take longer."""
MEASURED_ON_POSTGRES = ("access", "actions", "exchange", "management", "races")
"""Folders that reach what is there for PostgreSQL alone; the rest is measured on SQLite."""


def pytest_itemcollected(item: pytest.Item) -> None:
    folder = item.path.relative_to(Path(__file__).parent).parts[0]
    if folder in ANYWHERE:
        item.add_marker(pytest.mark.anywhere)
    on_postgres = connection.vendor == "postgresql"
    if folder in UNMEASURED or (on_postgres and folder not in MEASURED_ON_POSTGRES):
        item.add_marker(pytest.mark.no_cover)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: Any,
) -> Iterator[None]:
    """Run the tests as the application's role, which PostgreSQL's row security holds for."""
    with django_db_blocker.unblock(), copied(connection):
        if connection.vendor == "postgresql":
            with as_owner(connection), connection.cursor() as cursor:
                cursor.execute(ELEVATOR)
                cursor.execute(EMPTIER)
        yield


@pytest.fixture(autouse=True)
def acting_as_the_system() -> Iterator[System]:
    """Let tests build rows; a request of a test client opens its own block over this one."""
    system = System("tests")
    with acting_as(system):
        yield system


@pytest.fixture(scope="session", autouse=True)
def emptying_between_tests() -> Iterator[None]:
    """Let the tests with transactions of their own leave nothing, not even in the trail."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: empty(connection))
        yield


@pytest.fixture
def organisation(db: None) -> Organisation:
    """The organisation that factories use unless told."""
    made: Organisation = OrganisationFactory.create()
    return made


@pytest.fixture
def other_organisation(db: None) -> Organisation:
    made: Organisation = OrganisationFactory.create(other=True)
    return made


@pytest.fixture
def user_of(db: None) -> Callable[..., User]:
    """Give a new user: ``user_of(Role.PARTNER, organisation=…, is_movement_cell=True)``."""

    def make(role: str = Role.CASEWORKER, **fields: Any) -> User:
        user: User = UserFactory.create(role=role, **fields)
        return user

    return make


@pytest.fixture
def actor_of(user_of: Callable[..., User]) -> Callable[..., Actor]:
    """Give an actor with a new user behind it; takes what ``user_of`` takes."""

    def make(role: str = Role.CASEWORKER, **fields: Any) -> Actor:
        return Actor.of(user_of(role, **fields))

    return make


@pytest.fixture
def as_actor(
    actor_of: Callable[..., Actor],
) -> Callable[..., AbstractContextManager[Any]]:
    """Act for a while: ``with as_actor(actor):`` or ``with as_actor(Role.MANAGER) as actor:``."""

    def make(actor: Any = Role.CASEWORKER, **fields: Any) -> AbstractContextManager[Any]:
        return acting_as(actor_of(actor, **fields) if isinstance(actor, str) else actor)

    return make


class Browser(Client):
    """Sends with each form of the admin the one-time key of its page, unless a test gives one."""

    def post(self, path: Any, data: Any = None, *args: Any, **kwargs: Any) -> Any:
        if path.startswith("/admin/") and isinstance(data, dict | None):
            data = {FIELD: new_key()} | (data or {})
        return super().post(path, data, *args, **kwargs)


@pytest.fixture
def client_of(user_of: Callable[..., User]) -> Callable[..., Client]:
    """Give a browser signed in as a role, or as a given user; ``client.user`` is who."""

    def make(who: Any = Role.CASEWORKER, **fields: Any) -> Client:
        user = user_of(who, **fields) if isinstance(who, str) else who
        client = Browser()
        client.force_login(user)
        client.user = user  # type: ignore[attr-defined]
        return client

    return make


@pytest.fixture
def api_of(user_of: Callable[..., User]) -> Callable[..., APIClient]:
    """Give an API client with the token of a role, or of a given user; ``client.user`` is who."""

    def make(who: Any = Role.CASEWORKER, **fields: Any) -> APIClient:
        user = user_of(who, **fields) if isinstance(who, str) else who
        _row, token = AuthToken.objects.create(user)
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
        client.user = user  # type: ignore[attr-defined]
        return client

    return make


@pytest.fixture
def now() -> Callable[..., AbstractContextManager[None]]:
    """Hold the clock, at noon unless told: ``with now(2024, 11, 22):``."""

    def hold(year: int, month: int, day: int, hour: int = 12) -> AbstractContextManager[None]:
        return clock.fixed(datetime(year, month, day, hour, tzinfo=UTC))

    return hold
