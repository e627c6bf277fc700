"""Every address of the site by name, with what it leads to; one nobody has thought of fails."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.urls import URLPattern, URLResolver, get_resolver

from cases.api.urls import RESOURCES
from cases.models import FrozenPage, ReportedCount, SavedView
from tests.proof.stage import Stage

_IDS = "|".join(
    map(
        re.escape,
        [
            "<uuid:pk>",
            "(?P<pk>[^/.]+)",
            "<path:object_id>",
            "<str:figure>",
            "<str:view>",
            "<str:frozen>",
        ],
    )
)
OF_THE_DASHBOARDS = {
    "dashboards:figure": ReportedCount,
    "dashboards:view": SavedView,
    "dashboards:change_view": SavedView,
    "dashboards:snapshot": FrozenPage,
    "dashboards:discard_snapshot": FrozenPage,
}
_MODEL = {model._meta.model_name: model for model in apps.get_app_config("cases").get_models()}


@dataclass(frozen=True)
class Address:
    """One pattern: what kind of page it is, and of which model or collection."""

    name: str
    kind: str
    route: str
    model: Any = None
    collection: str = ""

    @property
    def has_row(self) -> bool:
        return self.model is not None and re.search(_IDS, self.route) is not None


def walk(
    resolver: URLResolver | None = None, prefix: str = "", space: str = ""
) -> Iterator[tuple[str, str]]:
    """Give name and route of every pattern."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from walk(entry, route, inner)
        else:
            assert isinstance(entry, URLPattern)
            yield f"{space}{entry.name or ''}", route


def of_the_admin(name: str, route: str) -> Address | None:
    found = re.fullmatch(
        r"admin:cases_([a-z]+)_(changelist|add|history|change|deed|page|content|shown)", name
    )
    return found and Address(name, f"admin-{found[2]}", route, _MODEL[found[1]])


def of_a_collection(name: str, route: str) -> Address | None:
    found = re.fullmatch(r"api:([a-z-]+)-(list|detail)", name)
    if found and found[1] in RESOURCES:
        collection = found[1]
        return Address(name, f"api-{found[2]}", route, RESOURCES[collection].model, collection)
    if found := re.fullmatch(r"api:([a-z-]+)-bulk", name):
        return Address(name, "api-bulk", route, None, found[1])
    for collection, resource in RESOURCES.items():
        if name.startswith(f"api:{collection}-"):
            return Address(name, "api-act", route, resource.model, collection)
    return None


def addresses() -> list[Address]:
    """Classify every pattern; what is none of the known kinds keeps its name as its kind."""
    found = []
    for name, route in walk():
        known = of_the_admin(name, route) or of_a_collection(name, route)
        found.append(known or Address(name, name, route, OF_THE_DASHBOARDS.get(name)))
    return found


def path_of(address: Address, stage: Stage, position: str) -> str:
    """Write an address that fits its pattern, about a row in a position."""
    key = stage.row(address.model, position) if address.model is not None else stage.random
    route = re.sub(_IDS, str(key), address.route)
    route = (
        route.replace("<uuid:session_id>", str(stage.random))
        .replace("<uuid:run_id>", str(stage.random))
        .replace("<uuid:offer_id>", str(stage.random))
        .replace("<uuid:job_id>", str(stage.random))
        .replace("<uuid:other>", str(stage.random))
        .replace("<slug:digest>", "a" * 64)
        .replace("<slug:chart>", "claims")
    )
    route = route.replace("<slug:name>", deed_of(address.model)).replace("(?P<url>.*)$", "nowhere")
    route = route.replace("(?P<app_label>cases|auth)", "cases").replace(".*", "nowhere/")
    return "/" + re.sub(r"\(\?P<[^>]+>[^)]*\)|\^|\$|\\Z", "", route)


def deed_of(model: Any) -> str:
    deeds = getattr(admin.site._registry.get(model), "deeds", ())
    return deeds[0].name if deeds else "nothing"
