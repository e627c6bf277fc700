"""What is read in one round trip is read as whoever acts, and leaves nothing behind."""

from uuid import uuid4

import psycopg
import pytest
from django.db import DataError, OperationalError, connection, transaction

from cases.access.gate import Actor, Anonymous, System, acting_as
from cases.access.postgres.reading import fetch
from cases.models import Individual
from cases.vocabulary.organisations import Role
from tests.access.postgres import ON_POSTGRES
from tests.access.postgres.test_cursors import SHOWN, left_on_the_connection
from tests.factories import IndividualFactory

pytestmark = [ON_POSTGRES, pytest.mark.django_db(transaction=True)]
COUNTED = f'SELECT count(*) FROM "{Individual._meta.db_table}"'


def test_it_knows_who_acts_and_leaves_nothing(organisation):
    assert fetch(connection, SHOWN, ()) == [("system",)]
    assert left_on_the_connection() == "nobody"
    with acting_as(Actor(uuid4(), organisation.pk, Role.CASEWORKER)):
        assert fetch(connection, SHOWN, ()) == [("caseworker",)]
    assert left_on_the_connection() == "nobody"


def test_row_security_holds_for_each_who_asks_the_same(organisation):
    IndividualFactory(organisation=organisation)
    IndividualFactory(organisation=organisation, restricted=True)
    strangers = Actor(uuid4(), uuid4(), Role.CASEWORKER)
    ours = Actor(uuid4(), organisation.pk, Role.CASEWORKER)
    for actor, number in ((ours, 1), (strangers, 0), (System("tests"), 2), (Anonymous(), 0)) * 3:
        with acting_as(actor):
            assert fetch(connection, COUNTED, ()) == [(number,)], actor


def test_inside_a_transaction_it_sees_what_that_has_written(organisation):
    with transaction.atomic():
        IndividualFactory(organisation=organisation)
        assert fetch(connection, COUNTED, ()) == [(1,)]


def test_a_statement_that_fails_leaves_the_connection_fit():
    with pytest.raises(DataError):
        fetch(connection, "SELECT 1 / %s::int", (0,))
    assert fetch(connection, "SELECT %s::int", (7,)) == [(7,)]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_connection_that_was_lost_is_made_anew():
    ((before,),) = fetch(connection, "SELECT pg_backend_pid()", ())
    end(before)

    ((after,),) = fetch(connection, "SELECT pg_backend_pid()", ())
    assert after != before


def test_a_statement_that_is_stopped_is_not_sent_again(organisation):
    fetch(connection, "SELECT set_config('statement_timeout', '20', false)", ())
    with pytest.raises(OperationalError):
        fetch(connection, "SELECT pg_sleep(1)", ())
    connection.close()


def end(backend: int) -> None:
    """End a connection from outside, as a restart of the server does."""
    here = connection.connection.info
    with psycopg.connect(
        host=here.host, user="postgres", dbname=here.dbname, autocommit=True
    ) as past:
        past.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])
