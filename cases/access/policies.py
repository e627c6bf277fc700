"""The row security that a model's ``SCOPE`` asks of PostgreSQL."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import models
from django.db.models import Q

from cases.access.actor import AnyActor
from cases.access.conditions import FALSE, TRUE, KeySet, Translator, literal
from cases.access.scope import Scope
from cases.access.session import ACTOR, SYSTEM, every_actor

STATEMENTS = frozenset({"SELECT", "INSERT", "UPDATE", "DELETE"})


@dataclass(frozen=True)
class Policy:
    """What one kind of statement may touch: rows as they are, and rows as they would become."""

    name: str
    command: str
    using: str | None = None
    check: str | None = None

    def clauses(self) -> str:
        using = f" USING ({self.using})" if self.using else ""
        return using + (f" WITH CHECK ({self.check})" if self.check else "")


@dataclass(frozen=True)
class Security:
    """All that is asked for one table."""

    table: str
    policies: tuple[Policy, ...]
    privileges: frozenset[str]
    key_sets: tuple[KeySet, ...]


def security(model: type[models.Model]) -> Security:
    """Give what the declaration of ``model`` asks for.

    :raises Untranslatable: for a kind of scope that has no SQL yet.
    """
    guarded_model: Any = model
    scope: Scope = guarded_model.SCOPE
    translator = Translator(model)
    read = _allowed(lambda actor: scope.rows(actor, guarded_model.shared), translator)
    kept = _allowed(scope.kept, translator)
    policies = (
        Policy("tracker_read", "SELECT", using=read),
        Policy("tracker_add", "INSERT", check=kept),
        Policy("tracker_change", "UPDATE", using=kept, check=kept),
        Policy("tracker_delete", "DELETE", using=_acts_as([SYSTEM])),
    )
    sets = tuple(translator.key_sets[name] for name in sorted(translator.key_sets))
    return Security(model._meta.db_table, policies, STATEMENTS - scope.never, sets)


def guarded(all_models: Iterable[type[models.Model]]) -> list[type[models.Model]]:
    """Give the models that have a table of their own and a scope."""
    return [model for model in all_models if hasattr(model, "SCOPE") and not model._meta.proxy]


def _allowed(rule: Callable[[AnyActor], Q], translator: Translator) -> str:
    """Write a rule for all actors: for each of its conditions, the actors it holds for."""
    held: dict[str, list[str]] = {}
    for label, actor in every_actor():
        held.setdefault(translator.sql(rule(actor)), []).append(label)
    held.pop(FALSE, None)
    parts = [
        _acts_as(labels) if condition == TRUE else f"({_acts_as(labels)} AND {condition})"
        for condition, labels in held.items()
    ]
    return " OR ".join(parts)


def _acts_as(labels: list[str]) -> str:
    """Ask once a statement whether one of these acts; by role, where its flags do not matter."""
    roles = list(dict.fromkeys(label.split()[0] for label in labels))
    whole = [role for role in roles if _labels_of(role) <= set(labels)]
    rest = [label for label in labels if label.split()[0] not in whole]
    acting = f"current_setting('{ACTOR}', true)"
    tests = [f"split_part({acting}, ' ', 1) IN ({_listed(whole)})"] if whole else []
    tests += [f"{acting} IN ({_listed(rest)})"] if rest else []
    return f"(SELECT {' OR '.join(tests)})"


@cache
def _labels_of(role: str) -> frozenset[str]:
    return frozenset(label for label, _actor in every_actor() if label.split()[0] == role)


def _listed(words: list[str]) -> str:
    return ", ".join(literal(word) for word in words)
