"""Keep the catalogues of the pages' texts: `make messages` writes them, `--check` compares.

The texts are what the code and the templates mark, and the words of the models and vocabularies,
which are translated where they are read (`cases.models.translated`, `cases.vocabulary.base`).
"""

import ast
import os
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import django
from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
CODE = ROOT / "cases"
LANGUAGES = ("ru", "uk")
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
HEADER: dict[str, Any] = {
    "project": "Return case tracker",
    "version": "1",
    "msgid_bugs_address": "docs/translating.md",
    "header_comment": "# Texts of the return case tracker. `make messages` brings in what is new.",
    "last_translator": "see the history",
    "language_team": "LANGUAGE",
    "creation_date": datetime(2026, 11, 25, tzinfo=UTC),  # fixed: a run must change nothing
    "revision_date": datetime(2026, 11, 25, tzinfo=UTC),
    "fuzzy": False,
}
IN_BRACES = re.compile(r"\{\w+\}")


class Text(NamedTuple):
    """One text to translate: where it stands, the English, and the context that it needs."""

    where: str
    english: str | tuple[str, ...]
    context: str | None = None


def texts() -> Iterator[Text]:
    """Give every text that a page can show."""
    for path in sorted(CODE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield from _marked(path, path.read_bytes())
    for path in sorted((CODE / "templates").rglob("*.*")):
        yield from _marked(path, _as_python(path))
    yield from _declared()
    for path in sorted((CODE / "actions").glob("*.py")):
        yield from _acts(path)


def _acts(path: Path) -> Iterator[Text]:
    """Give what the trail calls an act: `act="…"` wherever an action writes into it."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.keyword) and node.arg == "act":
            for part in ast.walk(node.value):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield Text(str(path.relative_to(ROOT)), part.value)


def _as_python(path: Path) -> bytes:
    from django.utils.translation.template import templatize

    source = templatize(path.read_text(), origin=str(path))
    return "\n".join(line.strip() for line in source.splitlines()).encode()


def _marked(path: Path, source: bytes) -> Iterator[Text]:
    where = str(path.relative_to(ROOT))
    found = extract("python", BytesIO(source), keywords=KEYWORDS, options={"encoding": "utf-8"})
    for _line, english, _comments, context in found:
        yield Text(where, english, context)


def _declared() -> Iterator[Text]:
    from django.apps import apps

    from cases.models.translated import words_of
    from cases.vocabulary.base import Terms

    for model in apps.get_app_config("cases").get_models():
        yield from (Text(_home(model), words) for words in words_of(model))
    for terms in sorted(Terms.__subclasses__(), key=lambda terms: terms.__name__):
        for term in terms:
            yield Text(_home(terms), str(term.label), terms.__name__)
            if term.english:
                yield Text(_home(terms), term.english)


def _home(kind: type) -> str:
    return kind.__module__.replace(".", "/") + ".py"


# --- The catalogues ---------------------------------------------------------------------------


def path_of(language: str) -> Path:
    """Say where the catalogue of a language is kept; compiled it lies beside it."""
    return CODE / "locale" / language / "LC_MESSAGES" / "django.po"


def stored(language: str) -> Catalog:
    """Read a catalogue; a language that has none yet has an empty one."""
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def renewed(language: str, found: Iterable[Text]) -> Catalog:
    """Give a language's catalogue of the texts that there are, each with what it had."""
    old = stored(language)
    new = Catalog(locale=language, **HEADER)
    for text in found:
        had = old.get(text.english, text.context)
        is_alike = had is not None and isinstance(had.id, str) == isinstance(text.english, str)
        new.add(
            text.english,
            had.string if had is not None and is_alike else None,
            locations=[(text.where, 0)],
            context=text.context,
        )
    return new


def faults(catalog: Catalog) -> Iterator[str]:
    """Say what is missing or wrong in a catalogue."""
    for message in catalog:
        if message.id:
            yield from (
                f"{catalog.locale}: {fault}: {message.id}" for fault in _faults(message, catalog)
            )


def _faults(message: Message, catalog: Catalog) -> Iterator[str]:
    translated = _forms(message.string or "")
    if not translated or not all(translated):
        yield "not translated"
        return
    yield from (str(error) for error in message.check(catalog))
    wanted = set(IN_BRACES.findall(_forms(message.id)[-1]))
    if any(set(IN_BRACES.findall(form)) != wanted for form in translated):
        yield "other placeholders"


def _forms(words: str | Iterable[str]) -> list[str]:
    return [words] if isinstance(words, str) else list(words)


def written(catalog: Catalog) -> dict[str, bytes]:
    """Give both files of a catalogue, by their endings."""
    source, compiled = BytesIO(), BytesIO()
    write_po(source, catalog, sort_output=True, include_lineno=False, width=100)
    write_mo(compiled, catalog)
    return {".po": source.getvalue(), ".mo": compiled.getvalue()}


def main() -> int:
    """Write the catalogues, or compare; say what is untranslated or wrong."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    found = list(texts())
    said: list[str] = []
    for language in LANGUAGES:
        catalog = renewed(language, found)
        said += faults(catalog)
        for ending, content in written(catalog).items():
            path = path_of(language).with_suffix(ending)
            if "--check" not in sys.argv:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            elif not path.exists() or path.read_bytes() != content:
                said.append(f"{path.relative_to(ROOT)} is not of these texts. Run: make messages")
    print("\n".join(said) or f"{len(found)} texts, all in {', '.join(LANGUAGES)}.")
    return bool(said)


if __name__ == "__main__":
    sys.exit(main())
