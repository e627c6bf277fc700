"""What the verifier notices beyond the twelve tamperings of tests/trust."""

from uuid import uuid4

import pytest
from django.db import transaction

from cases.access.gate import Actor, System, acting_as
from cases.actions import audit, individuals, organisations, reads, recording
from cases.models import AuditEntry, AuditHead, Individual, Organisation
from cases.queries.audit import NO_ORGANISATION, Head, Tampered, heads, rows, verify
from cases.rules.audit import START
from cases.vocabulary.organisations import Role
from tests.factories import IndividualFactory
from tests.trails import unguarded

pytestmark = pytest.mark.django_db
SYSTEM = System("tests")


@pytest.fixture
def person():
    keeper = organisations.enrol(by=SYSTEM, key="kept", name="Kept")
    made = individuals.register(by=SYSTEM, organisation=keeper)
    return individuals.amend(made, by=SYSTEM, version=1, circumstances="Heard of.")


def look_round() -> None:
    audit.note(by=SYSTEM, model="system", act="looked round")


def said() -> str:
    with pytest.raises(Tampered) as finding:
        verify()
    return str(finding.value)


def test_a_whole_trail_is_counted(person):
    checked = verify(heads())

    assert (checked.entries, checked.chains, checked.rows, checked.anchored) == (3, 1, 2, 1)
    assert checked.ends[person.organisation_id] == heads()[0]


def test_an_empty_trail_is_whole():
    assert verify().entries == 0


def test_a_row_added_without_an_act(person):
    stranger = IndividualFactory(organisation=person.organisation)

    assert f"no entry speaks for the individual {stranger.pk}" in said()


def test_a_row_taken_away_without_an_act(person):
    Individual.objects.filter(pk=person.pk).delete()

    assert said().endswith(f"entry 2: the individual {person.pk} is gone")


def test_a_version_set_back(person):
    Individual.objects.filter(pk=person.pk).update(version=1)

    assert "the trail says version 2, and it has 1" in said()


def test_a_row_moved_to_another_organisation(person):
    other = organisations.enrol(by=SYSTEM, key="other", name="Other")
    Individual.objects.filter(pk=person.pk).update(organisation=other)

    assert "is in another organisation now" in said()


def test_a_lost_head(person):
    with unguarded():
        AuditHead.objects.all().delete()

    assert "entry 3: the chain has lost its head" in said()


def test_a_head_that_points_elsewhere(person):
    with unguarded():
        AuditHead.objects.update(hash=START)

    assert "the head of the chain is another entry" in said()


def test_an_end_cut_off_without_its_head(person):
    with unguarded():
        AuditEntry.objects.filter(number=3).delete()

    assert "entry 3: it is missing; the head is 3" in said()


def test_a_whole_chain_gone(person):
    with unguarded():
        AuditEntry.objects.all().delete()
        AuditHead.objects.all().delete()

    with pytest.raises(Tampered, match="an anchor knows entry 3"):
        verify([Head(person.organisation_id, 3, START)])


def test_a_row_is_sealed_again_after_its_columns_changed(person):
    """A migration may rename a column; whoever answers for it seals the rows, on record."""
    Individual.objects.filter(pk=person.pk).update(circumstances="As the migration left it.")
    with transaction.atomic():
        for row, fault in rows():
            assert (row is not None and row.pk == person.pk) == (fault is not None)
            if row is not None and fault is not None:
                recording.seal(row, by=SYSTEM, reason="Renamed a column.")

    assert verify().rows == 2
    assert AuditEntry.objects.order_by("-number")[0].reason == "Renamed a column."


def test_entries_from_before_there_were_commitments_hold(person, monkeypatch):
    """They have none; but after the first that has one, none may lack it."""
    monkeypatch.setattr(AuditEntry, "commitment_to", lambda *_: "")
    for _ in range(2):
        look_round()
    monkeypatch.undo()
    assert verify().chains == 2
    look_round()
    assert verify().ends[NO_ORGANISATION].number == 3
    monkeypatch.setattr(AuditEntry, "commitment_to", lambda *_: "")
    look_round()
    monkeypatch.undo()

    assert said().endswith("entry 4: it commits to nothing, unlike the entries before it")


def test_an_organisation_is_in_its_own_chain(person):
    assert Organisation.objects.get().pk == AuditEntry.objects.get(model="organisation").target_id


def test_what_is_read_while_somebody_saves_is_no_tampering(person):
    """The entry of a read comes after the reading: it speaks for no row."""
    with acting_as(System("tests")) as by:
        seen = Individual.objects.get(pk=person.pk)
        saved = Individual.objects.get(pk=person.pk)
        individuals.amend(saved, by=by, version=seen.version, circumstances="Meanwhile.")
    with acting_as(Actor(uuid4(), person.organisation_id, Role.CASEWORKER)) as reader:
        reads.note(seen, by=reader)

    assert verify().rows > 0


def test_a_chain_longer_than_a_page_is_read_whole(person, monkeypatch):
    whole = verify()
    monkeypatch.setattr("cases.queries.audit._AT_ONCE", 2)

    assert verify() == whole
    assert whole.entries > 2
