"""What is known of who asks, and of who is sought, as far as it may be read."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from cases.admin import links, masking
from cases.models import TracingRequest
from cases.rules.dates import in_words
from cases.rules.tracing_words import lines

Fact = tuple[str, str, str]
"""A label, words, and an address they lead to, if any."""


def of_asking(sought: TracingRequest) -> Iterable[Fact]:
    """Tell who asks, to whoever may read it, and what they agree to."""
    yield from _who(masking.value(sought, "enquirer"), masking.value(sought, "enquirer_body"))
    if masking.value(sought, "relation"):
        yield _("Relation"), sought.get_relation_display(), ""
    if asked := masking.value(sought, "asked_edtf", ""):
        yield _("Asked"), in_words(asked), ""
    for name, label in (("may_be_named", _("May be named")), ("may_be_shared", _("May be shared"))):
        if name not in sought.unread_fields():
            yield label, _("yes") if getattr(sought, name) else _("no"), ""


def _who(contact: Any, body: Any) -> Iterator[Fact]:
    if contact is not None:
        named = f"{contact} {masking.value(contact, 'name', '')}".strip()
        yield _("Who asks"), named, links.url_of(contact)
        if reached := masking.value(contact, "reached_at", ""):
            yield _("Reached at"), reached, ""
    elif body is not None:
        yield _("Who asks"), str(body), links.url_of(body)
    else:
        yield _("Who asks"), _("Not for you to read."), ""


def of_sought(sought: TracingRequest) -> Iterable[Fact]:
    """Tell what is known of the person sought."""
    yield from _who_they_are(sought)
    for name, label in (
        ("home_place", _("Home")),
        ("last_known_place", _("Last known")),
        ("circumstances", _("Circumstances")),
    ):
        if words := str(masking.value(sought, name) or ""):
            yield label, words, ""
    if last := masking.value(sought, "last_contact_edtf", ""):
        yield _("Last contact"), in_words(last), ""
    for name, label in (("statement", _("Rests on")), ("duplicate_of", _("Duplicate of"))):
        if (row := masking.value(sought, name)) is not None:
            yield label, str(row), links.url_of(row)


def _who_they_are(sought: TracingRequest) -> Iterator[Fact]:
    for name in lines(masking.value(sought, "sought_names", "")):
        yield _("Name as stated"), name, ""
    if "sex" not in sought.unread_fields():
        yield _("Sex"), sought.get_sex_display(), ""
    if (age := masking.value(sought, "age_as_stated")) is not None:
        told = {"age": age, "day": in_words(sought.age_as_of_edtf)}
        yield _("Age"), _("%(age)s as of %(day)s") % told, ""
