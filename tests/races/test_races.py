"""Who is quicker wins, once; the others are told, and nothing is written twice."""

from functools import partial
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection, transaction

from cases.access.gate import System
from cases.actions import attempts, batches, counts
from cases.actions.recording import Conflict
from cases.models import AuditEntry, BatchSlot, IdempotencyKey, Individual, Place, RepatriationBatch
from cases.vocabulary.batches import BatchStatus
from tests.api.collections import address
from tests.factories import (
    BatchSlotFactory,
    IndividualFactory,
    OrganisationFactory,
    ReferralFactory,
    RepatriationBatchFactory,
    ReportedCountFactory,
)

CLIENTS = 16
PLACE = {"kind": "settlement", "name": "Sudzha"}


def posts(client: Any, path: str, body: Any, **headers: str) -> Any:
    return partial(client.post, path, body, headers=headers)


@pytest.mark.parametrize("headers", [{}, {"If-Match": '"1"'}], ids=["blind", "versioned"])
def test_the_last_seat_is_taken_once(headers, together, api_of):
    slot = BatchSlotFactory()
    path = address("batch-slots", slot.pk, "bind")
    people = [IndividualFactory() for _ in range(CLIENTS)]
    client = api_of(is_movement_cell=True)

    answers = together(
        *(posts(client, path, {"individual": str(person.pk)}, **headers) for person in people)
    )

    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [200] + [412 if headers else 409] * (CLIENTS - 1)
    [winner] = [answer.json()["individual"] for answer in answers if answer.status_code == 200]
    slot.refresh_from_db()
    assert (str(slot.individual_id), slot.version) == (winner, 2)


def test_a_person_joins_one_of_several_batches(together, api_of):
    person, client = IndividualFactory(), api_of(is_movement_cell=True)
    moving = [RepatriationBatchFactory() for _ in range(4)]

    answers = together(
        *(
            posts(
                client, address("batch-slots"), {"batch": str(b.pk), "individual": str(person.pk)}
            )
            for b in moving
        )
    )

    assert sorted(answer.status_code for answer in answers)[0] == 201
    refused = [answer for answer in answers if answer.status_code != 201]
    assert len(refused) == len(moving) - 1
    for answer in refused:
        assert answer.status_code in {400, 409}
        assert "in a batch that is not over" in answer.json()["detail"]
    assert BatchSlot.objects.filter(individual=person).count() == 1


def test_a_case_is_taken_over_once(together, api_of):
    theirs = OrganisationFactory(other=True)
    request = ReferralFactory(transfer=True, recipient=theirs)
    client = api_of("supervisor", organisation=theirs)
    path = address("referrals", request.pk, "accept")

    answers = together(*[posts(client, path, {})] * 4)

    assert sorted(answer.status_code for answer in answers)[0] == 200
    assert {answer.status_code for answer in answers} <= {200, 400, 404, 409, 412}
    assert sum(answer.status_code == 200 for answer in answers) == 1
    person = Individual.objects.get(pk=request.individual_id)
    assert (person.organisation_id, person.version) == (theirs.pk, 2)
    assert AuditEntry.objects.filter(act="handed over").count() == 1


def test_twins_of_one_key_write_one_row(together, api_of):
    client = api_of()
    twin = posts(client, address("places"), PLACE, **{"Idempotency-Key": "one of a kind"})

    answers = together(*[twin] * 8)

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert sum("Idempotency-Replayed" not in answer for answer in answers) == 1
    assert (Place.objects.count(), IdempotencyKey.objects.count()) == (1, 1)


def test_two_intakes_at_once_have_two_numbers(together, api_of):
    client = api_of()

    answers = together(*[posts(client, address("individuals"), {})] * 6)

    assert {answer.status_code for answer in answers} == {201}
    assert len(set(Individual.objects.values_list("case_number", flat=True))) == 6
    numbers = AuditEntry.objects.filter(organisation_id=client.user.organisation_id)
    assert sorted(numbers.values_list("number", flat=True)) == list(range(1, 7))


def test_two_edits_of_one_version_are_one(together):
    batch = RepatriationBatchFactory()
    by = System("tests")

    def edit(title: str) -> Any:
        return batches.amend(
            RepatriationBatch.objects.get(pk=batch.pk), by=by, version=1, title=title
        )

    done = together(*(partial(edit, f"Title {number}") for number in range(6)))

    [winner] = [row for row in done if isinstance(row, RepatriationBatch)]
    assert sum(isinstance(row, Conflict) for row in done) == 5
    batch.refresh_from_db()
    assert (batch.title, batch.version) == (winner.title, 2)


def reports_a_claim(by: System, batch: RepatriationBatch) -> Any:
    figure = ReportedCountFactory.build(flow=True, stated_value=9)
    template = ReportedCountFactory(flow=True)
    return counts.report(
        by=by, organisation=batch.organisation, batch=batch, statement=template.statement,
        population=template.population, measure=figure.measure, qualifier=figure.qualifier,
        stated_text="9", stated_value=9,
    )  # fmt: skip


def adds_a_slot(by: System, batch: RepatriationBatch) -> Any:
    return batches.add_slot(by=by, organisation=batch.organisation, batch=batch)


@pytest.mark.parametrize("change", [reports_a_claim, adds_a_slot])
def test_no_claim_or_slot_comes_between_the_guard_and_the_step(change, together):
    by, batch = System("tests"), RepatriationBatchFactory(arrived=True)
    ReportedCountFactory(flow=True, batch=batch, stated_value=1)
    BatchSlotFactory(batch=batch)

    def reconcile() -> Any:
        give_up_soon()
        fresh = RepatriationBatch.objects.get(pk=batch.pk)
        return batches.move(
            fresh, by=by, version=None, to_status=BatchStatus.RECONCILED,
            organisation=batch.organisation,
        )  # fmt: skip

    with transaction.atomic():
        change(by, batch)  # a second place, or a claim of nine: one does not match the other
        [waiting] = together(reconcile)
    [after] = together(reconcile)

    assert isinstance(waiting, OperationalError)
    assert attempts.is_busy(waiting)
    assert isinstance(after, ValidationError)
    assert "is not matched by the slots" in str(after)


def give_up_soon() -> None:
    """Fail on a lock rather than wait for whoever holds it."""
    with connection.cursor() as cursor:
        is_sqlite = connection.vendor == "sqlite"
        cursor.execute("PRAGMA busy_timeout=50" if is_sqlite else "SET lock_timeout='50ms'")
