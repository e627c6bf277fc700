"""The buttons of a machine: what may come next, and why the rest is closed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import gettext as _, gettext_lazy

from cases.access.gate import can, current_actor
from cases.access.roles import Act
from cases.actions import guards, tracing_guards
from cases.admin import links
from cases.models import Individual, RepatriationBatch, StatusEvent, StatusProposal, TracingRequest
from cases.queries.reconciliation import Reconciliation
from cases.rules import batches, tracing
from cases.rules.machine import Machine
from cases.rules.status import MACHINES, needs_second_person
from cases.vocabulary.status import Axis
from cases.vocabulary.tracing import TracingState

_TITLES = {
    Axis.RETURN: gettext_lazy("The way home: record a step"),
    Axis.WORK: gettext_lazy("The work on the case: record a step"),
}


@dataclass(frozen=True)
class Next:
    """A status that may come next, or may not and why."""

    label: str
    definition: str
    url: str
    reason: str
    needs: tuple[str, ...]


@dataclass(frozen=True)
class Steps:
    """The statuses of one machine."""

    title: str
    open: tuple[Next, ...]
    closed: tuple[Next, ...]


def of_case(person: Individual) -> list[Steps]:
    """Offer the steps of both axes."""
    return [
        _steps(
            str(_TITLES[axis]),
            machine,
            getattr(person, machine.column),
            partial(_step, person, axis),
        )
        for axis, machine in MACHINES.items()
    ]


def _step(person: Individual, axis: Axis, now: str, status: Any) -> tuple[str, str, str]:
    """Give the label, the address and the reason of a step of a case."""
    is_proposed = needs_second_person(axis, now, status)
    model = StatusProposal if is_proposed else StatusEvent
    url = links.add_to(model, individual=person.pk, axis=axis.value, to_status=status.value)
    label = str(status.label)
    if is_proposed:
        label = _("Propose: %(status)s") % {"status": label}
    ask = partial(guards.of_next, person, by=current_actor(), axis=axis, to_status=status)
    return label, url, guards.sentence_of(ask)


def of_batch(batch: RepatriationBatch, picture: Reconciliation) -> Steps | None:
    """Offer the steps of a batch to whoever may move one of their organisation."""
    actor = current_actor()
    if batch.organisation_id != actor.organisation_id or not can(actor, Act.MOVE_BATCHES):
        return None

    def step(_now: str, status: Any) -> tuple[str, str, str]:
        url = links.deed_of(batch, "move", to_status=status.value)
        ask = partial(guards.of_move, batch, by=actor, to_status=status, picture=picture)
        return str(status.label), url, guards.sentence_of(ask)

    return _steps(_("Move on to"), batches.MACHINE, batch.status, step)


def of_request(request: TracingRequest) -> Steps:
    """Offer the steps of a tracing request."""

    def step(_now: str, state: Any) -> tuple[str, str, str]:
        is_end = state == TracingState.CLOSED
        given = {} if is_end else {"to_state": state.value}
        url = links.deed_of(request, "close" if is_end else "move", **given)
        ask = partial(tracing_guards.of_move, request, by=current_actor(), to_state=state)
        return str(state.label), url, guards.sentence_of(ask)

    return _steps(_("Move on to"), tracing.REQUEST, request.state, step)


def _steps(
    title: str, machine: Machine, now: str, step: Callable[[str, Any], tuple[str, str, str]]
) -> Steps:
    offered = list(_offered(machine, now, step))
    return Steps(
        title,
        tuple(one for one in offered if not one.reason),
        tuple(one for one in offered if one.reason),
    )


def _offered(
    machine: Machine, now: str, step: Callable[[str, Any], tuple[str, str, str]]
) -> Iterable[Next]:
    for status in machine.terms:
        if status == now:
            continue
        reason = machine.why_not(now, status)
        label, url = str(status.label), ""
        if not reason:
            label, url, reason = step(now, status)
        yield Next(label, str(status.definition), url, reason, machine.needs(status))
