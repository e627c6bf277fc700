"""PFIF that comes in: read as XML that nobody trusts, record by record."""

import io
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.utils.translation import gettext as _

from cases.exchange.incoming import LARGEST, Head, Look
from cases.exchange.shapes import Line, refusal
from cases.rules.cells import fit_for_xml
from cases.rules.pfif_records import NOTE_FIELDS, PERSON_FIELDS, RENAMED, Registered

VERSIONS = ("1.2", "1.3", "1.4")
MOST_RECORDS = 10_000
DEEPEST = 4
"""A file, a person, a note, a field."""
_NAME = re.compile(r"\{http://zesty\.ca/pfif/([^}]*)\}(.*)", re.ASCII)
_DESCRIPTION = re.compile(r"\Adescription:\s*", re.IGNORECASE)


@dataclass(frozen=True)
class _Part:
    """A person or a note, as it was met."""

    tag: str
    fields: Mapping[str, str]
    notes: tuple[Mapping[str, str], ...] = ()


def look(content: bytes) -> Look:
    """Go through a whole file once: what cannot be read is refused before it is kept.

    :raises ValidationError: for anything but PFIF of a known version that can be read safely.
    """
    return Look(Head((), (), 0), len(records(content)))


def lines(content: bytes) -> Iterator[Line]:
    """Give the records as the rows of a table would be: numbered from one."""
    return (Line(record.number, (record,)) for record in records(content))


def records(content: bytes) -> list[Registered]:
    """Read a file: each person with the notes on them, then notes on people of whom it has none.

    :raises ValidationError: saying what is wrong with the file.
    """
    if len(content) > LARGEST:
        message = _("The file is too large. It may have %(megabytes)s MB at most.") % {
            "megabytes": LARGEST // 1_000_000
        }
        raise refusal(message)
    version, parts = _read(content)
    people = [part for part in parts if part.tag == "person"]
    alone: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    for part in parts:
        if part.tag == "note":
            alone[part.fields.get("person_record_id", "")].append(part.fields)
    found = [_registered(version, part) for part in people]
    found = [replace(one, notes=[*one.notes, *alone.pop(one.record_id, ())]) for one in found]
    for record_id, notes in alone.items():
        fields = {"person_record_id": record_id, "source_date": _latest(notes)}
        found.append(Registered(0, version, {k: v for k, v in fields.items() if v}, notes))
    return [replace(one, number=number) for number, one in enumerate(found, start=1)]


def _registered(version: str, part: _Part) -> Registered:
    own = part.fields.get("person_record_id", "")
    notes = [{"person_record_id": own, **note} if own else note for note in part.notes]
    return Registered(0, version, part.fields, notes)


def _latest(notes: list[Mapping[str, str]]) -> str:
    return max((note.get("source_date", "") for note in notes), default="")


def _read(content: bytes) -> tuple[str, list[_Part]]:
    try:
        return _parsed(content)
    except DefusedXmlException:
        message = _("The file has a document type or entities. Send it without.")
        raise refusal(message) from None
    except (ParseError, LookupError, UnicodeError, ValueError):
        message = _("The file cannot be read as XML. Send PFIF as it was saved.")
        raise refusal(message) from None


def _parsed(content: bytes) -> tuple[str, list[_Part]]:
    version, depth = "", 0
    root: Any = None
    found: list[_Part] = []
    for event, element in iterparse(io.BytesIO(content), ("start", "end"), forbid_dtd=True):
        depth += 1 if event == "start" else -1
        if event == "start" and depth == 1:
            root, version = element, _version(element.tag)
        if depth > DEEPEST:
            raise refusal(_("The file has elements within elements that PFIF does not know."))
        if event == "end" and depth == 1:
            found += [part] if (part := _part(element)) else []
            root.clear()
        if len(found) > MOST_RECORDS:
            raise refusal(_("The file has more than %(most)s records.") % {"most": MOST_RECORDS})
    return version, found


def _version(tag: str) -> str:
    match = _NAME.fullmatch(tag)
    if match is None or match[2] != "pfif":
        raise refusal(_("This is no PFIF file: it does not begin with <pfif:pfif>."))
    if match[1] not in VERSIONS:
        message = _("PFIF %(version)s is not taken. Send 1.2, 1.3 or 1.4.") % {
            "version": match[1][:20]
        }
        raise refusal(message)
    return match[1]


def _part(element: Any) -> _Part | None:
    tag = _tag(element)
    if tag == "note":
        return _Part(tag, _fields(element, NOTE_FIELDS))
    if tag != "person":
        return None
    notes = tuple(_fields(child, NOTE_FIELDS) for child in element if _tag(child) == "note")
    return _Part(tag, _fields(element, PERSON_FIELDS), notes)


def _fields(element: Any, known: tuple[str, ...]) -> dict[str, str]:
    """Give the fields in the order of the format, under the names of 1.4; the first of each."""
    told: dict[str, str] = {}
    for child in element:
        name, text = _tag(child), fit_for_xml(child.text or "").strip()
        if name == "other":
            text = _DESCRIPTION.sub("", text)
        if text:
            told.setdefault(RENAMED.get(name, name), text)
    return {name: told[name] for name in known if name in told}


def _tag(element: Any) -> str:
    match = _NAME.fullmatch(str(element.tag))
    return match[2] if match else ""
