"""What every record has: an opaque id, an organisation, a version, and when it was recorded."""

from typing import ClassVar

from django.db import models

from cases import clock, ids
from cases.access.sensitivity import OPEN, OPERATIONAL, Classes
from cases.models.gate import Gated

SHORT = 200
LONG = 4000


class Versioned(Gated):
    """A row that can be amended: each change raises its version."""

    SENSITIVITY: ClassVar[Classes] = {
        "id": OPEN,
        "recorded_at": OPEN,
        "updated_at": OPEN,
        "version": OPEN,
    }

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    recorded_at = models.DateTimeField(
        default=clock.now,
        editable=False,
        db_index=True,
        help_text="When our database learned it. Never edited.",
    )
    updated_at = models.DateTimeField(default=clock.now, editable=False, db_index=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta(Gated.Meta):
        abstract = True


class Record(Versioned):
    """One row that somebody recorded for an organisation."""

    SENSITIVITY: ClassVar[Classes] = {
        **Versioned.SENSITIVITY,
        "organisation": OPEN,
        "recorded_by": OPERATIONAL,
    }

    organisation = models.ForeignKey(
        "cases.Organisation",
        models.PROTECT,
        related_name="+",
        editable=False,
        help_text="The organisation that keeps this record.",
    )
    recorded_by = models.ForeignKey(
        "cases.User", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    class Meta(Versioned.Meta):
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {str(self.pk)[:8]}"
