"""Invented requests to look for somebody: one in each state that a desk meets."""

from collections.abc import Sequence
from typing import Any

from cases.access.gate import acting_as
from cases.actions import individuals, tracing, tracing_actions, tracing_candidates, tracing_steps
from cases.exchange.invented import Desk
from cases.exchange.invented_people import INVENTED
from cases.models import Individual, TracingRequest
from cases.queries.tracing import matches
from cases.vocabulary.individuals import CaseSensitivity, FamilyTie, Priority
from cases.vocabulary.organisations import Role
from cases.vocabulary.status import WorkStatus
from cases.vocabulary.tracing import TracingOutcome, TracingState
from cases.vocabulary.tracing_work import TracingActionKind

_SOUGHT = (
    ("Мария Зайцева\nMaria Zaitseva", FamilyTie.MOTHER, Priority.HIGH),
    ("Иван Громов", FamilyTie.SIBLING, Priority.ROUTINE),
    ("Olga Lebedeva", FamilyTie.CHILD, Priority.URGENT),
    ("Пётр Невымышленных", FamilyTie.SPOUSE, Priority.ROUTINE),
)


def record_requests(desk: Desk, people: Sequence[Individual]) -> None:
    """Take in a few requests, and let them come as far as each comes."""
    with acting_as(desk.actor(Role.CASEWORKER)) as by:
        taken = [_take_in(desk, by, number, *sought) for number, sought in enumerate(_SOUGHT, 1)]
        for request in taken[1:]:
            _did(by, request, TracingActionKind.CHECKED_RECORDS, "Read the lists of the shelters.")
        for request in taken[1:3]:
            _propose_the_likeliest(by, request)
        over = TracingRequest.objects.get(pk=taken[3].pk)
        end: Any = {"to_state": TracingState.CLOSED, "outcome": TracingOutcome.NOT_FOUND}
        tracing_steps.move(over, by=by, version=None, reason=INVENTED, **end)
        for known in list(filter(_is_plain, people))[:1]:
            tracing.take_in(
                by=by, individual=known, enquirer=taken[0].enquirer, asked_edtf="2024-12",
                assigned_to=desk.users[Role.CASEWORKER],
            )  # fmt: skip
    with acting_as(desk.actor(Role.SUPERVISOR)) as second:
        for candidate in taken[2].candidates.all():
            tracing_candidates.confirm(candidate, by=second, version=None, reason=INVENTED)


def _is_plain(person: Individual) -> bool:
    is_standard = person.sensitivity == CaseSensitivity.STANDARD
    return is_standard and person.work_status == WorkStatus.OPEN


def _take_in(
    desk: Desk, by: Any, number: int, names: str, relation: FamilyTie, priority: Priority
) -> TracingRequest:
    contact = individuals.add_contact(
        by=by, reference=f"enquirer-{number}", name=f"Вымышленный заявитель {number}",
        reached_at="+0 000 000-00-00", remarks=INVENTED,
    )  # fmt: skip
    return tracing.take_in(
        by=by,
        enquirer=contact,
        relation=relation,
        priority=priority,
        asked_edtf="2024-11",
        may_be_named=True,
        sought_names=names,
        last_known_place=desk.places[0],
        last_contact_edtf="2024-08~",
        circumstances=INVENTED,
        assigned_to=desk.users[Role.CASEWORKER],
    )


def _did(by: Any, request: TracingRequest, kind: TracingActionKind, text: str) -> None:
    tracing_actions.record(by=by, request=request, kind=kind, text=f"{INVENTED} {text}")


def _propose_the_likeliest(by: Any, request: TracingRequest) -> None:
    for match in matches(request)[:1]:
        tracing_candidates.propose(by=by, request=request, individual=match.person)
