"""Nothing that is committed later comes before a position that was handed out."""

from threading import Event

from django.db import connection, transaction

from cases.access.gate import Actor, System, acting_as
from cases.actions import places
from cases.queries import changes
from cases.vocabulary.organisations import Role
from tests.factories import OrganisationFactory, UserFactory
from tests.races.conftest import PATIENCE


def test_a_change_waits_for_those_begun_before_it(together):
    keeper, another = OrganisationFactory(), OrganisationFactory(other=True)
    reader = Actor.of(UserFactory(role=Role.SUPERVISOR, organisation=keeper))
    begun, read = Event(), Event()

    def write(name, keeper=keeper):
        by = System("tests")
        return places.add(by=by, organisation=keeper, kind="settlement", name=name).pk

    def slow():
        with transaction.atomic():
            key = write("First begun, last ended")
            begun.set()
            read.wait(PATIENCE)
        return key

    def quick():
        with acting_as(reader):
            start = changes.page(None, 200).next
        begun.wait(PATIENCE)
        # SQLite has one writer: there the second one waits for the first.
        key = write("Quick", another) if connection.vendor == "postgresql" else None
        with acting_as(reader):
            meanwhile = changes.page(start, 200)
        read.set()
        return key, meanwhile

    first, second = together(slow, quick)

    assert not isinstance(first, Exception), first
    key, meanwhile = second
    assert meanwhile.entries == ()
    with acting_as(reader):
        rest = changes.page(meanwhile.next, 200)
    wanted = [first, key] if key else [first]
    assert [entry.key for entry in rest.entries if entry.model == "place"] == wanted
