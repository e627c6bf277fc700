"""Conditions of the gate for PostgreSQL: on the row's own columns, and as the SQL of a policy.

A policy is translated from the very ``Q`` that the gate's managers use, so that the two cannot
differ. What Django would make a join is a set of keys there, which a function of the database
gives: a join meets the policies of the other table, and would lose the rows that hang on somebody
one may not see.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL

from cases.access.actor import Actor
from cases.access.session import ACTOR, ORGANISATION, OWN_ORGANISATION, OWN_USER, SYSTEM, USER

TRUE, FALSE = "true", "false"
LONGEST_NAME = 63

_STANDING_IN = {OWN_ORGANISATION: ORGANISATION, OWN_USER: USER}
_OPERATORS = frozenset({"isnull", "in"})
_FEW_BREAK = frozenset({"sensitivity"})
"""Columns, never empty, whose condition nearly all rows meet: the set of those that break it is
the small one."""


class Untranslatable(TypeError):  # noqa: N818 - a fault in our code, said at start
    """A condition that no policy can be made of yet. Teach :mod:`cases.access.conditions`."""


@dataclass(frozen=True)
class KeySet:
    """A function of the database that gives keys: those that ``select`` finds."""

    name: str
    select: str

    def body(self) -> str:
        """Give its text in PL/pgSQL.

        It looks as the system: that a person is restricted must be known of persons one does not
        see. An error in between ends the transaction or its savepoint, and the setting with it.
        """
        lines = (
            f"DECLARE acting text := current_setting('{ACTOR}', true);",
            "BEGIN",
            f"  PERFORM set_config('{ACTOR}', '{SYSTEM}', true);",
            f"  RETURN QUERY {self.select};",
            f"  PERFORM set_config('{ACTOR}', coalesce(acting, ''), true);",
            "END",
        )
        return "\n".join(lines)


class Keys(RawSQL):
    """A key set as the right side of ``__in``."""

    def __init__(self, key_set: KeySet) -> None:
        super().__init__(f"SELECT {key_set.name}()", ())
        self.key_set = key_set


def on_own_columns(condition: Q, model: type[models.Model], actor: Actor | None = None) -> Q:
    """Put key sets where a condition looks at other tables.

    The functions know the acting organisation and user by the settings: ``actor`` says which ids
    are theirs, by default those that stand for all.
    """
    ids = {actor.organisation_id: ORGANISATION, actor.user_id: USER} if actor else _STANDING_IN
    local = Q(_connector=condition.connector, _negated=condition.negated)
    local.children = [
        on_own_columns(child, model, actor) if isinstance(child, Q) else _local(model, child, ids)
        for child in condition.children
    ]
    return local


def _local(model: type[models.Model], child: Any, ids: Mapping[UUID, str]) -> Any:
    if not isinstance(child, tuple):
        message = f"{model.__name__}: no policy can be made of {child!r}."
        raise Untranslatable(message)
    path, value = child
    name, _, rest = path.partition("__")
    if not rest or rest in _OPERATORS:
        return (path, value)
    link = _field(model, name)
    if not isinstance(link, models.ForeignKey):
        message = f"{model.__name__}: no policy knows the look-up {path}."
        raise Untranslatable(message)
    is_inverse = rest in _FEW_BREAK
    to: Any = link.related_model
    keys = Keys(_key_set(to, rest, value, ids, is_inverse=is_inverse))
    among = Q(**{f"{name}__in": keys})
    return Q(**{f"{name}__isnull": False}) & ~among if is_inverse else among


def _key_set(
    model: type[models.Model], rest: str, value: Any, ids: Mapping[UUID, str], *, is_inverse: bool
) -> KeySet:
    """Give the rows that meet a condition, or the few that do not."""
    setting = ids.get(value) if isinstance(value, UUID) else None
    stands = {ORGANISATION: OWN_ORGANISATION, USER: OWN_USER}.get(setting or "", value)
    met = Translator(model).sql(Q(**{rest: stands}))
    wanted = f"NOT ({met})" if is_inverse else met
    table, key = model._meta.db_table, model._meta.pk.column
    select = f'SELECT "{key}" FROM "{table}" WHERE {wanted}'  # noqa: S608 (our own words)
    return _named(f"{table}_{rest}_{'not' if is_inverse else 'is'}", select)


def _named(words: str, select: str) -> KeySet:
    """Name a key set by what it is and says: a changed one never meets an old policy."""
    name = f"{words}_{sha256(select.encode()).hexdigest()[:8]}".replace("__", "_")
    if len(name) > LONGEST_NAME:
        message = f"{name} is too long a name for a function."
        raise Untranslatable(message)
    return KeySet(name, select)


@dataclass
class Translator:
    """Translates conditions on one model, and collects the key sets they need."""

    model: type[models.Model]
    key_sets: dict[str, KeySet] = field(default_factory=dict)

    def sql(self, condition: Q) -> str:
        """Translate.

        :raises Untranslatable: for what no policy can say yet.
        """
        return self._sql(on_own_columns(condition, self.model))

    def _sql(self, condition: Any) -> str:
        if isinstance(condition, tuple):
            return self._comparison(*condition)
        parts = [self._sql(child) for child in condition.children]
        whole = any_of(parts) if condition.connector == Q.OR else all_of(parts)
        # As Django has it: what is not known to be so is not so.
        return f"({whole} IS NOT TRUE)" if condition.negated else whole

    def _comparison(self, path: str, value: Any) -> str:
        name, _, operator = path.partition("__")
        column = f'"{_field(self.model, name).column}"'
        if operator == "isnull":
            return f"{column} IS {'' if value else 'NOT '}NULL"
        if operator == "in":
            return self._among(column, value)
        return f"{column} = {literal(value)}"

    def _among(self, column: str, values: Any) -> str:
        if isinstance(values, models.QuerySet):
            values = Keys(_of_queryset(values))
        if isinstance(values, Keys):
            self.key_sets[values.key_set.name] = values.key_set
            return f"{column} IN (SELECT {values.key_set.name}())"
        listed = ", ".join(sorted(literal(value) for value in values))
        return f"{column} IN ({listed})" if listed else FALSE


def _of_queryset(rows: models.QuerySet[Any]) -> KeySet:
    """Give what a subquery selects; a moment in it is the present one."""
    text, values = rows.query.sql_with_params()
    select = text % tuple(literal(value) for value in values)
    return _named(f"{rows.model._meta.db_table}_among", select)


def _field(model: type[models.Model], name: str) -> models.Field[Any, Any]:
    found = model._meta.pk if name == "pk" else model._meta.get_field(name)
    if not isinstance(found, models.Field):
        message = f"{model.__name__}: no policy can look along {name} yet."
        raise Untranslatable(message)
    return found


def literal(value: Any) -> str:
    """Write a value as SQL; what stands for the acting organisation or user, as its setting.

    The settings are asked for in a subquery: once a statement, not once a row.
    """
    if isinstance(value, UUID) and value in _STANDING_IN:
        return f"(SELECT nullif(current_setting('{_STANDING_IN[value]}', true), '')::uuid)"
    if isinstance(value, bool):
        return TRUE if value else FALSE
    if isinstance(value, datetime):
        return "statement_timestamp()"
    if isinstance(value, str | UUID):
        stored = value.value if isinstance(value, Enum) else value
        quoted = str(stored).replace("'", "''")
        return f"'{quoted}'"
    message = f"No policy can compare with {value!r} yet."
    raise Untranslatable(message)


def all_of(parts: list[str]) -> str:
    """Join by AND: nothing to meet is true."""
    if FALSE in parts:
        return FALSE
    needed = list(dict.fromkeys(part for part in parts if part != TRUE))
    return _joined(" AND ", needed) if needed else TRUE


def any_of(parts: list[str]) -> str:
    """Join by OR: nothing to choose from is true as well, as an empty ``Q`` is."""
    if TRUE in parts or not parts:
        return TRUE
    possible = list(dict.fromkeys(part for part in parts if part != FALSE))
    return _joined(" OR ", possible) if possible else FALSE


def _joined(word: str, parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"({word.join(parts)})"
