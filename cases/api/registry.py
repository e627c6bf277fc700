"""Which collection shows the rows of a model, and under which name."""

from typing import Any

from rest_framework.request import Request
from rest_framework.reverse import reverse

_names: dict[Any, str] = {}
_by_model: dict[Any, Any] = {}


def register(name: str, resource: Any) -> None:
    """Make a collection known; of two that show one model the first stands for it."""
    _names[resource] = name
    _by_model.setdefault(resource.model, resource)


def showing(model: Any) -> Any:
    """Give the collection that shows the rows of a model; None where there is none."""
    return _by_model.get(model)


def address_of(resource: Any, row: Any, request: Request) -> str:
    """Give the address of a row."""
    return str(reverse(f"api:{_names[resource]}-detail", args=[row.pk], request=request))
