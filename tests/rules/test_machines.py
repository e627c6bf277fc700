"""Every machine: whole tables, no step that is not in them, and all of it drawn."""

from itertools import product

import pytest

from cases.management.commands.build_machines import MACHINES, page
from cases.rules import batches, status
from tests.refusals import sentence_of

ALL = [pytest.param(machine, id=str(machine.title)) for machine, _ in MACHINES]


@pytest.mark.parametrize("machine", ALL)
def test_a_table_is_whole(machine):
    statuses = set(machine.terms.values)

    assert set(machine.steps) == statuses
    assert machine.starts <= statuses
    for before, onward in machine.steps.items():
        assert onward <= statuses - {before}
    assert {pair[1] for pair in machine.second} <= statuses


@pytest.mark.parametrize("machine", ALL)
def test_every_pair_is_a_step_or_a_refusal_that_says_what_may_come(machine):
    for before, after in product(machine.terms.values, repeat=2):
        if after in machine.steps[before]:
            machine.check(before, after)
            assert machine.why_not(before, after) == ""
            continue
        said = sentence_of(machine.check, before, after)
        assert said.startswith(machine.why_not(before, after))
        for onward in machine.steps[before]:
            assert machine.label(onward) in said


@pytest.mark.parametrize("machine", ALL)
def test_a_status_that_there_is_none_of_is_a_refusal(machine):
    said = sentence_of(machine.check, next(iter(machine.starts)), "elsewhere")

    assert said.startswith(f"“elsewhere” is not {machine.noun}. It is one of: ")


@pytest.mark.parametrize("machine", ALL)
def test_every_step_is_on_the_page(machine):
    _, _, rest = page().partition(f"## {machine.title}\n")
    part = rest.partition("\n## ")[0]
    rows = [line.split(" | ") for line in part.splitlines() if line.startswith("| ")]
    told = {
        (row[0].removeprefix("| ").removeprefix("● "), label)
        for row in rows
        for label in row[1].split("; ")
    }

    for before, onward in machine.steps.items():
        for after in onward:
            assert (machine.label(before), machine.label(after)) in told
    assert len(told) - 1 == sum(len(onward) or 1 for onward in machine.steps.values())  # the head


def test_what_a_step_needs_is_what_its_refusal_says():
    [origins] = status.RETURN.needs("deceased")
    [family] = status.RETURN.needs("with_family")

    assert origins == sentence_of(status.check_death, 1, is_official=False)
    assert family == sentence_of(
        status.check_minor_with_family, is_minor=True, certainties=frozenset()
    )
    nobody = {"has_headcount": False, "slots": 0, "is_accepted": False}
    states = frozenset({"short"})
    assert batches.MACHINE.needs("arrived")[0] == sentence_of(
        batches.check_guard, "arrived", states=states, **nobody
    )
    assert batches.MACHINE.needs("reconciled")[1] == sentence_of(
        batches.check_guard, "reconciled", states=states, **{**nobody, "slots": 1}
    )
