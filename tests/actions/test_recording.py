"""What every write has in common."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from cases.access.gate import Actor, System, acting_as
from cases.actions import batches, individuals, organisations, places, reports
from cases.actions.recording import Conflict, NotYours
from cases.models import AuditEntry, Individual, Note, RepatriationBatch, User
from cases.vocabulary.batches import BatchKind
from cases.vocabulary.organisations import Role
from tests.factories import (
    IndividualFactory,
    OrganisationFactory,
    PlaceFactory,
    RepatriationBatchFactory,
    StatementFactory,
    UserFactory,
)
from tests.refusals import sentence_of

pytestmark = pytest.mark.django_db
BATCH: dict[str, Any] = {"code": "K-1", "title": "First", "kind": BatchKind.NEGOTIATED}


@pytest.fixture
def caseworker(as_actor):
    with as_actor(Role.CASEWORKER) as actor:
        yield actor


def test_a_row_is_recorded_for_ones_own_organisation(caseworker):
    batch = batches.announce(by=caseworker, **BATCH)

    assert batch.organisation_id == caseworker.organisation_id
    assert batch.recorded_by_id == caseworker.user_id
    with acting_as(System("tests")):
        entry = AuditEntry.objects.get(target_id=batch.pk)
    assert (entry.act, entry.version_before, entry.version_after) == ("recorded", None, 1)
    assert entry.changed == "code kind title"
    assert entry.actor_id == caseworker.user_id


def test_a_row_is_not_recorded_for_anothers(caseworker, other_organisation):
    said = sentence_of(batches.announce, by=caseworker, organisation=other_organisation, **BATCH)

    assert said == "A row is recorded for one's own organisation."


def test_the_system_names_the_organisation(organisation):
    system = System("tests")

    assert "one's own organisation" in sentence_of(batches.announce, by=system, **BATCH)
    assert batches.announce(by=system, organisation=organisation, **BATCH).recorded_by is None


def test_a_change_raises_the_version_and_names_the_fields(caseworker):
    batch = batches.announce(by=caseworker, **BATCH)
    before = batch.updated_at

    batches.amend(batch, by=caseworker, version=1, title="Second", kind=BatchKind.NEGOTIATED)

    batch.refresh_from_db()
    assert (batch.version, batch.title) == (2, "Second")
    assert batch.updated_at > before
    with acting_as(System("tests")):
        entry = AuditEntry.objects.get(act="changed")
    assert (entry.changed, entry.version_before, entry.version_after) == ("title", 1, 2)


def test_nothing_happens_where_nothing_differs(caseworker):
    batch = batches.announce(by=caseworker, **BATCH)

    batches.amend(batch, by=caseworker, version=1, title="First")

    assert RepatriationBatch.objects.get().version == 1


def test_a_stale_writer_is_refused(caseworker):
    batch = batches.announce(by=caseworker, **BATCH)
    stale = RepatriationBatch.objects.get()
    batches.amend(batch, by=caseworker, version=1, title="Second")

    with pytest.raises(Conflict, match="changed by somebody else") as by_version:
        batches.amend(stale, by=caseworker, version=2, title="Third")
    with pytest.raises(Conflict):
        batches.amend(stale, by=caseworker, version=None, title="Third")
    assert by_version.value.expected == 2
    assert RepatriationBatch.objects.get().title == "Second"


def test_a_refused_change_is_not_written(caseworker):
    batch = batches.announce(by=caseworker, **BATCH)

    with pytest.raises(ValidationError):
        batches.amend(batch, by=caseworker, version=1, kind="nonsense")
    assert RepatriationBatch.objects.get().version == 1


def test_another_organisations_row_is_read_and_not_changed(caseworker, other_organisation):
    with acting_as(System("tests")):
        place = PlaceFactory(organisation=other_organisation)

    with pytest.raises(NotYours, match="This place is kept by another organisation"):
        places.amend(place, by=caseworker, version=1, name="Elsewhere")


def test_a_row_stays_with_its_organisation(caseworker, other_organisation):
    batch = batches.announce(by=caseworker, **BATCH)

    said = sentence_of(
        batches.amend, batch, by=caseworker, version=1, organisation=other_organisation
    )
    assert said.startswith("This repatriation batch stays with its organisation.")


def test_a_user_does_not_move_to_another_organisation(as_actor, other_organisation, user_of):
    user = user_of()

    with as_actor(Role.ADMINISTRATOR) as by:
        said = sentence_of(
            organisations.amend_user, user, by=by, version=1, organisation=other_organisation
        )
    assert said.startswith("This user stays with its organisation.")


def test_what_an_actor_cannot_see_is_unique_all_the_same(as_actor):
    RepatriationBatchFactory(code="K-1")

    with as_actor(Role.PARTNER) as partner:
        assert not RepatriationBatch.objects.exists()
        said = sentence_of(batches.announce, by=partner, **BATCH)
    assert said == "Your organisation has a batch of this code already."


def test_an_administrator_changes_a_user_without_reading_the_password(as_actor, user_of):
    key = user_of().pk

    with as_actor(Role.ADMINISTRATOR) as by:
        user = User.objects.get(pk=key)
        organisations.amend_user(user, by=by, version=1, name="Anna")
    assert User.objects.get(pk=key).name == "Anna"
    assert User.objects.get(pk=key).has_usable_password()


def test_dates_out_of_order_are_a_sentence_also_on_a_change(caseworker):
    batch = batches.announce(by=caseworker, departed_edtf="2024-11-21", status="arrived", **BATCH)

    said = sentence_of(batches.amend, batch, by=caseworker, version=1, arrived_edtf="2024-11-20")

    assert said == "The batch cannot arrive before it departs."


def test_a_date_is_kept_without_blanks_around_it(caseworker):
    batch = batches.announce(by=caseworker, departed_edtf=" 2024-11 ", status="arrived", **BATCH)

    assert batch.departed_edtf == "2024-11"
    assert str(getattr(batch, "departed_latest", None)) == "2024-11-30"


def test_a_manager_neither_writes_nor_reads_names(as_actor):
    with as_actor(Role.MANAGER) as by, pytest.raises(PermissionDenied, match="add or change cases"):
        individuals.register(by=by)
    assert not Individual.objects.exists()
    assert not Note.objects.exists()


def test_two_organisations_count_their_cases_alone(as_actor, other_organisation):
    IndividualFactory(organisation=OrganisationFactory())
    worker = UserFactory(organisation=other_organisation)

    with as_actor(Actor.of(worker)) as by:
        person = individuals.register(by=by)
    assert person.case_number.startswith("C-000001-")


def test_a_partner_system_changes_only_what_it_recorded(organisation, as_actor):
    theirs = PlaceFactory()
    statement = StatementFactory()
    with as_actor("partner") as partner:
        own = reports.make_statement(
            by=partner, code="own", attribution="unattributed", summary="Said."
        )
        reports.amend_statement(own, by=partner, version=1, summary="Said again.")

        with pytest.raises(PermissionDenied, match="recorded by somebody else"):
            reports.amend_statement(statement, by=partner, version=1, summary="Rewritten.")
        with pytest.raises(PermissionDenied, match="You may not"):
            places.amend(theirs, by=partner, version=1, name="Elsewhere")
