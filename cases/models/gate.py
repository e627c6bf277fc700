"""The managers through which every row and every field passes the gate."""

from typing import Any, ClassVar, Self, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models

from cases.access.gate import current_actor
from cases.access.scope import Scope
from cases.access.sensitivity import Classes, masked

M = TypeVar("M", bound="Gated")


class FieldMasked(PermissionDenied):
    """A field was read that the actor is not cleared for."""


class GateManager(models.Manager[M]):
    """Gives the rows that whoever acts may reach, without the columns they may not read."""

    use_in_migrations = False

    def get_queryset(self) -> models.QuerySet[M]:
        rows = super().get_queryset()
        reached = self.model.SCOPE.rows(current_actor())
        if reached:  # an empty condition is all rows; asking it would only cost
            rows = rows.filter(reached)
        hidden = self.model.masked_for_actor()
        return rows.defer(*hidden) if hidden else rows


class Gated(models.Model):
    """A model whose rows and fields are guarded. Declares ``SCOPE`` and ``SENSITIVITY``."""

    SCOPE: ClassVar[Scope]
    SENSITIVITY: ClassVar[Classes]

    objects: ClassVar[GateManager[Self]] = GateManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"
        default_manager_name = "objects"

    @classmethod
    def masked_for_actor(cls) -> frozenset[str]:
        """Name the fields that whoever acts is not cleared for."""
        return masked(cls.SENSITIVITY, current_actor().clearance)

    def unread_fields(self) -> set[str]:
        """Name the fields that the gate left out when this row was read."""
        return _names(self, self.get_deferred_fields())

    def refresh_from_db(
        self,
        using: str | None = None,
        fields: Any = None,
        from_queryset: models.QuerySet[Self] | None = None,
    ) -> None:
        """Load deferred fields.

        :raises FieldMasked: for a field that was left out by the gate: without this, touching a
            deferred attribute would fetch it after all.
        """
        hidden = self.masked_for_actor().intersection(_names(self, fields))
        if hidden:
            message = f"You may not read {', '.join(sorted(hidden))}."
            raise FieldMasked(message)
        super().refresh_from_db(using=using, fields=fields, from_queryset=from_queryset)


def _names(instance: models.Model, fields: Any) -> set[str]:
    """Give field names for what Django asks for: names or column attributes."""
    known = {field.attname: field.name for field in instance._meta.concrete_fields}
    return {known.get(name, name) for name in fields or ()}
