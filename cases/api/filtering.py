"""Lists are narrowed by the filter set that the resource declares."""

from typing import Any

from django.db.models import QuerySet
from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request

from cases.filters.base import GatedFilters


class DeclaredFilterBackend(BaseFilterBackend):
    """Applies ``filterset_class``, and describes it."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> Any:
        return self.filter_set(view).narrowed(queryset, request.query_params)

    def filter_set(self, view: Any) -> type[GatedFilters]:
        found: type[GatedFilters] = view.filterset_class
        return found

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        return [
            {
                "name": name,
                "in": "query",
                "required": False,
                "description": narrowing.said_of(name),
                "schema": narrowing.schema,
            }
            for name, narrowing in self.filter_set(view).base_filters.items()
        ]
