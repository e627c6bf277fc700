"""Records of other registries (PFIF 1.2 to 1.4): what is taken of one, and how it is put down.

Their states set nothing of ours, and their places are words: both are put down in a note.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cases.rules import dates
from cases.rules.language_tags import guessed
from cases.rules.typed import SHOWN
from cases.vocabulary.individuals import NamePart, Sex
from cases.vocabulary.places import NameKind

PERSON_FIELDS = (
    "person_record_id", "expiry_date", "author_name", "author_email", "author_phone",
    "source_name", "source_date", "source_url", "full_name", "given_name", "family_name",
    "alternate_names", "description", "sex", "date_of_birth", "age", "home_street",
    "home_neighborhood", "home_city", "home_state", "home_postal_code", "home_country",
    "photo_url", "profile_urls",
)  # fmt: skip
NOTE_FIELDS = (
    "note_record_id", "person_record_id", "linked_person_record_id", "author_name", "author_email",
    "author_phone", "source_date", "author_made_contact", "status", "email_of_found_person",
    "phone_of_found_person", "last_known_location", "text", "photo_url",
)  # fmt: skip
RENAMED = {
    "first_name": "given_name", "last_name": "family_name", "home_zip": "home_postal_code",
    "other": "description", "found": "author_made_contact",
}  # fmt: skip
"""What 1.2 and 1.3 call otherwise. `entry_date` is left out: each registry sets its own."""
NAMES = ("full_name", "given_name", "family_name")
LONGEST_FIELD, LONGEST_NOTE = 3_000, 3_900
MOST_NOTES = 50
_OF_PLACEHOLDER = {"person_record_id", "source_date", "expiry_date"}
_STATUSES = {
    "information_sought", "is_note_author", "believed_alive", "believed_missing", "believed_dead",
}  # fmt: skip
_SEXES = {"female": Sex.FEMALE, "male": Sex.MALE, "other": Sex.OTHER}
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*/\S+")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?Z", re.ASCII)
_BIRTH = re.compile(r"[12]\d{3}(-\d\d){0,2}", re.ASCII)
_AGE = re.compile(r"(\d{1,3})(?:-(\d{1,3}))?", re.ASCII)


@dataclass(frozen=True)
class Registered:
    """One record: the person as told, and the notes of others on them; either may be missing."""

    number: int
    version: str
    fields: Mapping[str, str]
    notes: Sequence[Mapping[str, str]]

    @property
    def record_id(self) -> str:
        return self.fields.get("person_record_id", "")

    @property
    def is_placeholder(self) -> bool:
        """Say whether its source has taken it back: only its id and its days are left."""
        return "expiry_date" in self.fields and not set(self.fields) - _OF_PLACEHOLDER

    @property
    def has_person(self) -> bool:
        """Say whether it tells of a person, not only what others say of one."""
        return bool(set(self.fields) - _OF_PLACEHOLDER)

    def as_json(self) -> dict[str, Any]:
        """Give what is kept of it."""
        return {"pfif": self.version, "fields": dict(self.fields), "notes": list(self.notes)}


def of_json(kept: Mapping[str, Any]) -> Registered:
    """Read what is kept of a record."""
    return Registered(0, kept["pfif"], kept["fields"], kept["notes"])


# --- Whether it is one ---


def faults(record: Registered) -> Iterator[str]:
    """Say what is wrong with a record, each in a sentence that begins with the field."""
    for part in (record.fields, *record.notes):
        yield from _faults_of(part)
    needs_name = not record.is_placeholder and not record.notes
    if needs_name and not any(name in record.fields for name in NAMES):
        yield "full_name: " + _("There is no name. A record without one cannot be matched.")
    if len(record.notes) > MOST_NOTES:
        yield "note: " + _("There are more than %(most)s notes.") % {"most": MOST_NOTES}


def _faults_of(part: Mapping[str, str]) -> Iterator[str]:
    for name in ("person_record_id", "source_date"):
        if name not in part:
            yield f"{name}: " + _("It is missing; PFIF asks for it.")
    for name, text in part.items():
        if len(text) > LONGEST_FIELD:
            yield f"{name}: " + _("More than %(most)s characters.") % {"most": LONGEST_FIELD}
        elif not _IS_GOOD.get(name, _anything)(text):
            told = {"text": text[:SHOWN]}
            yield f"{name}: " + _("“%(text)s” is not as PFIF has it.") % told


def _anything(_text: str) -> bool:
    return True


def _is_moment(text: str) -> bool:
    try:
        return bool(moment(text))
    except ValidationError:
        return False


def _is_day(text: str) -> bool:
    try:
        return _BIRTH.fullmatch(text) is not None and bool(dates.parse(text))
    except ValidationError:
        return False


_IS_GOOD: Mapping[str, Any] = {
    "person_record_id": _ID.fullmatch,
    "note_record_id": _ID.fullmatch,
    "source_date": _is_moment,
    "expiry_date": _is_moment,
    "date_of_birth": _is_day,
    "age": _AGE.fullmatch,
    "sex": _SEXES.__contains__,
    "status": _STATUSES.__contains__,
}


def moment(text: str) -> datetime:
    """Read a moment, which PFIF writes in UTC.

    :raises ValidationError: for anything else.
    """
    match = _MOMENT.fullmatch(text)
    try:
        if match is not None:
            return datetime.fromisoformat(match[1]).replace(tzinfo=UTC)
    except ValueError:
        pass
    message = _("“%(text)s” is not as PFIF has it.") % {"text": text[:SHOWN]}
    raise ValidationError(message, code="moment")


# --- How it is put down ---


def names(record: Registered) -> list[dict[str, str]]:
    """Give the names as an act takes them: what is told as a whole, its parts, and others."""
    fields = record.fields
    tag = guessed(" ".join(fields.get(name, "") for name in NAMES))
    parts = zip(NAMES, (NamePart.FULL, NamePart.GIVEN, NamePart.FAMILY), strict=True)
    told = [(fields.get(name, ""), part, NameKind.OFFICIAL, tag) for name, part in parts]
    others = fields.get("alternate_names", "").splitlines()
    told += [(text.strip(), NamePart.FULL, NameKind.VARIANT, guessed(text)) for text in others]
    found: dict[Any, dict[str, str]] = {}
    for text, part, kind, language in told:
        if text:
            row = {"text": text, "part": part.value, "kind": kind.value, "language_tag": language}
            found.setdefault((text, part, language), row)
    return list(found.values())


def facts(record: Registered) -> dict[str, Any]:
    """Give what of a record a case has a field for."""
    fields = record.fields
    found: dict[str, Any] = {"names": names(record)}
    if sex := _SEXES.get(fields.get("sex", "")):
        found["sex"] = sex.value
    if born := fields.get("date_of_birth"):
        found["birth_edtf"] = born
    match = _AGE.fullmatch(fields.get("age", ""))
    if match is not None and match[2] is None:
        found["age_as_stated"] = int(match[1])
        found["age_as_of_edtf"] = fields["source_date"][:10]
    if described := fields.get("description"):
        found["circumstances"] = described
    return found


def ages(record: Registered) -> tuple[int, int] | None:
    """Give the least and the greatest age told."""
    match = _AGE.fullmatch(record.fields.get("age", ""))
    return None if match is None else (int(match[1]), int(match[2] or match[1]))


def texts(record: Registered, *, with_description: bool) -> list[str]:
    """Write notes for a case: what the record says and who says so, and each note on it."""
    left_out = set() if with_description else {"description"}
    found = _words(record.version, record.fields, left_out) if record.has_person else []
    for note in record.notes:
        found += _words(record.version, note, set())
    return found


def _words(version: str, part: Mapping[str, str], left_out: set[str]) -> list[str]:
    head = _("From another registry (PFIF %(version)s), as it was told there:") % {
        "version": version
    }
    found, size = [head], len(head)
    for name, text in part.items():
        line = f"{name}: {text}"
        if name not in left_out:
            is_full = size + len(line) >= LONGEST_NOTE
            found, size = [*found, head] if is_full else found, len(head) if is_full else size
            found[-1], size = f"{found[-1]}\n{line}", size + len(line) + 1
    return found
