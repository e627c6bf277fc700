"""Every machine × every pair of statuses: what its table does not have is refused at each door.

The action and the API say one sentence, and nothing is written.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from cases.access.gate import acting_as
from cases.actions import (
    assistance,
    batches,
    counts,
    discrepancies,
    imports,
    negotiations,
    proposals,
    status,
    tracing_candidates,
    tracing_steps,
)
from cases.models import AuditEntry, BatchStep, StatusEvent
from cases.rules import (
    assistance as help_rules,
    batches as batch_rules,
    counts as count_rules,
    discrepancies as discrepancy_rules,
    imports as import_rules,
    negotiations as talks_rules,
    tracing as tracing_rules,
)
from cases.rules.machine import Machine
from cases.rules.status import PROPOSAL, RETURN, WORK
from cases.vocabulary.organisations import Role
from tests import factories as f
from tests.api.collections import address
from tests.refusals import sentence_of

pytestmark = pytest.mark.django_db
SEEN: dict[str, Any] = {"observation": "Seen by staff."}
FIGURE = {"superseded": {"superseded": True}, "retracted": {"retracted": True}}

SEARCH = {"closed": {"closed": True}, "found": {"found": True}}
MAY_BE = {"confirmed": {"confirmed": True}, "rejected": {"rejected": True}}
CONSIDER: dict[str, Any] = {
    "confirmed": (tracing_candidates.confirm, "confirm"),
    "rejected": (tracing_candidates.reject, "reject"),
    "withdrawn": (tracing_candidates.take_back, "take-back"),
}


@dataclass(frozen=True)
class Doors:
    """How a row of a machine is made in a status, and asked to go to another."""

    machine: Machine
    make: Callable[[str], Any]
    act: Callable[[Any, Any, str], Any]
    ask: Callable[[Any, Any, str], Any]
    reached: tuple[str, ...] = ()
    """The statuses that there is an act for; all of them where none is named."""


def _amending(machine: Machine, collection: str, make: Any, amend: Any) -> Doors:
    def act(row: Any, by: Any, after: str) -> Any:
        return amend(row, by=by, version=row.version, **{machine.column: after})

    def ask(client: Any, row: Any, after: str) -> Any:
        body = {machine.column: after}
        return client.patch(address(collection, row.pk), body, headers={"If-Match": '"1"'})

    return Doors(machine, make, act, ask)


def _posting(collection: str, act: Callable[[str], str], body: Any = None) -> Any:
    def ask(client: Any, row: Any, after: str) -> Any:
        return client.post(address(collection, row.pk, act(after)), body(after) if body else {})

    return ask


def _step_of(machine: Machine, axis: str) -> Doors:
    return Doors(
        machine,
        lambda before: f.IndividualFactory(**{machine.column: before}),
        lambda row, by, after: status.record(
            by=by, individual=row, axis=axis, to_status=after, **SEEN
        ),
        _posting(
            "individuals",
            lambda _after: "status-events",
            lambda after: {"axis": axis, "to_status": after, **SEEN},
        ),
    )


def _proposal(before: str) -> Any:
    traits = {before: True} if before in {"approved", "declined"} else {"state": before}
    return f.StatusProposalFactory(**traits)


def _decide(row: Any, by: Any, after: str) -> Any:
    if after == "withdrawn":
        row.recorded_by_id = by.user_id
        type(row).objects.filter(pk=row.pk).update(recorded_by=by.user_id)
        return proposals.withdraw(row, by=by, version=None)
    act = {"approved": proposals.approve, "declined": proposals.decline}[after]
    return act(row, by=by, version=None, reason="As agreed.")


def _ask_to_decide(client: Any, row: Any, after: str) -> Any:
    if after == "withdrawn":
        type(row).objects.filter(pk=row.pk).update(recorded_by=client.user)
    name = {"approved": "approve", "declined": "decline", "withdrawn": "withdraw"}[after]
    body = {} if after == "withdrawn" else {"reason": "As agreed."}
    return client.post(address("status-proposals", row.pk, name), body)


def _end(row: Any, by: Any, after: str) -> Any:
    if after == "retracted":
        return counts.retract(row, by=by, version=None, reason="Misread.")
    act = {"verified": counts.verify, "superseded": counts.supersede}[after]
    return act(row, by=by, version=None)


def _import(row: Any, by: Any, after: str) -> Any:
    row.recorded_by_id = by.user_id
    type(row).objects.filter(pk=row.pk).update(recorded_by=by.user_id)
    if after == "stopped":
        return imports.stop(row, by=by)
    if after == "mapped":
        told: Any = {"mapping": ["name", "sex"], "known": ["name", "sex"], "needed": ["name"]}
        return imports.match(row, by=by, version=None, **told)
    return imports.begin(row, by=by, version=None, is_dry=after == "checking")


def _ask_to_import(client: Any, row: Any, after: str) -> Any:
    type(row).objects.filter(pk=row.pk).update(recorded_by=client.user)
    names = {"stopped": "stop", "mapped": "map", "checking": "dry-run", "running": "run"}
    body = {"mapping": ["name", "sex"]} if after == "mapped" else {}
    return client.post(address("imports", row.pk, names[after]), body)


ALL = [
    Doors(
        import_rules.RUN,
        lambda before: f.ImportRunFactory(state=before),
        _import,
        _ask_to_import,
        ("mapped", "checking", "running", "stopped"),
    ),
    _step_of(RETURN, "return"),
    _step_of(WORK, "work"),
    Doors(PROPOSAL, _proposal, _decide, _ask_to_decide, ("approved", "declined", "withdrawn")),
    Doors(
        batch_rules.MACHINE,
        lambda before: f.RepatriationBatchFactory(status=before),
        lambda row, by, after: batches.move(row, by=by, version=None, to_status=after),
        _posting(
            "repatriation-batches", lambda _after: "transitions", lambda after: {"to_status": after}
        ),
    ),
    Doors(
        count_rules.STATE,
        lambda before: f.ReportedCountFactory(**FIGURE.get(before, {"state": before})),
        _end,
        _posting(
            "reported-counts",
            {"verified": "verify", "superseded": "supersede", "retracted": "retract"}.__getitem__,
            lambda after: {"reason": "Misread."} if after == "retracted" else {},
        ),
        ("verified", "superseded", "retracted"),
    ),
    Doors(
        tracing_rules.REQUEST,
        lambda before: f.TracingRequestFactory(**SEARCH.get(before, {"state": before})),
        lambda row, by, after: tracing_steps.move(
            row, by=by, version=None, to_state=after, outcome="withdrawn", reason="They met."
        ),
        _posting(
            "tracing-requests",
            lambda _after: "transitions",
            lambda after: {"to_state": after, "outcome": "withdrawn", "reason": "They met."},
        ),
    ),
    Doors(
        tracing_rules.CANDIDATE,
        lambda before: f.TracingCandidateFactory(**MAY_BE.get(before, {"state": before})),
        lambda row, by, after: CONSIDER[after][0](row, by=by, version=None, reason="As agreed."),
        _posting(
            "tracing-candidates",
            lambda after: CONSIDER[after][1],
            lambda _after: {"reason": "As agreed."},
        ),
        ("confirmed", "rejected", "withdrawn"),
    ),
    _amending(
        help_rules.STAGE,
        "assistance",
        lambda before: f.AssistanceFactory(stage=before, provider=f.BodyFactory()),
        assistance.amend,
    ),
    _amending(
        discrepancy_rules.REVIEW,
        "discrepancies",
        lambda before: f.DiscrepancyFactory(state=before, rationale="Two readings."),
        discrepancies.amend,
    ),
    _amending(
        talks_rules.STATUS,
        "negotiations",
        lambda before: f.NegotiationFactory(status=before),
        negotiations.amend,
    ),
]
CASES = [
    pytest.param(doors, str(before), id=f"{doors.machine.title}-{before}")
    for doors in ALL
    for before in doors.machine.terms.values
]


TOLD_AGAIN = {("An import", "mapped")}
"""Columns that are matched may be matched otherwise: that is no step."""


def refused(doors: Doors, before: str) -> list[str]:
    """Name the statuses that do not follow; a field that stays as it is asks for no step."""
    reached = doors.reached or tuple(doors.machine.terms.values)
    is_told_again = (doors.machine.title, before) in TOLD_AGAIN
    is_field = doors.machine.asked == doors.machine.column and not doors.reached
    stays = {before} if is_field or is_told_again else set()
    return [after for after in reached if after not in doors.machine.steps[before] | stays]


@pytest.mark.parametrize(("doors", "before"), CASES)
def test_no_door_takes_a_step_that_the_table_does_not_have(doors, before, actor_of, api_of):
    machine = doors.machine
    row = doors.make(before)
    by = actor_of(Role.SUPERVISOR, is_movement_cell=True)
    client = api_of(Role.SUPERVISOR, is_movement_cell=True)
    for after in refused(doors, before):
        with acting_as(by):
            mine = type(row).objects.get(pk=row.pk)
            said = sentence_of(doors.act, mine, by, after)
        answer = doors.ask(client, row, after)

        assert said.startswith(machine.why_not(before, after)), (before, after)
        assert answer.status_code == 400, (before, after, answer.content)
        assert answer.json()["errors"][0]["message"] == said
    row.refresh_from_db()
    assert (getattr(row, machine.column), row.version) == (before, 1)
    assert not AuditEntry.objects.filter(version_after__isnull=False).exists()
    assert not BatchStep.objects.exists()
    assert StatusEvent.objects.count() == (machine is PROPOSAL and before == "approved")
