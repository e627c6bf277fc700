"""Filters of the list of people that are not a field's own values."""

# ruff: noqa: ARG002 - the signatures are Django's

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _, gettext_lazy

from cases.access.gate import current_actor
from cases.models import Individual


class Mine(admin.SimpleListFilter):
    title = gettext_lazy("who works on it")
    parameter_name = "mine"
    needs = ("assigned_to",)

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, str]]:
        return (("yes", _("Assigned to me")), ("nobody", _("Assigned to nobody")))

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Individual]
    ) -> QuerySet[Individual] | None:
        if self.value() == "yes":
            return queryset.filter(assigned_to=current_actor().user_id)
        if self.value() == "nobody":
            return queryset.filter(assigned_to__isnull=True)
        return queryset
