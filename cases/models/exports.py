"""Files that tell who somebody is: asked for with a reason, and made on a second person's word."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from cases import clock, ids
from cases.access.scope import ORGANISATION, OWN, Scope
from cases.access.sensitivity import CRITICAL, OPEN, OPERATIONAL, PROTECTED, Classes
from cases.models.base import LONG, Record
from cases.models.gate import Gated
from cases.models.terms import known_term
from cases.rules.exports import MOST_DOWNLOADS, MOST_FIGURES
from cases.vocabulary.exports import ExportState as S, FileFormat

LONGEST_REASON = 500
LONGEST_FILE = 120


class ExportRun(Record):
    """A list as a file, with what tells who somebody is, for whoever asked for it alone."""

    SCOPE: ClassVar[Scope] = ORGANISATION
    SENSITIVITY: ClassVar[Classes] = {
        **Record.SENSITIVITY,
        "collection": OPERATIONAL,
        "filters": PROTECTED,
        "format": OPERATIONAL,
        "reason": PROTECTED,
        "state": OPEN,
        "decided_by": OPERATIONAL,
        "decided_at": OPERATIONAL,
        "decision_reason": PROTECTED,
        "built_at": OPERATIONAL,
        "expires_at": OPERATIONAL,
        "rows": OPERATIONAL,
        "size": OPERATIONAL,
        "sha256": OPERATIONAL,
        "downloads": OPERATIONAL,
        "stored_name": CRITICAL,
        "salt": CRITICAL,
    }

    collection = models.CharField(
        max_length=60, help_text="Which list, by its name in the address, such as individuals."
    )
    filters = models.TextField(
        max_length=LONG,
        blank=True,
        default="",
        help_text="What it is narrowed by, as parameters of the list.",
    )
    format = models.CharField(max_length=10, choices=FileFormat, help_text="How it is written.")
    reason = models.CharField(
        max_length=LONGEST_REASON, help_text="What it is for; whoever decides reads this."
    )
    state = models.CharField(max_length=10, choices=S, default=S.WAITING, editable=False)
    decided_by = models.ForeignKey(
        "cases.User", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    decided_at = models.DateTimeField("decided", null=True, blank=True, editable=False)
    decision_reason = models.CharField(
        max_length=LONGEST_REASON, blank=True, default="", editable=False,
        help_text="Why it was declined, or could not be made.",
    )  # fmt: skip
    built_at = models.DateTimeField("made", null=True, blank=True, editable=False)
    expires_at = models.DateTimeField(
        "ends", null=True, blank=True, editable=False, help_text="From then on the file is gone."
    )
    rows = models.PositiveIntegerField(
        null=True, blank=True, editable=False, help_text="How many rows went in."
    )
    size = models.PositiveIntegerField(null=True, blank=True, editable=False, help_text="In bytes.")
    sha256 = models.CharField(
        "SHA-256", max_length=64, blank=True, default="", editable=False,
        help_text="The fingerprint of the file as it is handed out.",
    )  # fmt: skip
    downloads = models.PositiveSmallIntegerField(
        default=0, editable=False, help_text="How often it was taken."
    )
    stored_name = models.CharField(
        max_length=80, blank=True, default="", editable=False, help_text="Where it lies; random."
    )
    salt = models.CharField(
        max_length=64, blank=True, default="", editable=False,
        help_text="A part of its key; without it nobody reads the file again.",
    )  # fmt: skip

    class Meta(Record.Meta):
        constraints = (
            known_term("export_run", "format", FileFormat),
            known_term("export_run", "state", S),
            models.CheckConstraint(
                condition=Q(state__in=(S.WAITING, S.OVER))
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="export_run_is_decided_by_somebody",
                violation_error_message="A person decides whether a file is made.",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | (Q(recorded_by__isnull=False) & ~Q(decided_by=F("recorded_by"))),
                name="export_run_is_decided_by_another",
                violation_error_message="A second person decides: this was asked for by you.",
            ),
            models.CheckConstraint(
                condition=~Q(state=S.DECLINED) | ~Q(decision_reason=""),
                name="export_run_is_declined_with_a_reason",
                violation_error_message="Say why there is to be no file.",
            ),
            models.CheckConstraint(
                condition=Q(state=S.READY, expires_at__isnull=False)
                & ~Q(stored_name="")
                & ~Q(salt="")
                | ~Q(state=S.READY) & Q(stored_name="", salt=""),
                name="export_run_ready_has_its_file",
                violation_error_message="A file that is ready lies somewhere, and no other does.",
            ),
            models.CheckConstraint(
                condition=Q(downloads__lte=MOST_DOWNLOADS),
                name="export_run_is_taken_a_few_times",
                violation_error_message=f"A file is taken {MOST_DOWNLOADS} times at most.",
            ),
        )


class FiguresTaken(Gated):
    """Which figures a file held that left: so that whoever took it can be told what has changed.

    ``held`` lists, a line each, the id of a figure, its version, and what it said.
    """

    SCOPE: ClassVar[Scope] = OWN
    SENSITIVITY: ClassVar[Classes] = {
        "id": OPEN,
        "organisation": OPEN,
        "recorded_by": OPERATIONAL,
        "recorded_at": OPEN,
        "file": OPERATIONAL,
        "held": OPEN,
        "is_cut": OPEN,
    }

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey("cases.Organisation", models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(
        "cases.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(default=clock.now, db_index=True)
    file = models.CharField(max_length=LONGEST_FILE, help_text="The name of the file.")
    held = models.TextField(help_text="Each figure: its id, its version, what it said.")
    is_cut = models.BooleanField(
        default=False, help_text=f"The file held more than the {MOST_FIGURES} that are listed."
    )

    class Meta(Gated.Meta):
        verbose_name = verbose_name_plural = "figures taken"

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {str(self.pk)[:8]}"
