"""The sentence of a constraint that only the database could hold: somebody was quicker."""

import re

from django.apps import apps
from django.db import IntegrityError, models
from django.utils.translation import gettext as _, gettext_noop

CLASH = gettext_noop("This clashes with a row that is there already, perhaps one you may not see.")
_COLUMN = re.compile(r"(\w+)\.(\w+)", re.ASCII)
_SQLITE = re.compile(r"(UNIQUE|CHECK) constraint failed: (.+)", re.ASCII)


def sentence_of(fault: IntegrityError) -> str:
    """Give the sentence of the constraint that was broken, as `full_clean()` would say it.

    PostgreSQL names the constraint; SQLite does so for checks, and names the columns of others.
    """
    cause = fault.__cause__
    told = _SQLITE.search(str(cause))
    name = getattr(getattr(cause, "diag", None), "constraint_name", None) or (told and told[2])
    columns = set(_COLUMN.findall(told[2])) if told else set()
    for model in apps.get_app_config("cases").get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name or columns == _columns(model, constraint):
                return str(constraint.get_violation_error_message())
    return _(CLASH)


def _columns(
    model: type[models.Model], constraint: models.BaseConstraint
) -> set[tuple[str, str]] | None:
    if not isinstance(constraint, models.UniqueConstraint) or not constraint.fields:
        return None
    columns = {field.name: str(field.column) for field in model._meta.concrete_fields}
    return {(model._meta.db_table, columns[name]) for name in constraint.fields}
