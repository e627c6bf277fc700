"""Every address leads through a door: the server does not start with one that is open to all."""

from collections.abc import Iterator
from typing import Any, TypeVar

from django.core.checks import CheckMessage, Error
from django.urls import URLResolver, get_resolver

V = TypeVar("V")

OPEN_TO_ALL = frozenset(
    {
        "home",
        "health-live",
        "health-ready",
        "admin:language",
        "admin:login",
        "admin:sign_in_code",
        "admin:sign_in_set_up",
    }
)
"""Addresses by name that ask nobody who they are: there is nothing in them, or they are the ask."""


def guarded(view: V) -> V:
    """Mark a view, or what asks before views, as one that says who may pass."""
    view.is_guarded = True  # type: ignore[attr-defined]
    return view


def check_addresses(**_options: Any) -> list[CheckMessage]:
    """Give an error for each address that neither asks who comes nor is meant for all."""
    hint = "Let its view pass a face's own door, or name it in OPEN_TO_ALL, and say there why."
    return [
        Error(f"Anybody may open the address {name or route}.", hint, id="cases.E006")
        for name, route, view in _addresses(get_resolver())
        if name not in OPEN_TO_ALL and not is_guarded(view)
    ]


def _addresses(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, str, Any]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _addresses(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
        else:
            yield space + entry.name if entry.name else "", str(entry.pattern), entry.callback


def is_guarded(view: Any) -> bool:
    """Say whether something asks before a view: itself, its admin class, or its permissions."""
    asks = [view, getattr(view, "model_admin", None), getattr(view, "admin_site", None)]
    for kind in ("cls", "view_class"):  # as view sets and class-based views name their class
        asks += getattr(getattr(view, kind, None), "permission_classes", ())
    return any(getattr(ask, "is_guarded", False) for ask in asks)
