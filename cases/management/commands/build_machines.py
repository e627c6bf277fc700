"""Draw the machines from their tables: what the rules say is what the page shows."""

from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cases.access.roles import POWERS, Act
from cases.rules import (
    assistance,
    batches,
    counts,
    discrepancies,
    imports,
    negotiations,
    status,
    tracing,
)
from cases.rules.machine import Machine

PAGE = Path(settings.BASE_DIR) / "docs" / "status.md"
HEAD = """# Status machines

Generated from the tables in `cases/rules/` by `manage.py build_machines`; never edited by hand. A
status goes by the steps drawn here and by no others, at every door. What a step needs besides is in
the words of the refusal. ● marks where a machine may begin.

How events are dated, learned late and set right: [staff.md](staff.md#move-a-case-on) and
[ADR 0018](adr/0018-steps-proposals-and-corrections.md).
"""
MACHINES: tuple[tuple[Machine, Act], ...] = (
    (status.RETURN, Act.RECORD_STATUS),
    (status.WORK, Act.RECORD_STATUS),
    (status.PROPOSAL, Act.APPROVE_STATUS),
    (batches.MACHINE, Act.MOVE_BATCHES),
    (tracing.REQUEST, Act.KEEP_TRACING),
    (tracing.CANDIDATE, Act.KEEP_TRACING),
    (assistance.STAGE, Act.KEEP_ASSISTANCE),
    (counts.STATE, Act.RECORD_COUNTS),
    (discrepancies.REVIEW, Act.RECORD_COUNTS),
    (negotiations.STATUS, Act.RECORD_NEGOTIATIONS),
    (imports.RUN, Act.KEEP_CASES),
)
"""Every machine, and the act that takes its steps."""
_OTHER_ACTS: dict[tuple[str, str], Act] = {
    (counts.STATE.title, "verified"): Act.REVIEW_COUNTS,
    (tracing.REQUEST.title, "found"): Act.CONFIRM_TRACING,
    (tracing.CANDIDATE.title, "confirmed"): Act.CONFIRM_TRACING,
    (status.PROPOSAL.title, "withdrawn"): Act.RECORD_STATUS,
    (status.PROPOSAL.title, "overtaken"): Act.RECORD_STATUS,
}


class Command(BaseCommand):
    """Write `docs/status.md`, or say that it is out of date."""

    help = "Write docs/status.md from the machines in cases/rules."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="write nothing; fail if it is out of date"
        )

    def handle(self, *_args: Any, check: bool, **_options: Any) -> None:
        text = page()
        if not check:
            PAGE.parent.mkdir(exist_ok=True)
            PAGE.write_text(text, "utf-8")
        elif not PAGE.exists() or PAGE.read_text("utf-8") != text:
            message = "docs/status.md is not what the rules say. Run: manage.py build_machines"
            raise CommandError(message)


def page() -> str:
    """Give the text of the page."""
    return "\n".join([HEAD, *(line for one in MACHINES for line in _machine(*one))])


def _machine(machine: Machine, act: Act) -> Iterator[str]:
    yield f"## {machine.title}\n"
    yield "```mermaid\nstateDiagram-v2"
    yield from _staged(machine) if machine.stages else _drawn(machine)
    yield "```\n"
    yield "| from | to | needs | who may | second person |\n|---|---|---|---|---|"
    for before in machine.terms:
        yield from _rows(machine, before, act)
    yield ""


def _drawn(machine: Machine) -> Iterator[str]:
    yield from _states(machine, [term.value for term in machine.terms], "    ")
    yield from (f"    [*] --> {term}" for term in machine.terms if term in machine.starts)
    for before in machine.terms:
        yield from (f"    {before} --> {after}" for after in _ordered(machine, before))


def _staged(machine: Machine) -> Iterator[str]:
    """Draw stages as boxes, and an arrow where any status of one leads to any of another.

    A step that skips stages forward is in the table; the arrow to the next stage stands for it.
    """
    boxes = [*machine.stages, frozenset(machine.steps).difference(*machine.stages)]
    names = [f"stage_{number}" for number in range(1, len(boxes))] + ["aside"]
    for name, box in zip(names, boxes, strict=True):
        yield f'    state "{"Aside" if name == "aside" else name.replace("_", " ")}" as {name} {{'
        inside = [term.value for term in machine.terms if term in box]
        yield from _states(machine, inside, "        ")
        yield "    }"
    yield f"    [*] --> {names[0]}"
    for number, box in enumerate(boxes):
        for other, target in enumerate(boxes):
            skips = other > number + 1 and other < len(boxes) - 1
            if number != other and not skips and _leads(machine, box, target):
                yield f"    {names[number]} --> {names[other]}"


def _states(machine: Machine, statuses: Iterable[str], indent: str) -> Iterator[str]:
    yield from (f'{indent}state "{machine.label(status)}" as {status}' for status in statuses)


def _leads(machine: Machine, box: frozenset[str], target: frozenset[str]) -> bool:
    return any(machine.steps[before] & target for before in box)


def _ordered(machine: Machine, before: str) -> list[str]:
    return [term.value for term in machine.terms if term in machine.steps[before]]


def _rows(machine: Machine, before: Any, act: Act) -> Iterator[str]:
    """Write one row for all steps from a status that ask for the same."""
    grouped: dict[tuple[str, str, str], list[str]] = {}
    for after in _ordered(machine, before):
        who = _who(_OTHER_ACTS.get((machine.title, after), act))
        if machine is batches.MACHINE and {before, after} & set(batches.MOVING):
            who += ", in the movement cell"
        is_second = (before, after) in machine.second
        second = f"approves: {_who(Act.APPROVE_STATUS)}" if is_second else ""
        key = (" ".join(machine.needs(after)), who, second)
        grouped.setdefault(key, []).append(machine.label(after))
    mark = "● " if before in machine.starts else ""
    if not grouped:
        yield f"| {mark}{machine.label(before)} | – |  |  |  |"
    for (needs, who, second), labels in grouped.items():
        cells = (f"{mark}{machine.label(before)}", "; ".join(labels), needs, who, second)
        yield f"| {' | '.join(cells)} |"


def _who(act: Act) -> str:
    return ", ".join(role.label.lower() for role in POWERS if act in POWERS[role].acts)
