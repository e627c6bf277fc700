"""Files of other registries, as they come and as nobody should take them."""

from typing import Any

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
PERSON = {
    "person_record_id": "people.example.org/person.1",
    "entry_date": "2024-08-07T00:00:00Z",
    "author_name": "Марія Автор",
    "source_name": "People Finder",
    "source_date": "2024-08-06T10:00:00Z",
    "source_url": "https://people.example.org/1",
    "full_name": "Іван Петренко",
    "sex": "male",
    "date_of_birth": "1980-05",
    "description": "Зелена куртка.",
}
NOTE = {
    "note_record_id": "people.example.org/note.1",
    "person_record_id": "people.example.org/person.1",
    "author_name": "A neighbour",
    "source_date": "2024-08-08T10:00:00Z",
    "status": "believed_alive",
    "last_known_location": "Суджа",
    "text": "Seen at the station.",
}
BOMB = (
    b'<!DOCTYPE pfif [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b'<pfif:pfif xmlns:pfif="http://zesty.ca/pfif/1.4"><pfif:person><pfif:full_name>&b;'
    b"</pfif:full_name></pfif:person></pfif:pfif>"
)
EXTERNAL = (
    b'<!DOCTYPE pfif [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    b'<pfif:pfif xmlns:pfif="http://zesty.ca/pfif/1.4"><pfif:person><pfif:full_name>&x;'
    b"</pfif:full_name></pfif:person></pfif:pfif>"
)


def fields(told: dict[str, Any]) -> str:
    return "".join(f"<pfif:{name}>{text}</pfif:{name}>" for name, text in told.items() if text)


def note(**more: Any) -> str:
    return f"<pfif:note>{fields(NOTE | more)}</pfif:note>"


def person(*notes: str, **more: Any) -> str:
    return f"<pfif:person>{fields(PERSON | more)}{''.join(notes)}</pfif:person>"


def pfif(*records: str, version: str = "1.4") -> bytes:
    name = f'xmlns:pfif="http://zesty.ca/pfif/{version}"'
    return f"{HEAD}<pfif:pfif {name}>{''.join(records)}</pfif:pfif>".encode()
