"""Files taken in: the run, what became of each row, and how a row is known again."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from cases import clock, ids
from cases.access.scope import ORGANISATION, SYSTEM, Scope
from cases.access.sensitivity import OPEN, OPERATIONAL, PROTECTED, Classes
from cases.models.base import Record
from cases.models.gate import Gated
from cases.models.terms import known_term
from cases.vocabulary.imports import ImportKind, ImportMode, ImportState, RowOutcome

LONGEST_WHY = 2_000
LONGEST_HEAD = 100_000


class ImportRun(Record):
    """One file, and how far it has come. Whoever uploaded it alone says how it goes on."""

    SCOPE: ClassVar[Scope] = ORGANISATION
    SENSITIVITY: ClassVar[Classes] = {
        **Record.SENSITIVITY,
        "kind": OPEN,
        "mode": OPEN,
        "state": OPEN,
        "file_name": PROTECTED,
        "stored_name": PROTECTED,
        "size": OPERATIONAL,
        "sha256": PROTECTED,
        "columns": PROTECTED,
        "columns_digest": PROTECTED,
        "mapping": PROTECTED,
        "is_tagged": OPERATIONAL,
        "rows": OPERATIONAL,
        "rows_done": OPERATIONAL,
        "rows_added": OPERATIONAL,
        "rows_unchanged": OPERATIONAL,
        "rows_refused": OPERATIONAL,
        "why": OPERATIONAL,
        "ended_at": OPERATIONAL,
    }
    UNCOMMITTED: ClassVar[frozenset[str]] = frozenset(
        {"rows_done", "rows_added", "rows_unchanged", "rows_refused"}
    )

    kind = models.CharField(max_length=20, choices=ImportKind, help_text="What its rows are.")
    mode = models.CharField(
        max_length=10,
        choices=ImportMode,
        default=ImportMode.EACH,
        help_text="Whether a bad row is left out, or keeps all others out.",
    )
    state = models.CharField(
        max_length=10, choices=ImportState, default=ImportState.UPLOADED, editable=False
    )
    file_name = models.CharField(max_length=200, editable=False, help_text="As it was uploaded.")
    stored_name = models.CharField(
        max_length=80,
        blank=True,
        default="",
        editable=False,
        help_text="Where it lies, locked; random, never shown. Empty once it is deleted.",
    )
    size = models.PositiveIntegerField(editable=False, help_text="In bytes.")
    sha256 = models.CharField(
        "SHA-256", max_length=64, editable=False, help_text="The fingerprint of the file."
    )
    columns = models.TextField(
        max_length=LONGEST_HEAD,
        blank=True,
        default="",
        editable=False,
        help_text="The headers, as JSON; deleted with the file.",
    )
    columns_digest = models.CharField(
        max_length=64,
        editable=False,
        db_index=True,
        help_text="Tells whether a later file has the same headers.",
    )
    mapping = models.TextField(
        max_length=LONGEST_HEAD,
        blank=True,
        default="",
        editable=False,
        help_text="The field that each column holds, as JSON.",
    )
    is_tagged = models.BooleanField(
        "tagged", default=False, editable=False, help_text="It has a row of HXL hashtags."
    )
    rows = models.PositiveIntegerField(editable=False, help_text="How many rows it has.")
    rows_done = models.PositiveIntegerField(
        default=0, editable=False, help_text="How many were checked, or tried, so far."
    )
    rows_added = models.PositiveIntegerField(
        default=0, editable=False, help_text="How many were added, or would be."
    )
    rows_unchanged = models.PositiveIntegerField(
        default=0, editable=False, help_text="How many were added before."
    )
    rows_refused = models.PositiveIntegerField(
        default=0, editable=False, help_text="How many were refused."
    )
    why = models.CharField(
        max_length=300, blank=True, default="", editable=False, help_text="Why it was stopped."
    )
    ended_at = models.DateTimeField("ended", null=True, blank=True, editable=False)

    class Meta(Record.Meta):
        constraints = (
            known_term("import_run", "kind", ImportKind),
            known_term("import_run", "mode", ImportMode),
            known_term("import_run", "state", ImportState),
            models.UniqueConstraint(
                fields=["stored_name"],
                condition=~Q(stored_name=""),
                name="import_file_is_kept_once",
                violation_error_message="This file is kept already.",
            ),
        )


class ImportRow(Gated):
    """What became of one row. Its sentence may quote the file: only whoever ran it reads it."""

    SCOPE: ClassVar[Scope] = SYSTEM
    SENSITIVITY: ClassVar[Classes] = {
        "id": OPERATIONAL,
        "run": OPERATIONAL,
        "number": OPERATIONAL,
        "outcome": OPERATIONAL,
        "target_id": OPERATIONAL,
        "why": PROTECTED,
        "alike": PROTECTED,
    }

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    run = models.ForeignKey(ImportRun, models.PROTECT, related_name="outcomes", db_index=False)
    number = models.PositiveIntegerField(help_text="As a spreadsheet numbers it.")
    outcome = models.CharField(max_length=10, choices=RowOutcome)
    target_id = models.UUIDField(
        null=True, blank=True, help_text="The record; no key, so that a run hinders nothing."
    )
    why = models.TextField(max_length=LONGEST_WHY, blank=True, default="")
    alike = models.TextField(
        max_length=LONGEST_WHY,
        blank=True,
        default="",
        help_text="Case numbers of those who may be the same person.",
    )

    class Meta(Gated.Meta):
        constraints = (
            known_term("import_row", "outcome", RowOutcome),
            models.UniqueConstraint(
                fields=["run", "number"],
                name="import_row_stands_once",
                violation_error_message="What became of this row is noted already.",
            ),
        )
        indexes = (models.Index(fields=["run", "outcome", "number"], name="import_row_by_outcome"),)

    def __str__(self) -> str:
        return f"import row {str(self.pk)[:8]}"


class ImportKey(Gated):
    """How a row is known again, by whatever file it comes; a keyed hash, nothing of the row."""

    SCOPE: ClassVar[Scope] = SYSTEM
    SENSITIVITY: ClassVar[Classes] = {
        "id": OPERATIONAL,
        "organisation": OPERATIONAL,
        "kind": OPERATIONAL,
        "key": OPERATIONAL,
        "content": OPERATIONAL,
        "target_id": OPERATIONAL,
        "added_at": OPERATIONAL,
    }

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey("cases.Organisation", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=ImportKind)
    key = models.CharField(max_length=64, help_text="Of its external id, or else of the row.")
    content = models.CharField(max_length=64, help_text="Of all that the row says.")
    target_id = models.UUIDField(help_text="The record that the row became.")
    added_at = models.DateTimeField(default=clock.now)

    class Meta(Gated.Meta):
        constraints = (
            known_term("import_key", "kind", ImportKind),
            models.UniqueConstraint(
                fields=["organisation", "kind", "key"],
                name="import_key_stands_once",
                violation_error_message="This row was imported before.",
            ),
        )

    def __str__(self) -> str:
        return f"import key {str(self.pk)[:8]}"
