"""One view of the database for a whole page."""

import pytest
from django.db import connection, transaction

from cases.models import Place
from cases.queries.snapshot import snapshot
from tests.factories import PlaceFactory


@pytest.mark.django_db
def test_inside_a_transaction_it_is_that_one():
    place = PlaceFactory()

    with snapshot():
        assert Place.objects.filter(pk=place.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_a_reader_does_not_take_the_write_lock():
    before = getattr(connection, "transaction_mode", None)

    with snapshot():
        assert connection.in_atomic_block
        assert list(Place.objects.all()) == []
        if connection.vendor == "sqlite":
            assert getattr(connection, "transaction_mode", "") is None

    assert getattr(connection, "transaction_mode", None) == before


@pytest.mark.django_db(transaction=True)
def test_a_fault_gives_the_writers_their_mode_back():
    before = getattr(connection, "transaction_mode", None)

    with pytest.raises(LookupError), snapshot():
        raise LookupError

    assert getattr(connection, "transaction_mode", None) == before


@pytest.mark.django_db(transaction=True)
def test_postgresql_refuses_a_write_and_repeats_its_reads():
    if connection.vendor != "postgresql":
        assert connection.vendor == "sqlite"
        return

    with snapshot(), connection.cursor() as cursor:
        cursor.execute("SHOW transaction_isolation")
        assert cursor.fetchone() == ("repeatable read",)
        with pytest.raises(Exception, match="read-only"), transaction.atomic():
            PlaceFactory()
