"""Break one rule at a time in a copy of the tracker: the proofs must notice each.

Each rule is broken in a folder of its own, and the proofs are run there until one fails.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
COPIED = ("cases", "tracker", "tests", "manage.py", "pyproject.toml", "docs", "seeds", "fixtures")
MOST_SECONDS = 900


@dataclass(frozen=True)
class Break:
    """A rule of ``access/`` made wrong: one text in one file put in the place of another."""

    what: str
    file: str
    rule: str
    broken: str


BREAKS = (
    Break(
        "everybody reaches the cases of every organisation",
        "scope.py",
        "return Q(organisation=actor.organisation_id)\n    if actor.reach is Reach.INTAKE",
        "return EVERYTHING\n    if actor.reach is Reach.INTAKE",
    ),
    Break(
        "no field is masked for anybody",
        "sensitivity.py",
        "if harm > clearance)",
        "if harm > CRITICAL)",
    ),
    Break(
        "managers read protected fields",
        "roles.py",
        "Reach.ORGANISATION,\n        Sensitivity.OPERATIONAL,",
        "Reach.ORGANISATION,\n        Sensitivity.PROTECTED,",
    ),
    Break(
        "administrators see the cases of their organisation",
        "roles.py",
        "Reach.NOTHING,\n        Sensitivity.OPERATIONAL,",
        "Reach.ORGANISATION,\n        Sensitivity.OPERATIONAL,",
    ),
    Break(
        "a role may do what its table does not say",
        "gate.py",
        "if not actor.may(act):",
        "if actor is None:",
    ),
    Break(
        "auditors read the trail of every organisation",
        "scope.py",
        "return Q(organisation_id=actor.organisation_id)\n    return NOTHING",
        "return EVERYTHING\n    return NOTHING",
    ),
    Break(
        "the movement cell's fields are read by all who read protected ones",
        "actor.py",
        "cleared >= Sensitivity.PROTECTED and self.is_movement_cell",
        "cleared >= Sensitivity.PROTECTED",
    ),
)


def main() -> int:
    """Break each rule; print which proofs noticed.

    :returns: 1 if one went unnoticed.
    """
    unnoticed = [one.what for one in BREAKS if not is_noticed(one)]
    print(f"Rules broken: {len(BREAKS)}. Unnoticed: {len(unnoticed)}.")
    return 1 if unnoticed else 0


def is_noticed(one: Break) -> bool:
    """Run the proofs on a copy with a rule broken."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in COPIED:
            take = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            take(ROOT / name, copy / name)
        break_rule(copy / "cases" / "access" / one.file, one)
        failed = first_failure(copy)
    print(f"· {one.what}: {'noticed by ' + failed if failed else 'UNNOTICED'}", flush=True)
    return bool(failed)


def break_rule(file: Path, one: Break) -> None:
    text = file.read_text("utf-8")
    if text.count(one.rule) != 1:
        sys.exit(f"{file.name} no longer holds “{one.rule}” once: say anew how to break it.")
    file.write_text(text.replace(one.rule, one.broken), "utf-8")


def first_failure(copy: Path) -> str:
    """Name the first proof that fails; nothing if all pass."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-n", "auto", "-p", "no:randomly"]
    ran = subprocess.run(
        [*command, "--show-capture=no", "--tb=no", "tests/proof"],
        cwd=copy, env=os.environ | {"TEST_DATABASE": "sqlite"}, capture_output=True, text=True,
        check=False, timeout=MOST_SECONDS,
    )  # fmt: skip
    failed = [line for line in ran.stdout.splitlines() if line.startswith("FAILED ")]
    if ran.returncode not in {0, 1, 2} or (ran.returncode and not failed):
        sys.exit(f"The proofs could not be run: {ran.stdout[-2000:]}{ran.stderr[-2000:]}")
    return failed[0].split("::")[1].split(" - ")[0] if failed else ""


if __name__ == "__main__":
    sys.exit(main())
