"""Sixteen take steps of one row at the same moment: one wins, and log and status agree."""

from functools import partial
from typing import Any

from cases.actions import steps
from cases.models import AuditEntry, BatchStep, Individual, StatusEvent, StatusProposal
from cases.rules import timeline
from cases.rules.status import RETURN
from cases.vocabulary.organisations import Role
from cases.vocabulary.status import Axis
from tests.api.collections import address
from tests.factories import (
    AssistanceFactory,
    BatchSlotFactory,
    IndividualFactory,
    RepatriationBatchFactory,
    StatusProposalFactory,
)

AT_ONCE = 16
SEEN = {"observation": "Seen by staff."}


def posts(client: Any, path: str, body: Any, **headers: str) -> Any:
    return partial(client.post, path, body, headers=headers)


def only_one(answers: list[Any], won: int) -> Any:
    """Give the answer that won; the others were refused, or told that somebody was quicker."""
    statuses = sorted(answer.status_code for answer in answers)
    assert statuses.count(won) == 1, statuses
    assert set(statuses) - {won} <= {400, 409, 412}, statuses
    return next(answer for answer in answers if answer.status_code == won)


def test_one_of_sixteen_takes_a_step(together, api_of):
    person, client = IndividualFactory(return_status="home"), api_of()
    path = address("individuals", person.pk, "status-events")
    to = ["temporary_accommodation", "hospitalised"] * (AT_ONCE // 2)

    answers = together(
        *(posts(client, path, {"to_status": after, **SEEN}, **{"If-Match": '"1"'}) for after in to)
    )

    won = only_one(answers, 201).json()
    person.refresh_from_db()
    assert (person.return_status, person.version) == (won["to_status"], 2)
    assert StatusEvent.objects.count() == 1


def test_of_sixteen_blind_steps_the_log_is_the_status(together, api_of):
    person, client = IndividualFactory(), api_of()
    path = address("individuals", person.pk, "status-events")
    to = ["located_held", "in_transit", "returned_to_country", "home"] * (AT_ONCE // 4)

    answers = together(*(posts(client, path, {"to_status": after, **SEEN}) for after in to))

    statuses = [answer.status_code for answer in answers]
    taken = statuses.count(201)
    assert taken >= 1
    assert set(statuses) <= {201, 400, 409}
    found = Individual.objects.get(pk=person.pk)
    log = steps.steps_of(found, Axis.RETURN)
    assert (len(log), found.version) == (taken, taken + 1)
    assert timeline.replay("reported", log) == found.return_status
    for step in log:
        RETURN.check(step.before, step.after)


def test_one_of_sixteen_approves(together, api_of):
    proposal = StatusProposalFactory()
    clients = [api_of(Role.SUPERVISOR) for _ in range(AT_ONCE)]
    path = address("status-proposals", proposal.pk, "approve")

    answers = together(*(posts(client, path, {}) for client in clients))

    only_one(answers, 200)
    proposal.refresh_from_db()
    assert (proposal.state, StatusEvent.objects.count()) == ("approved", 1)
    assert Individual.objects.get().work_status == "reopened"


def test_approved_declined_and_withdrawn_at_once_it_is_one_of_them(together, api_of):
    proposer = api_of()
    proposal = StatusProposalFactory(recorded_by=proposer.user)
    clients = [api_of(Role.SUPERVISOR) for _ in range(AT_ONCE - 1)]
    ways = [("approve", {}), ("decline", {"reason": "No."})] * (AT_ONCE // 2)
    acts = [
        posts(client, address("status-proposals", proposal.pk, name), body)
        for client, (name, body) in zip(clients, ways, strict=False)
    ]

    answers = together(
        *acts, posts(proposer, address("status-proposals", proposal.pk, "withdraw"), {})
    )

    won = only_one(answers, 200).json()["state"]
    assert StatusProposal.objects.get().state == won
    assert StatusEvent.objects.count() == (won == "approved")


def test_one_of_sixteen_proposes(together, api_of):
    person = IndividualFactory(work_status="closed")
    body = {"individual": str(person.pk), "axis": "work", "to_status": "reopened", **SEEN}

    answers = together(
        *(posts(api_of(), address("status-proposals"), body) for _ in range(AT_ONCE))
    )

    only_one(answers, 201)
    assert StatusProposal.objects.count() == 1


def test_one_of_sixteen_moves_a_batch(together, api_of):
    batch, client = RepatriationBatchFactory(), api_of(is_movement_cell=True)
    BatchSlotFactory(batch=batch)
    path = address("repatriation-batches", batch.pk, "transitions")
    to = ["agreed", "postponed", "cancelled", "arrived"] * (AT_ONCE // 4)

    answers = together(
        *(posts(client, path, {"to_status": after}, **{"If-Match": '"1"'}) for after in to)
    )

    won = only_one(answers, 201).json()
    batch.refresh_from_db()
    assert (batch.status, batch.version) == (won["to_status"], 2)
    assert BatchStep.objects.count() == 1


def test_one_of_sixteen_moves_help_on(together, api_of):
    row, client = AssistanceFactory(stage="delivered"), api_of()
    path = address("assistance", row.pk)
    stages = ["complained", "in_progress", "needed", "declined"] * (AT_ONCE // 4)

    answers = together(
        *(
            partial(client.patch, path, {"stage": stage}, headers={"If-Match": '"1"'})
            for stage in stages
        )
    )

    won = only_one(answers, 200).json()
    row.refresh_from_db()
    assert won["stage"] in {"complained", "in_progress"}
    assert (row.stage, row.version) == (won["stage"], 2)
    assert AuditEntry.objects.filter(target_id=row.pk, version_after=2).count() == 1
