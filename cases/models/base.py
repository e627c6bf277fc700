"""What every record has: an opaque id, an organisation, a version, and when it was recorded."""

from collections.abc import Collection
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models

from cases import clock, ids
from cases.access.gate import System, acting_as
from cases.access.sensitivity import OPEN, OPERATIONAL, Classes
from cases.models.dates import BoundField
from cases.models.gate import Gated
from cases.models.texts import tidy

SHORT = 200
LONG = 4000


def listed(model: str, *asked: str) -> models.Index:
    """Serve a long list: one organisation's rows, the newest change first, as lists show them.

    ``asked`` are the columns that its filters and its gate ask of: beside the order they let a
    row be passed over, or counted, without being read.
    """
    return models.Index(
        fields=["organisation", "-updated_at", "id", *asked], name=f"{model}_listed"
    )


class Versioned(Gated):
    """A row that can be amended: each change raises its version."""

    SENSITIVITY: ClassVar[Classes] = {
        "id": OPEN,
        "recorded_at": OPEN,
        "updated_at": OPEN,
        "version": OPEN,
    }

    UNCOMMITTED: ClassVar[frozenset[str]] = frozenset()
    """Fields that change without an act; the trail does not vouch for them."""

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

    kept: frozenset[str] = frozenset()
    """Fields that an act leaves as they are: a link to a row that the actor may not see is fine
    where it stood before."""

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Check the fields that were read: one that the gate left out stays as it is.

        Texts are brought into their one form first, at every door alike.
        """
        left_out = {*(exclude or ()), *self.unread_fields(), *self.kept}
        faults: dict[str, Any] = {}
        for field in self._meta.concrete_fields:
            if field.name not in left_out:
                try:
                    tidy(self, field)
                except ValidationError as refusal:
                    faults[field.name] = refusal.error_list
        try:
            super().clean_fields(exclude=left_out | faults.keys())
        except ValidationError as refusal:
            faults = refusal.update_error_dict(faults)
        if faults:
            raise ValidationError(faults)

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Check against all rows, also those that whoever acts may not see: the database will.

        The days that a partial date implies are worked out first; without that its constraints
        would speak of the days before the change.
        """
        left_out = {*(exclude or ()), *self.unread_fields()}
        for field in self._meta.concrete_fields:
            if isinstance(field, BoundField) and field.of not in left_out:
                field.pre_save(self, add=False)
        with acting_as(System("checking constraints")):
            super().validate_constraints(exclude=left_out)

    def validate_unique(self, exclude: Collection[str] | None = None) -> None:
        """Check against all rows, for the same reason; a key made by chance is not looked up."""
        left_out = {*(exclude or ()), *self.unread_fields(), "id"}
        with acting_as(System("checking constraints")):
            super().validate_unique(exclude=left_out)


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
