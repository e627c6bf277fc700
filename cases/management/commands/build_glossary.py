"""Write the glossary from the vocabulary: a term and its meaning stand in one place."""

from argparse import ArgumentParser
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cases import vocabulary
from cases.vocabulary.base import Terms

GLOSSARY = Path(settings.BASE_DIR) / "docs" / "glossary.md"
HEAD = """# Glossary

Generated from `cases/vocabulary/` by `manage.py build_glossary`; never edited by hand. Each term is
listed as people see it, then as the API and the database write it, then what it means.
"""


class Command(BaseCommand):
    """Write `docs/glossary.md`, or say that it is out of date."""

    help = "Write docs/glossary.md from cases/vocabulary."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="write nothing; fail if it is out of date"
        )

    def handle(self, *_args: Any, check: bool, **_options: Any) -> None:
        text = glossary()
        if not check:
            GLOSSARY.parent.mkdir(exist_ok=True)
            GLOSSARY.write_text(text, "utf-8")
        elif not GLOSSARY.exists() or GLOSSARY.read_text("utf-8") != text:
            message = (
                "docs/glossary.md is not what the vocabulary says. Run: manage.py build_glossary"
            )
            raise CommandError(message)


def glossary() -> str:
    """Give the text of the glossary."""
    return "\n".join([HEAD, *(line for name in _modules() for line in _concept(name))])


def _modules() -> list[str]:
    return sorted(module.name for module in iter_modules(vocabulary.__path__))


def _concept(name: str) -> Iterator[str]:
    module = import_module(f"cases.vocabulary.{name}")
    lists = [thing for thing in vars(module).values() if _is_list_of(thing, module.__name__)]
    if not lists:
        return
    yield f"## {name.capitalize()}\n\n{module.__doc__}\n"
    for terms in lists:
        yield f"### {terms.__name__}\n\n| term | written | meaning |\n|---|---|---|"
        for term in terms:
            yield f"| {term.label} | `{term.value}` | {term.definition} |"
        yield ""


def _is_list_of(thing: object, module: str) -> bool:
    return (
        isinstance(thing, type) and issubclass(thing, Terms) and thing.__module__ == module
    ) and len(thing) > 0
