"""Canaries: a string of its own in every text column that somebody is not to read."""

from collections.abc import Callable, Collection, Iterator
from typing import Any

from django.db import models
from django.db.models import QuerySet

from cases.access.scope import Kind
from cases.access.sensitivity import CRITICAL, IDENTIFYING
from cases.models import AuditEntry, AuditHead, CaseloadRelease, Change, FrozenPage
from cases.models.gate import Gated
from cases.vocabulary.organisations import Role
from tests.proof.expected import above, clearance
from tests.proof.stage import SONG_LENGTH, Onlooker, Stage, sing

LOCKED = {AuditEntry, AuditHead, CaseloadRelease, Change, FrozenPage}
"""The database refuses to let a canary in, or the program could not read it any more."""

Withheld = Callable[[Any, Any], Collection[str]]


def set_free(stage: Stage, who: Onlooker) -> set[str]:
    """Put a canary wherever somebody is not to read, past all rules, and give them all."""
    freed = mark(stage.foreign, lambda model, _row: of_another(model, who))
    freed |= mark(stage.own, lambda model, row: of_our_own(model, row, who))
    freed |= mark(stage.granted, lambda model, _row: of_a_grant(model, who))
    return freed | {stage.foreign[AuditEntry].reason}  # it entered the trail with the entry


def of_another(model: type[Gated], who: Onlooker) -> Collection[str]:
    """Name what is withheld of a row that another organisation keeps."""
    if who.role is None or model.SCOPE.kind is not Kind.SHARED:
        return model.SENSITIVITY
    return above(model, clearance(who))


def of_our_own(model: type[Gated], row: Any, who: Onlooker) -> Collection[str]:
    """Name what is withheld of a row that one's own organisation keeps."""
    kind = model.SCOPE.kind
    is_administrator = who.role is Role.ADMINISTRATOR
    if who.role is None or (is_administrator and kind in {Kind.CASE, Kind.GRANT}):
        return model.SENSITIVITY
    if kind is Kind.SYSTEM:
        return frozenset()  # one's own sessions are shown, by a query of their own
    raised, most = model.RAISED, clearance(who)
    is_raised = raised is not None and getattr(row, raised.column) in raised.values
    critical = raised.fields if raised and is_raised and most < CRITICAL else frozenset()
    return above(model, most) | critical


def of_a_grant(model: type[Gated], who: Onlooker) -> Collection[str]:
    """Name what is withheld of a row that a grant of names opens."""
    if who.role is None or who.role is Role.ADMINISTRATOR:
        return model.SENSITIVITY
    return above(model, min(IDENTIFYING, clearance(who)))


def mark(rows: dict[Any, Any], withheld: Withheld) -> set[str]:
    """Put a canary in each text column that is withheld, and give them all."""
    freed: set[str] = set()
    for model, row in rows.items():
        names = set(withheld(model, row))
        for column in texts_of(model):
            if model not in LOCKED and column.name in names:
                canary = sing()
                QuerySet(model).filter(pk=row.pk).update(**{column.name: canary})
                freed.add(canary)
    return freed


LEFT_OUT = {
    ("Attachment", "withdrawal_reason"),
    ("ReportText", "set_aside_reason"),
    ("Merge", "undo_reason"),
    ("ExportRun", "stored_name"),
    ("ExportRun", "salt"),
}
"""Columns that their own row keeps empty: what is not withdrawn, set aside or undone has no
reason, and a file that nobody has approved lies nowhere."""


def texts_of(model: Any) -> Iterator[models.Field[Any, Any]]:
    """Give the text columns of a model that hold free text, names, codes or addresses."""
    for column in model._meta.concrete_fields:
        is_text = isinstance(column, models.CharField | models.TextField)
        is_open = column.choices is None and not column.name.endswith("_edtf")
        is_free = (model.__name__, column.name) not in LEFT_OUT
        if is_text and is_open and is_free and (column.max_length or 999) >= SONG_LENGTH:
            yield column
