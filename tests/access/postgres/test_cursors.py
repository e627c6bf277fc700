"""Who acts is told for one transaction, and never outlives it."""

import threading
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from cases.access.gate import Actor, Anonymous, System, acting_as
from cases.access.postgres.cursors import TellingServerBindingCursor
from cases.models import Individual
from cases.vocabulary.organisations import Role
from tests.access.postgres import ON_POSTGRES
from tests.factories import IndividualFactory

pytestmark = [ON_POSTGRES, pytest.mark.django_db(transaction=True)]
SHOWN = "SELECT coalesce(nullif(current_setting('tracker.actor', true), ''), 'nobody')"


def caseworker(organisation):
    return Actor(uuid4(), organisation.pk, Role.CASEWORKER)


def shown():
    with connection.cursor() as cursor:
        cursor.execute(SHOWN)
        ((label,),) = cursor.fetchall()
        return label


def left_on_the_connection():
    """Ask past our cursors: what a connection still knows when nobody has told it anything."""
    past: Any = psycopg.ClientCursor(connection.connection)
    ((label,),) = past.execute(SHOWN).fetchall()
    return label


def test_a_statement_outside_a_transaction_knows_who_acts_and_leaves_nothing(organisation):
    assert shown() == "system"
    assert left_on_the_connection() == "nobody"
    with acting_as(caseworker(organisation)):
        assert shown() == "caseworker"
    assert left_on_the_connection() == "nobody"


def test_nobody_is_told_after_somebody(organisation):
    with transaction.atomic():
        assert shown() == "system"
        with acting_as(Anonymous()):
            assert shown() == "nobody"
            assert not Individual.objects.exists()
        assert shown() == "system"


def test_a_transaction_is_told_once_for_each_change_of_actor(organisation):
    with transaction.atomic():
        shown()
        assert left_on_the_connection() == "system"
        with acting_as(caseworker(organisation)):
            assert left_on_the_connection() == "system"
            assert shown() == "caseworker"
            assert left_on_the_connection() == "caseworker"
    assert left_on_the_connection() == "nobody"


def test_the_end_of_a_transaction_takes_it_back(organisation):
    with acting_as(caseworker(organisation)), transaction.atomic():
        shown()
    assert left_on_the_connection() == "nobody"


def test_a_rollback_takes_it_back(organisation):
    with acting_as(caseworker(organisation)), transaction.atomic():
        shown()
        transaction.set_rollback(True)
    assert left_on_the_connection() == "nobody"


def test_an_error_of_a_statement_takes_it_back(organisation):
    with (
        acting_as(caseworker(organisation)),
        pytest.raises(DatabaseError),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT 1 / 0")
    assert left_on_the_connection() == "nobody"
    assert shown() == "system"


def test_going_back_to_a_savepoint_never_brings_an_earlier_actor_back(organisation):
    with transaction.atomic():
        assert shown() == "system"
        with acting_as(caseworker(organisation)):
            with transaction.atomic():
                assert shown() == "caseworker"
                transaction.set_rollback(True)
            assert left_on_the_connection() == "system"  # what the server went back to
            assert shown() == "caseworker"


def test_a_rollback_in_plain_sql_is_noticed_too(organisation):
    with transaction.atomic(), connection.cursor() as cursor:
        assert shown() == "system"
        cursor.execute("SAVEPOINT mine")
        with acting_as(caseworker(organisation)):
            assert shown() == "caseworker"
            cursor.execute("  rollback TO SAVEPOINT mine")
            assert shown() == "caseworker"


def test_a_savepoint_that_is_kept_keeps_what_was_told_inside(organisation):
    with transaction.atomic():
        with acting_as(caseworker(organisation)), transaction.atomic():
            assert shown() == "caseworker"
        assert shown() == "system"


def test_a_new_connection_knows_nobody(organisation):
    with acting_as(caseworker(organisation)):
        assert shown() == "caseworker"
        connection.close()
        assert shown() == "caseworker"
    assert left_on_the_connection() == "nobody"


def test_a_request_on_the_same_connection_sees_nothing_of_the_last(client_of, client, organisation):
    IndividualFactory()
    client_of(Role.CASEWORKER).get("/admin/cases/individual/")
    with acting_as(Anonymous()):
        assert client.get("/health/ready/").status_code == 200
        assert shown() == "nobody"
        assert not rows_in_sql()


def rows_in_sql():
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM cases_individual")
        return cursor.fetchall()


def test_each_thread_acts_for_itself(organisation, other_organisation):
    IndividualFactory(organisation=organisation)
    theirs = IndividualFactory(organisation=other_organisation)
    found = {}

    def read(name, actor):
        try:
            with acting_as(actor):
                found[name] = [rows_in_sql() for _ in range(20)]
        finally:
            connections.close_all()

    nobody = threading.Thread(target=read, args=("nobody", Anonymous()))
    them = threading.Thread(target=read, args=("them", caseworker(other_organisation)))
    for thread in (nobody, them):
        thread.start()
    for thread in (nobody, them):
        thread.join()

    assert found == {"nobody": [[]] * 20, "them": [[(theirs.pk,)]] * 20}


def test_many_statements_at_once_change_what_is_kept(organisation, other_organisation):
    people = [
        IndividualFactory(organisation=organisation),
        IndividualFactory(organisation=other_organisation),
    ]
    update = "UPDATE cases_individual SET version = 7 WHERE id = %s"

    with acting_as(caseworker(organisation)), connection.cursor() as cursor:
        cursor.executemany(update, [(person.pk,) for person in people])

    assert left_on_the_connection() == "nobody"
    assert [Individual.objects.get(pk=person.pk).version for person in people] == [7, 1]


def test_rows_are_copied_out_as_whoever_acts(organisation, other_organisation):
    mine = IndividualFactory(organisation=organisation)
    IndividualFactory(organisation=other_organisation)
    copy_out = "COPY (SELECT id FROM cases_individual) TO STDOUT"

    with transaction.atomic(), connection.cursor() as cursor:
        assert shown() == "system"
        with acting_as(caseworker(organisation)), cursor.copy(copy_out) as copy:
            assert [row.decode().strip() for row in map(bytes, copy)] == [str(mine.pk)]


def test_rows_are_not_streamed():
    with pytest.raises(NotImplementedError), connection.cursor() as cursor:
        cursor.stream(SHOWN)


def test_an_iterator_reads_on_as_whom_it_began(organisation, other_organisation):
    mine = IndividualFactory.create_batch(3, organisation=organisation)
    IndividualFactory.create_batch(3, organisation=other_organisation)

    with transaction.atomic():
        with acting_as(caseworker(organisation)):
            rows = Individual.objects.iterator(chunk_size=1)
            found = [next(rows).pk]
        with acting_as(System("in between")):
            shown()
            found += [row.pk for row in rows]
    assert set(found) == {person.pk for person in mine}


def test_what_is_told_is_no_query_of_the_page(organisation):
    with CaptureQueriesContext(connection) as caught, acting_as(caseworker(organisation)):
        shown()
    assert len(caught) == 1


def test_statements_that_must_come_first_come_first():
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        assert shown() == "system"


def test_parameters_bound_by_the_server_go_the_same_way(organisation):
    connection.ensure_connection()
    factory: Any = TellingServerBindingCursor
    with acting_as(caseworker(organisation)):
        cursor = factory(connection.connection)
        assert cursor.execute(f"{SHOWN} || %s", ["!"]).fetchone() == ("caseworker!",)


def test_a_pool_lends_connections_that_know_nobody(organisation):
    wrapper: Any = connection.copy()
    wrapper.settings_dict = wrapper.settings_dict | {"CONN_MAX_AGE": 0}
    wrapper.settings_dict["OPTIONS"] = connection.settings_dict["OPTIONS"] | {
        "pool": {"min_size": 1, "max_size": 1}
    }
    try:
        with acting_as(caseworker(organisation)), wrapper.cursor() as cursor:
            assert cursor.execute(SHOWN).fetchone() == ("caseworker",)
        wrapper.close()  # back to the pool, in the middle of nothing
        with acting_as(Anonymous()), wrapper.cursor() as cursor:
            assert cursor.execute(SHOWN).fetchone() == ("nobody",)
        wrapper.set_autocommit(False)
        with acting_as(caseworker(organisation)), wrapper.cursor() as cursor:
            assert cursor.execute(SHOWN).fetchone() == ("caseworker",)
        wrapper.close()  # in the middle of a transaction
        with acting_as(Anonymous()), wrapper.cursor() as cursor:
            assert cursor.execute(SHOWN).fetchone() == ("nobody",)
    finally:
        wrapper.close()
        wrapper.close_pool()
