"""A list as a table for the background: what `GET` shows whoever acts, and nothing more."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.urls import NoReverseMatch, resolve, reverse

from cases.access.gate import current_actor, require
from cases.api.base import Resource
from cases.api.files import narrowed, table_of
from cases.exchange.tables import Table


def opened(collection: str, filters: Mapping[str, str]) -> Table:
    """Give a list narrowed by its own filters.

    :raises ValidationError: for a collection or a filter that is not there.
    :raises PermissionDenied: for a list that whoever acts may not read.
    """
    view = _view(collection)
    require(current_actor(), view.reads)
    unknown = [name for name in filters if name not in view.filterset_class.base_filters]
    if unknown:
        listed = ", ".join(sorted(view.filterset_class.base_filters))
        message = f"“{unknown[0][:40]}” is no filter of this list. There are: {listed}."
        raise ValidationError({"filters": ValidationError(message, code="unknown_parameter")})
    query = QueryDict(mutable=True)
    query.update(dict(filters))
    return table_of(view, narrowed(view, query))


def _view(collection: str) -> Any:
    try:
        found: Any = resolve(reverse(f"api:{collection}-list")).func
    except NoReverseMatch:
        message = "There is no such list. Name one by its address, such as individuals."
        raise ValidationError(
            {"collection": ValidationError(message, code="unknown_collection")}
        ) from None
    view: Resource = found.cls(**found.initkwargs)
    view.action, view.request, view.format_kwarg, view.kwargs = "list", None, None, {}
    return view
