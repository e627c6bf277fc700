"""Write the tables of who sees what from the code that decides it."""

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cases.access.roles import POWERS, Act
from cases.access.scope import Kind, Scope
from cases.access.sensitivity import Sensitivity
from cases.models.gate import Gated
from cases.models.grants import CLASS_OF
from cases.vocabulary.grants import GrantLevel
from cases.vocabulary.organisations import Role

TABLES = Path(settings.BASE_DIR) / "docs" / "data-protection-tables.md"
HEAD = """# Who sees what

Generated from `cases/access/` and `cases/models/` by `manage.py build_data_protection`; never
edited by hand. [Data protection](data-protection.md) says why.
"""
_KINDS = {
    Kind.SHARED: "everybody signed in",
    Kind.CASE: "the organisation that keeps it",
    Kind.GRANT: "both sides of the grant",
    Kind.ACCOUNT: "the user's organisation",
    Kind.TRAIL: "auditors of the organisation",
    Kind.SYSTEM: "nobody: the system's own",
    Kind.OWN: "whoever keeps it, and nobody else",
    Kind.FROZEN: "the organisation that keeps it; nobody changes it",
    Kind.FEED: "whoever may see the row that it names, or could before it was gone",
}


class Command(BaseCommand):
    """Write `docs/data-protection-tables.md`, or say that it is out of date."""

    help = "Write docs/data-protection-tables.md from the access rules."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="write nothing; fail if it is out of date"
        )

    def handle(self, *_args: Any, check: bool, **_options: Any) -> None:
        text = tables()
        if not check:
            TABLES.parent.mkdir(exist_ok=True)
            TABLES.write_text(text, "utf-8")
        elif not TABLES.exists() or TABLES.read_text("utf-8") != text:
            message = (
                "docs/data-protection-tables.md is not what the code says. "
                "Run: manage.py build_data_protection"
            )
            raise CommandError(message)


def tables() -> str:
    """Give the text of all tables."""
    return "\n".join([HEAD, *_classes(), *_roles(), *_acts(), *_grants(), *_models()])


def _classes() -> Iterator[str]:
    yield "## Classes of field\n\n| class | what it holds |\n|---|---|"
    said = {
        Sensitivity.OPEN: "opaque reference, organisation, coarse status",
        Sensitivity.OPERATIONAL: "stage, month, district",
        Sensitivity.IDENTIFYING: "names, sex, age band",
        Sensitivity.PROTECTED: "exact birth date, precise place, medical, free text, files",
        Sensitivity.CRITICAL: "a movement that is not over; a confidential source or negotiator",
    }
    for harm in Sensitivity:
        yield f"| {harm.name.lower()} | {said[harm]} |"
    yield ""


def _roles() -> Iterator[str]:
    yield "## Roles\n\n| role | reaches | reads up to | with the movement cell |\n|---|---|---|---|"
    for role in Role:
        powers = POWERS[role]
        is_raised = powers.clearance >= Sensitivity.PROTECTED
        raised = "critical" if is_raised else "no more"
        clearance = powers.clearance.name.lower()
        yield f"| {role.label} | {powers.reach.value} | {clearance} | {raised} |"
    yield ""


def _acts() -> Iterator[str]:
    head = " | ".join(role.value for role in Role)
    yield f"## Acts\n\n| may | {head} |\n|---|{'---|' * len(Role)}"
    for act in Act:
        marks = " | ".join("yes" if act in POWERS[role].acts else "" for role in Role)
        yield f"| {act.value} | {marks} |"
    yield ""


def _grants() -> Iterator[str]:
    yield "## Grants\n\n| level | opens | means |\n|---|---|---|"
    for level in GrantLevel:
        yield f"| {level.label} | up to {CLASS_OF[level].name.lower()} | {level.definition} |"
    yield ""


def _models() -> Iterator[str]:
    yield "## Rows and fields\n"
    models: list[Any] = sorted(
        (model for model in apps.get_app_config("cases").get_models() if not model._meta.proxy),
        key=lambda model: model.__name__,
    )
    for model in models:
        yield f"### {model.__name__}\n\n{_reach(model.SCOPE)}\n"
        yield from _fields(model)
        yield ""


def _reach(scope: Scope) -> str:
    said = [f"Reached by {_KINDS[scope.kind]}"]
    if scope.published:
        said.append("by everybody signed in where it is published")
    if scope.is_granted:
        said.append("by an organisation with a grant on the person, up to its level")
    if scope.person is not None:
        said.append("restricted cases by those cleared for them only")
    if scope.moving is not None:
        said.append("while the movement is not over by the movement cell only")
    return "; ".join(said) + "."


def _fields(model: type[Gated]) -> Iterator[str]:
    yield "| class | fields |\n|---|---|"
    for harm in Sensitivity:
        names = sorted(name for name, found in model.SENSITIVITY.items() if found is harm)
        if names:
            yield f"| {harm.name.lower()} | {', '.join(f'`{name}`' for name in names)} |"
    if model.RAISED is not None:
        raised = ", ".join(f"`{name}`" for name in sorted(model.RAISED.fields))
        values = ", ".join(str(value) for value in model.RAISED.values)
        yield f"| critical while `{model.RAISED.column}` is {values} | {raised} |"
