"""The database itself refuses to change what is on record."""

import pytest
from django.db import DatabaseError, connection, transaction

from cases.access.gate import System
from cases.actions import audit
from cases.models import AuditEntry, AuditHead
from tests.trails import unguarded

pytestmark = pytest.mark.django_db
REFUSAL = r"only ever (added to|moves on)|permission denied"  # PostgreSQL's rights come first


@pytest.fixture
def entry():
    return audit.note(by=System("tests"), act="looked round", model="system")


@pytest.mark.parametrize(
    "change",
    [
        lambda: AuditEntry.objects.update(act="nothing"),
        lambda: AuditEntry.objects.all().delete(),
        lambda: AuditHead.objects.all().delete(),
        lambda: AuditHead.objects.update(number=0),
        lambda: AuditHead.objects.update(hash="0" * 64),
    ],
    ids=["edit", "delete", "behead", "turn back", "point elsewhere"],
)
def test_nothing_on_record_is_changed(entry, change):
    with pytest.raises(DatabaseError, match=REFUSAL), transaction.atomic():
        change()

    assert AuditEntry.objects.get().hash == AuditHead.objects.get().hash == entry.hash


def test_postgresql_empties_no_table_of_the_trail(entry):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE.")
    with pytest.raises(DatabaseError, match=REFUSAL), transaction.atomic():
        connection.cursor().execute("TRUNCATE cases_auditentry")


def test_whoever_owns_the_database_gets_past_it(entry):
    """Which is why the trail is verified, and anchored elsewhere."""
    with unguarded():
        AuditEntry.objects.update(act="nothing")

    assert AuditEntry.objects.get().act == "nothing"
