"""The names of a person in a row: whole or in parts, each with its language."""

from typing import Any

from cases.rules.language_tags import guessed
from cases.vocabulary.individuals import NamePart

_TAGGED = {"name_ru": "ru-Cyrl", "name_uk": "uk-Cyrl", "name_en": "en-Latn"}
_PARTS = {
    "name": NamePart.FULL,
    "family_name": NamePart.FAMILY,
    "given_name": NamePart.GIVEN,
    "patronymic": NamePart.PATRONYMIC,
}


def names_of(fields: dict[str, Any]) -> list[dict[str, str]]:
    """Take the names out of the fields of a row."""
    told = fields.pop("language_tag", "")
    found = [
        {"text": fields.pop(name), "part": NamePart.FULL.value, "language_tag": tag}
        for name, tag in _TAGGED.items()
        if name in fields
    ]
    parts = {name: fields.pop(name) for name in _PARTS if name in fields}
    tag = told or guessed(" ".join(parts.values()))
    for name, text in parts.items():
        found.append({"text": text, "part": _PARTS[name].value, "language_tag": tag})
    return found
