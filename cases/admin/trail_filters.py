"""One form that narrows the trail: the filters of the API, by the same names."""

# ruff: noqa: ARG002 - the signatures are Django's

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _, gettext_lazy

from cases.filters.audit import AuditEntryFilters
from cases.models import AuditEntry
from cases.vocabulary.audit import Door, Outcome
from cases.vocabulary.organisations import Role

RECENT = 1000
LABELS = {
    "at_after": gettext_lazy("After (UTC)"),
    "at_before": gettext_lazy("Before (UTC)"),
    "act": gettext_lazy("Act"),
    "outcome": gettext_lazy("Outcome"),
    "door": gettext_lazy("Door"),
    "model": gettext_lazy("Kind of row"),
    "actor": gettext_lazy("Role or system"),
    "actor_id": gettext_lazy("Id of the user"),
    "target_id": gettext_lazy("Id of the row"),
    "request_id": gettext_lazy("Id of the request"),
}
_MOMENTS = ("at_after", "at_before")
_CLOSED = ("outcome", "door", "model")

Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Asked:
    """One field of the form: what it is called, what stands in it, what is wrong with that."""

    name: str
    label: str
    kind: str
    value: str
    choices: Choices
    fault: str


class TrailFilters(admin.ListFilter):
    title = gettext_lazy("what to look for")
    template = "admin/trail_filters.html"
    names = tuple(AuditEntryFilters.base_filters)

    def __init__(
        self, request: HttpRequest, params: dict[str, Any], model: Any, model_admin: Any
    ) -> None:
        super().__init__(request, params, model, model_admin)
        asked = [name for name in self.names if name in params]
        self.given = {name: params.pop(name)[-1].strip() for name in asked}
        self.faults: dict[str, str] = {}

    def has_output(self) -> bool:
        return True

    def expected_parameters(self) -> list[str | None]:
        return list(self.names)

    def choices(self, changelist: Any) -> Any:
        return iter(())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Narrow the list; to nothing where something asked for cannot be read."""
        asked = {name: _in_utc(name, text) for name, text in self.given.items() if text}
        try:
            return AuditEntryFilters.narrowed(queryset, asked)
        except ValidationError as refusal:
            self.faults = {name: said[0] for name, said in refusal.message_dict.items()}
            return queryset.none()

    def asked(self) -> Iterable[Asked]:
        """Give the fields of the form."""
        acts, known = _recent_acts(), _choices()
        for name, label in LABELS.items():
            choices = acts if name == "act" else known.get(name, ())
            kind = "moment" if name in _MOMENTS else "choice" if name in _CLOSED else "text"
            given, fault = self.given.get(name, ""), self.faults.get(name, "")
            yield Asked(name, str(label), kind, given, choices, fault)


def _in_utc(name: str, text: str) -> str:
    """Give a moment of the browser's the zone that its label names."""
    is_bare = name in _MOMENTS and not text.upper().endswith("Z") and "+" not in text
    return f"{text}Z" if is_bare else text


def _models() -> Choices:
    known = apps.get_app_config("cases").get_models()
    tables = [model._meta for model in known if not _is_view(model)]
    named = [(table.model_name or "", str(table.verbose_name)) for table in tables]
    return sorted(named, key=lambda pair: pair[1])


def _is_view(model: Any) -> bool:
    return bool(model._meta.proxy) or model._meta.model_name in {"auditentry", "audithead"}


def _recent_acts() -> Choices:
    """Give the acts of late: all that there ever were would mean reading the whole trail."""
    recent = AuditEntry.objects.order_by("-number").values_list("act", flat=True)[:RECENT]
    return [(act, _(act)) for act in sorted(set(recent))]


def _choices() -> dict[str, Choices]:
    """Give what may be chosen, in the language of whoever chooses."""
    return {
        "outcome": Outcome.choices,
        "door": Door.choices,
        "model": _models(),
        "actor": [(role.value, str(role.label)) for role in Role],
    }
