"""Imports: the life of a run, and what a row is once it is read."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _, gettext_lazy, gettext_noop

from cases.rules.machine import Machine
from cases.rules.numbers import grouped
from cases.vocabulary.imports import ImportKind, ImportMode, ImportState

S = ImportState
KEPT_DAYS = 7
"""How long a file is kept that nobody runs to its end."""
RESULT_DAYS = 30
"""How long it is kept what became of each row."""
MOST_ROWS: Mapping[str, int] = {
    ImportKind.INDIVIDUALS: 500_000,
    ImportKind.BATCHES: 5_000,
    ImportKind.SLOTS: 20_000,
    ImportKind.COUNTS: 5_000,
    ImportKind.PLACES: 20_000,
    ImportKind.PFIF: 2_000,
}
BARRED = "barred"
"""What no file sets: where a case stands, and whose it is."""
MOST_WHOLE = 200_000
"""Of one transaction: on SQLite nobody else writes while it lasts."""
NO_SUCH_ROW = gettext_noop("There is no such row, or none that you may see.")
SAME_AS = gettext_noop("This row was added before; nothing is changed.")
OTHER_CONTENT = gettext_noop(
    "A row with this external id was added before, with other content. An import changes nothing "
    "that is there: change the record itself."
)
NO_LONGER = gettext_noop("Whoever started this may no longer sign in.")
NOT_NOW = gettext_noop("Whoever started this may no longer do it.")
TOO_OLD = gettext_noop("The file was deleted after 7 days, because nobody ran it to its end.")
BY_USER = gettext_noop("Stopped by whoever uploaded it.")
FAILED = gettext_noop("The import failed. Nothing more will be added; upload the file again.")

RUN = Machine(
    title=gettext_lazy("An import"),  # type: ignore[arg-type]
    subject=gettext_lazy("An import"),
    noun=gettext_lazy("a state of an import"),
    terms=S,
    column="state",
    asked="state",
    starts=frozenset({S.UPLOADED, S.MAPPED}),
    steps={
        S.UPLOADED: frozenset({S.MAPPED, S.STOPPED}),
        S.MAPPED: frozenset({S.CHECKING, S.RUNNING, S.STOPPED}),
        S.CHECKING: frozenset({S.CHECKED, S.STOPPED}),
        S.CHECKED: frozenset({S.MAPPED, S.CHECKING, S.RUNNING, S.STOPPED}),
        S.RUNNING: frozenset({S.ENDED, S.REFUSED, S.STOPPED}),
        S.ENDED: frozenset(),
        S.REFUSED: frozenset(),
        S.STOPPED: frozenset(),
    },
)
WAITING = frozenset({S.UPLOADED, S.MAPPED, S.CHECKED})
"""States in which somebody has to say how it goes on."""
AT_WORK = frozenset({S.CHECKING, S.RUNNING})
OVER = frozenset({S.ENDED, S.REFUSED, S.STOPPED})


@dataclass(frozen=True)
class Readied:
    """One row of a file as an act takes it, or the sentence for which it is refused.

    ``key`` tells the row from all others of its kind; ``content`` whether it is still the same.
    ``known`` is the record that the row is already, where it names one.
    """

    number: int
    key: str = ""
    content: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)
    fault: str = ""
    known: Any = None


def check_size(kind: str, mode: str, rows: int) -> None:
    """Refuse a file without rows, or with more than one run takes.

    :raises ValidationError: saying how many are taken.
    """
    if not rows:
        message = _("The file has no rows below its headers.")
        raise ValidationError(message, code="no_rows")
    most = min(MOST_ROWS[kind], MOST_WHOLE) if mode == ImportMode.WHOLE else MOST_ROWS[kind]
    if rows > most:
        message = _("The file has %(rows)s rows. At most %(most)s are taken; divide it.") % {
            "rows": grouped(rows),
            "most": grouped(most),
        }
        raise ValidationError(message, code="too_many_rows")


def check_mapping(
    mapping: Sequence[str], *, columns: int, known: Sequence[str], needed: Sequence[str]
) -> None:
    """Refuse a mapping that does not fit the file, or leaves out what every row needs.

    :raises ValidationError: naming the field.
    """
    if len(mapping) != columns:
        message = _("The file has %(columns)s columns. Say of each what it holds.") % {
            "columns": columns
        }
        raise refusal(message, "columns")
    named = [name for name in mapping if name]
    for name in named:
        if name not in known:
            message = _("“%(name)s” is no field of this kind of file.") % {"name": name[:40]}
            raise refusal(message, "unknown_field")
        if name != BARRED and named.count(name) > 1:
            message = _("Two columns are said to hold “%(name)s”.") % {"name": name}
            raise refusal(message, "field_twice")
    if not any(name in needed for name in named):
        message = _("Say which column holds one of these: %(names)s.") % {
            "names": ", ".join(needed)
        }
        raise refusal(message, "field_missing")


def refusal(message: str, code: str) -> ValidationError:
    """Make a sentence about the mapping."""
    return ValidationError({"mapping": ValidationError(message, code=code)})


def plain_header(text: str) -> str:
    """Write a header as headers are compared: small letters, one blank between words."""
    return " ".join(re.sub(r"[\W_]+", " ", text.casefold().replace("ё", "е")).split())
