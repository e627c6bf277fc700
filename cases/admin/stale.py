"""A form that was overtaken: what I typed, what they saved, and the form ready to save again."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

READ = "read"
"""The hidden field that says, in short hashes, what the form showed when it was opened."""

_HIDDEN = frozenset({READ, "version", "once"})


@dataclass(frozen=True)
class Difference:
    """One field of a stale form: what the user typed, and what somebody else saved."""

    name: str
    label: str
    mine: str
    theirs: str
    is_untouched: bool
    """Whether the user had left the field as it was: then theirs stands in the form."""


def digests(values: Mapping[str, Any]) -> str:
    """Write the values of a form in short, to be compared later."""
    return json.dumps({name: _digest(value) for name, value in values.items()}, sort_keys=True)


def _digest(value: Any) -> str:
    plain = "" if value is None else str(getattr(value, "pk", value))
    return salted_hmac("cases.admin.stale", plain, algorithm="sha256").hexdigest()[:12]


def values_of(form: Any, record: models.Model) -> dict[str, Any]:
    """Give what a record has for the fields of a form, by column; masked fields are none."""
    hidden = {*_HIDDEN, *record.unread_fields()}  # type: ignore[attr-defined]
    columns = {field.name: field.attname for field in record._meta.concrete_fields}
    return {
        name: getattr(record, columns[name])
        for name in form.fields
        if name in columns and name not in hidden
    }


def differences(form: Any, record: models.Model) -> Iterator[Difference]:
    """Compare what the form holds with what stands now, field by field."""
    was_read = _read(form)
    for name, theirs in values_of(form, record).items():
        mine = form.cleaned_data.get(name)
        if _digest(mine) == _digest(theirs):
            continue
        yield Difference(
            name,
            str(form.fields[name].label or name),
            in_words(record, name, mine),
            in_words(record, name, _shown(record, name)),
            is_untouched=was_read.get(name) == _digest(mine),
        )


def _read(form: Any) -> Mapping[str, str]:
    """Give the hashes that the form was opened with; none where somebody has touched them."""
    try:
        found = json.loads(form.cleaned_data.get(READ) or "{}")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def refill(form: Any, record: models.Model, found: tuple[Difference, ...]) -> None:
    """Make the form ready to be saved over what stands now: with theirs where I changed nothing."""
    data = form.data.copy()
    current = values_of(form, record)
    for difference in found:
        if difference.is_untouched:
            _put(data, form.add_prefix(difference.name), current[difference.name])
    data[form.add_prefix("version")] = record.version  # type: ignore[attr-defined]
    data[form.add_prefix(READ)] = digests(current)
    form.data = data


def _put(data: Any, name: str, value: Any) -> None:
    """Put a value where a browser would: an empty box is not sent at all."""
    if value is False:
        data.pop(name, None)
    else:
        data[name] = "" if value is None else value


def _shown(record: models.Model, name: str) -> Any:
    try:
        return getattr(record, name)
    except ObjectDoesNotExist:
        return _("outside your access")


def in_words(record: models.Model, name: str, value: Any) -> str:
    """Show a value as its label, or a dash."""
    if value in (None, ""):
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    labels = dict(getattr(record._meta.get_field(name), "flatchoices", ()))
    return str(labels.get(value, value))
