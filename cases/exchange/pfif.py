"""PFIF 1.4: people as XML, in the order of elements that the format prescribes."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID
from xml.sax.saxutils import escape

from django.conf import settings

from cases.queries.pfif import Entry, Published
from cases.rules.cells import fit_for_xml

NAMESPACE = "http://zesty.ca/pfif/1.4"
MEDIA_TYPE = "application/xml"


def our_domain() -> str:
    """Give the domain that our records are of."""
    return urlsplit(settings.PUBLIC_URL).hostname or "localhost"


def document(
    entries: Iterable[Entry], people: Mapping[UUID, Published], domain: str
) -> Iterator[bytes]:
    """Write a feed: a record for whoever is published, a placeholder for whoever no longer is."""
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<pfif:pfif xmlns:pfif="{NAMESPACE}">\n'.encode()
    for entry in entries:
        person = people.get(entry.individual_id)
        if person is None and not entry.is_over:
            continue
        fields = _placeholder(entry, domain) if person is None else _person(person, domain)
        note = "" if person is None or not person.status else _note(person, domain)
        yield f"<pfif:person>\n{_elements(fields)}{note}</pfif:person>\n".encode()
    yield b"</pfif:pfif>\n"


def record_id(individual: UUID, domain: str) -> str:
    """Name a record as the whole world may: by our domain and the id of the case."""
    return f"{domain}/{individual}"


def moment(at: datetime) -> str:
    """Write a moment in UTC, to the second."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _person(person: Published, domain: str) -> dict[str, str]:
    entry = person.entry
    return {
        "person_record_id": record_id(entry.individual_id, domain),
        "entry_date": moment(entry.at),
        "expiry_date": moment(entry.until) if entry.until else "",
        "author_name": person.source,
        "source_name": person.source,
        "source_date": moment(entry.at),
        "full_name": person.full_name,
        "given_name": person.given_name,
        "family_name": person.family_name,
        "alternate_names": "\n".join(person.alternate_names),
        "sex": person.sex,
        "age": person.age,
    }


def _placeholder(entry: Entry, domain: str) -> dict[str, str]:
    """Keep the id and the moment: a mirror then takes away what it has."""
    return {
        "person_record_id": record_id(entry.individual_id, domain),
        "entry_date": moment(entry.at),
        "expiry_date": moment(entry.at),
        "source_date": moment(entry.at),
    }


def _note(person: Published, domain: str) -> str:
    fields = {
        "note_record_id": f"{record_id(person.entry.individual_id, domain)}.status",
        "person_record_id": record_id(person.entry.individual_id, domain),
        "entry_date": moment(person.entry.at),
        "author_name": person.source,
        "source_date": moment(person.entry.at),
        "status": person.status,
        "text": f"As recorded by {person.source}.",
    }
    return f"<pfif:note>\n{_elements(fields)}</pfif:note>\n"


def _elements(fields: Mapping[str, str]) -> str:
    return "".join(
        f"<pfif:{name}>{escape(fit_for_xml(value))}</pfif:{name}>\n"
        for name, value in fields.items()
        if value
    )
