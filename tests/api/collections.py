"""Every collection with a row for it, and a body that adds one."""

from datetime import datetime
from typing import Any

from factory.django import DjangoModelFactory

from cases.api.base import AddResource, KeepResource, Resource
from cases.api.records import RecordSerializer
from cases.api.urls import RESOURCES
from cases.models import Organisation
from cases.vocabulary.organisations import Role
from tests import factories
from tests.factories.reports import StatementFactory

FACTORIES: dict[str, type[DjangoModelFactory[Any]]] = {
    name: getattr(factories, f"{resource.model.__name__}Factory")
    for name, resource in RESOURCES.items()
}
TRAITS: dict[str, dict[str, Any]] = {
    "mediating-bodies": {"mediates": True},
    "batch-steps": {"batch__arrived": True},  # while it moves, they are the movement cell's
    "status-events": {"to_status": "unaccounted_for", "observation": "Seen by staff."},
}
WRITERS = {"organisations": Role.ADMINISTRATOR, "grants": Role.SUPERVISOR,
           "referrals": Role.SUPERVISOR, "retention-periods": Role.SUPERVISOR,
           "legal-holds": Role.SUPERVISOR, "webhooks": Role.SUPERVISOR}  # fmt: skip
READERS = {"users": Role.SUPERVISOR, "audit-entries": Role.AUDITOR,
           "webhooks": Role.SUPERVISOR, "webhook-deliveries": Role.SUPERVISOR}  # fmt: skip
BY_FORM = {"imports"}
"""Added by a file: tests/imports."""
ADDED = [name for name, resource in RESOURCES.items()
         if issubclass(resource, AddResource) and name not in BY_FORM]  # fmt: skip
KEPT = [name for name, resource in RESOURCES.items() if issubclass(resource, KeepResource)]
SHOWN_TO_ALL = {"organisations"}
NOT_FOR_ADMINISTRATORS = {
    name for name, resource in RESOURCES.items()
    if resource.reads in {"read cases", "keep webhooks"}
}  # fmt: skip
WITHOUT_VERSION = {"audit-entries", "webhook-deliveries"}
SHOWN_ONCE = {"webhooks": "secret"}
"""What the answer to a POST holds, and no later one."""

CHANGES: dict[str, dict[str, Any]] = {
    "bodies": {"name": "Another"}, "mediating-bodies": {"name": "Another"},
    "officials": {"name": "Another"}, "organisations": {"name": "Another"},
    "places": {"name": "Another"}, "tenures": {"title": "Another"},
    "place-names": {"text": "Another"}, "body-names": {"text": "Another"},
    "official-names": {"text": "Another"}, "individual-names": {"text": "Another"},
    "source-reports": {"title": "Another"}, "statements": {"summary": "Another"},
    "quality-flags": {"remarks": "Another"}, "citations": {"locator": "Another"},
    "populations": {"title": "Another"}, "count-links": {"remarks": "Another"},
    "discrepancies": {"title": "Another"}, "discrepancy-members": {"version_text": "Another"},
    "assessments": {"method": "Another"}, "negotiations": {"title": "Another"},
    "positions": {"remarks": "Another"}, "routes": {"title": "Another"},
    "route-legs": {"mode": "rail"}, "repatriation-batches": {"title": "Another"},
    "batch-slots": {"presence": "boarded"}, "mediations": {"role": "guarantor"},
    "individuals": {"circumstances": "Another"}, "contacts": {"remarks": "Another"},
    "family-links": {"certainty": "confirmed"}, "assistance": {"remarks": "Another"},
    "retention-periods": {"days": 400},
    "tracing-requests": {"priority": "urgent"},
    "webhooks": {"collections": "places"},
    "tasks": {"title": "Another"}, "notes": {"text": "Another"},
}  # fmt: skip


def address(collection: str, *parts: Any) -> str:
    return "/api/v1/" + "".join(f"{part}/" for part in (collection, *parts))


def make(collection: str, organisation: Organisation, **fields: Any) -> Any:
    """Make a row that ``organisation`` keeps."""
    given = {**TRAITS.get(collection, {}), **fields}
    if collection == "organisations":
        return FACTORIES[collection](other=True, **given)
    if collection == "audit-entries":
        return FACTORIES[collection](organisation_id=organisation.pk, **given)
    return FACTORIES[collection](organisation=organisation, **given)


def body(collection: str, organisation: Organisation) -> dict[str, Any]:
    """Write the body that would add a row such as the factory makes."""
    if collection == "organisations":
        return {"key": "third", "name": "Third", "kind": "ngo"}
    row = make(collection, organisation)
    type(row)._base_manager.filter(pk=row.pk).delete()
    resource = RESOURCES[collection]
    serializer_class: Any = resource.create_serializer_class or resource.serializer_class
    serializer = serializer_class()
    assert isinstance(serializer, RecordSerializer)
    columns = {field.name for field in row._meta.fields}
    writable = [n for n, f in serializer.fields.items() if not f.read_only and n in columns]
    written = {name: _written(getattr(row, name)) for name in writable}
    given = {name: value for name, value in written.items() if value is not None}
    return given | _further(collection)


def _written(value: Any) -> Any:
    if hasattr(value, "pk"):
        return str(value.pk)
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return value if isinstance(value, bool | int | str | None) else str(value)


def _further(collection: str) -> dict[str, Any]:
    """Give what a row does not tell: rows that are added with it."""
    if collection == "discrepancies":
        sides = [StatementFactory(), StatementFactory()]
        return {"members": [{"statement": str(s.pk), "version_text": s.code} for s in sides]}
    if collection == "exports":
        return {"filters": {"priority": "urgent"}}
    return {"slots": 3} if collection == "repatriation-batches" else {}


def reader(resource_name: str) -> Role:
    return READERS.get(resource_name, Role.CASEWORKER)


def writer(resource_name: str) -> Role:
    return WRITERS.get(resource_name, Role.CASEWORKER)


def scoped(resource: type[Resource]) -> bool:
    """Say whether rows of another organisation are unseen."""
    return resource.model.SCOPE.kind.value != "shared"
