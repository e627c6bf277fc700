"""The managers through which every row and every field passes the gate."""

from collections.abc import Mapping
from typing import Any, ClassVar, Self, TypeVar
from uuid import UUID

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, PermissionDenied
from django.db import connections, models
from django.db.models import Q
from django.utils.translation import gettext as _

from cases.access.actor import Actor, AnyActor
from cases.access.conditions import on_own_columns
from cases.access.gate import current_actor, looked_up
from cases.access.scope import EVERYTHING, NOTHING, Scope
from cases.access.sensitivity import (
    CRITICAL,
    IDENTIFYING,
    OPEN,
    PROTECTED,
    Classes,
    Raised,
    Sensitivity,
    masked,
)

M = TypeVar("M", bound="Gated")


class FieldMasked(PermissionDenied):
    """A field was read that the actor is not cleared for."""


def shared(actor: Actor, least: Sensitivity) -> models.QuerySet[Any]:
    """Give the ids of the people whom live grants open to ``actor``, at least up to a class."""
    live: models.QuerySet[Any] = _grants().live(actor.organisation_id, least)
    return live.values("individual")


_FEW_LEVELS = "few levels"
FEW = 200
"""So many granted people are named in a query, each by its id; of more it asks the grants."""


def opened(actor: Actor, least: Sensitivity) -> Any:
    """Give the same people for a query: where they are few, their ids.

    Only then can an index answer “our own or opened to us”, and where nobody is opened to us,
    it is “our own” alone.
    """
    levels = _few_levels(actor)
    if levels is None:
        return shared(actor, least)
    return [person for person, level in levels.items() if level >= least]


def _few_levels(actor: Actor) -> Mapping[Any, Sensitivity] | None:
    few: Mapping[Any, Sensitivity] | None
    few = looked_up(_FEW_LEVELS, lambda: _grants().few_levels(actor.organisation_id, FEW))
    return few


def are_given(actor: Actor) -> bool:
    """Say whether anybody of another organisation is opened to ``actor``."""
    return _few_levels(actor) != {}


def take_nobody_as_given() -> None:
    """Let whoever acts in the present block be one to whom nobody is opened; asks no database."""
    looked_up(_FEW_LEVELS, dict)


def reads_masked(model: type[models.Model], path: str) -> bool:
    """Say whether a look-up path touches a field that whoever acts is not cleared for."""
    for part in path.split("__"):
        if issubclass(model, Gated) and part in model.masked_for_actor():
            return True
        try:
            field = model._meta.get_field(part)
        except FieldDoesNotExist:
            return False
        if field.related_model is None:
            return False
        model = field.related_model
    return False


class GatedRows(models.QuerySet[M]):
    """Rows whose masked links are not read ahead: to follow one is refused."""

    def prefetch_related(self, *lookups: Any) -> Self:
        names = [(lookup, str(getattr(lookup, "prefetch_to", lookup))) for lookup in lookups]
        open_ones = [lookup for lookup, name in names if not reads_masked(self.model, name)]
        return super().prefetch_related(*open_ones)


class GateManager(models.Manager[M]):
    """Gives the rows that whoever acts may reach, without the columns they may not read."""

    use_in_migrations = False
    _queryset_class = GatedRows

    def get_queryset(self) -> models.QuerySet[M]:
        rows = super().get_queryset()
        actor = current_actor()
        reached = self.model.SCOPE.rows(actor, opened)
        if isinstance(actor, Actor) and connections[rows.db].vendor == "postgresql":
            reached = on_own_columns(reached, self.model, actor)
        if reached:  # an empty condition is all rows; asking it would only cost
            rows = rows.filter(reached)
        hidden = self.model.masked_for_actor()
        return rows.defer(*hidden) if hidden else rows


class Gated(models.Model):
    """A model whose rows and fields are guarded. Declares ``SCOPE`` and ``SENSITIVITY``.

    What a role never reads of a model is not selected. What it may not read in one row (another
    organisation's person, shared up to a level; a movement that is not over) is taken out as the
    row is made: it is empty, and named by :meth:`unread_fields`.
    """

    SCOPE: ClassVar[Scope]
    SENSITIVITY: ClassVar[Classes]
    RAISED: ClassVar[Raised | None] = None
    shared = staticmethod(shared)

    objects: ClassVar[GateManager[Self]] = GateManager()

    taken_out: frozenset[str] = frozenset()

    class Meta:
        abstract = True
        base_manager_name = "objects"
        default_manager_name = "objects"

    def save(self, **options: Any) -> None:
        """Save, leaving what was taken out as the database has it."""
        if self.taken_out and options.get("update_fields") is None:
            kept = self.unread_fields() | {self._meta.pk.name}
            names = {field.name for field in self._meta.concrete_fields}
            options["update_fields"] = sorted(names - kept)
        super().save(**options)

    @classmethod
    def from_db(cls, db: str | None, field_names: Any, values: Any, **options: Any) -> Self:
        row = super().from_db(db, field_names, values, **options)
        hidden = cls.hidden_in(row.__dict__, current_actor())
        if hidden:
            row.take_out(hidden)
        return row

    @classmethod
    def masked_for_actor(cls) -> frozenset[str]:
        """Name the fields that whoever acts is not cleared for in any row."""
        return masked(cls.SENSITIVITY, current_actor().clearance)

    @classmethod
    def masked_in_lists(cls) -> frozenset[str]:
        """Name the fields that no list gives to whoever acts.

        What is protected of a person is read one person at a time: each such read is in the trail.
        """
        if cls.SCOPE.person is None:
            return cls.masked_for_actor()
        return masked(cls.SENSITIVITY, min(current_actor().clearance, IDENTIFYING))

    @classmethod
    def hidden_in(cls, known: Mapping[str, Any], actor: AnyActor) -> frozenset[str]:
        """Name the fields that ``actor`` may not read in one row, beside those of no row.

        ``known`` are the columns of the row, of which :meth:`telling` decide. A row that does not
        tell whose it is counts as one that tells nothing.
        """
        hidden: frozenset[str] = frozenset()
        raised = cls.RAISED
        withholds = raised is not None and actor.clearance < CRITICAL
        if raised and withholds and known.get(raised.column) in (*raised.values, None):
            hidden |= raised.fields
        if cls.SCOPE.is_granted and known.get("organisation_id") != actor.organisation_id:
            hidden |= masked(cls.SENSITIVITY, _level(actor, known.get(cls.SCOPE.person_key)))
        return hidden

    @classmethod
    def telling(cls, actor: AnyActor) -> frozenset[str]:
        """Name the columns that tell what ``actor`` may read of a row; none if all are alike."""
        columns: set[str] = set()
        if cls.RAISED and actor.clearance < CRITICAL:
            columns.add(cls.RAISED.column)
        if cls.SCOPE.is_granted and isinstance(actor, Actor) and are_given(actor):
            columns |= {"organisation_id", cls.SCOPE.person_key}
        return frozenset(columns)

    @classmethod
    def readable(cls, *fields: str) -> Q:
        """Give the condition of the rows in which whoever acts may read all ``fields``.

        What is asked of a field must be asked of these rows only: a match tells its value.
        """
        actor = current_actor()
        if cls.masked_for_actor().intersection(fields):
            return NOTHING
        rows, raised = EVERYTHING, cls.RAISED
        if raised and actor.clearance < CRITICAL and raised.fields.intersection(fields):
            rows &= ~Q(**{f"{raised.column}__in": raised.values})
        if cls.SCOPE.is_granted and isinstance(actor, Actor):
            harm = max(cls.SENSITIVITY[name] for name in fields)
            if harm > OPEN:
                own = Q(organisation=actor.organisation_id)
                rows &= own | cls.SCOPE.granted(actor, opened, harm)
        return rows

    @classmethod
    def is_even(cls, field: str) -> bool:
        """Say whether whoever acts reads a field in all rows or in none.

        Only then may rows be ordered by it.
        """
        return field in cls.masked_for_actor() or not cls.readable(field)

    def unread_fields(self) -> set[str]:
        """Name the fields that the gate left out when this row was read."""
        return _names(self, self.get_deferred_fields()) | self.taken_out

    def would_lay_open(self) -> bool:
        """Say whether the row, as it is to be saved, no longer withholds what it withheld."""
        raised = self.RAISED
        if raised is None or raised.fields.isdisjoint(self.taken_out):
            return False
        return getattr(self, raised.column) not in raised.values

    @classmethod
    def protected_for_actor(cls) -> frozenset[str]:
        """Name the protected fields of a person that whoever acts may read in some row."""
        if cls.SCOPE.person is None:
            return frozenset()
        protected = (name for name, harm in cls.SENSITIVITY.items() if harm >= PROTECTED)
        return frozenset(protected) - cls.masked_for_actor()

    def read_as_protected(self) -> frozenset[str]:
        """Name the protected fields of a person that whoever acts reads in this row."""
        return self.protected_for_actor() - self.unread_fields()

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
        asked = _names(self, fields)
        hidden = (self.masked_for_actor() | self.taken_out).intersection(asked)
        if hidden:
            message = _("You may not read %(fields)s.") % {"fields": ", ".join(sorted(hidden))}
            raise FieldMasked(message)
        stood, before = dict(self.__dict__), self.taken_out
        telling = self._telling() - asked if fields and self._is_guarded(asked) else set()
        if fields is not None:
            fields = [*fields, *telling]
        super().refresh_from_db(using=using, fields=fields, from_queryset=from_queryset)
        # Of a part of the row, what an act has changed in memory does not decide what may be read.
        kept = frozenset() if fields is None else before
        self.take_out(self.hidden_in(self.__dict__, current_actor()) | kept)
        for name in telling:  # what an act has changed in memory stands
            column = self._column(name)
            self.__dict__[column] = stood.get(column, self.__dict__[column])

    @classmethod
    def _is_guarded(cls, asked: set[str]) -> bool:
        """Say whether any of some fields may be readable in one row and not in another."""
        raised = cls.RAISED.fields if cls.RAISED else frozenset()
        is_shared = cls.SCOPE.is_granted and any(cls.SENSITIVITY[name] > OPEN for name in asked)
        return is_shared or not raised.isdisjoint(asked)

    @classmethod
    def _telling(cls) -> set[str]:
        """Name the fields that tell what may be read of a row: no row is loaded without them."""
        telling: set[str] = {cls.RAISED.column} if cls.RAISED else set()
        if cls.SCOPE.is_granted:
            telling |= {"organisation", *filter(None, [(cls.SCOPE.person or "").strip("_")])}
        return telling

    @classmethod
    def _column(cls, name: str) -> str:
        return next(field.attname for field in cls._meta.concrete_fields if field.name == name)

    def take_out(self, hidden: frozenset[str]) -> None:
        """Empty some fields, and remember that they are not read."""
        taken = set()
        for field in self._meta.concrete_fields:
            if field.name in hidden and field.attname in self.__dict__:
                self.__dict__[field.attname] = "" if field.empty_strings_allowed else None
                taken.add(field.name)
        self.taken_out = frozenset(taken)


def _level(actor: AnyActor, person: UUID | None) -> Sensitivity:
    """Say how far another organisation's person is opened to ``actor``; looked up once a block."""
    if not isinstance(actor, Actor):
        return actor.clearance
    levels: Mapping[UUID | None, Sensitivity]
    levels = looked_up("levels", lambda: _grants().levels(actor.organisation_id))
    return levels.get(person, OPEN)


def _grants() -> Any:
    """Reach the model of grants by name: it rests on this one."""
    return apps.get_model("cases", "Grant")


def _names(instance: models.Model, fields: Any) -> set[str]:
    """Give field names for what Django asks for: names or column attributes."""
    known = {field.attname: field.name for field in instance._meta.concrete_fields}
    return {known.get(name, name) for name in fields or ()}
