"""Related rows shown under a record's form, each with a link, and a link to add one in place."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.contrib.admin import AdminSite
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _

from cases.access.gate import current_actor
from cases.admin import links

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST_ROWS = 60


@dataclass(frozen=True)
class Panel:
    """Rows of ``model`` whose foreign key ``by`` is the record."""

    title: "StrOrPromise"
    model: type[models.Model]
    by: str


@dataclass(frozen=True)
class Line:
    words: str
    url: str


@dataclass(frozen=True)
class Shown:
    """A panel as a page shows it."""

    title: "StrOrPromise"
    lines: tuple[Line, ...]
    has_more: bool
    add_url: str | None
    add_label: str
    list_url: str | None


def shown(
    panels: Sequence[Panel], record: models.Model, site: AdminSite, request: HttpRequest
) -> list[Shown]:
    """Read the panels that the actor may see, in a fixed number of queries each."""
    admins = [(panel, site.get_model_admin(panel.model)) for panel in panels]
    return [
        _shown(panel, model_admin, record, request)
        for panel, model_admin in admins
        if model_admin.has_view_permission(request)
    ]


def _shown(panel: Panel, model_admin: Any, record: models.Model, request: HttpRequest) -> Shown:
    rows = panel.model._default_manager.filter(**{panel.by: record.pk}).order_by(
        "recorded_at", "pk"
    )
    found = list(islice(model_admin.described(rows)[: MOST_ROWS + 1], MOST_ROWS + 1))
    lines = tuple(Line(_words(model_admin, row), links.url_of(row)) for row in found[:MOST_ROWS])
    name = str(panel.model._meta.verbose_name)
    may_add = model_admin.has_add_permission(request) and _is_own(record)
    return Shown(
        title=panel.title,
        lines=lines,
        has_more=len(found) > MOST_ROWS,
        add_url=links.add_to(panel.model, **{panel.by: record.pk}) if may_add else None,
        add_label=_("Add %(name)s") % {"name": name},
        list_url=links.list_of(panel.model, **{panel.by: record.pk})
        if panel.by in model_admin.linked
        else None,
    )


def _words(model_admin: Any, row: models.Model) -> str:
    """Describe a row; one that leads out of the actor's reach by its own reference only."""
    try:
        return str(model_admin.describe(row))
    except ObjectDoesNotExist:
        return str(row)


def _is_own(record: Any) -> bool:
    owner = getattr(record, "organisation_id", None)
    return owner is None or owner == current_actor().organisation_id
