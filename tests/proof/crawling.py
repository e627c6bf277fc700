"""Somebody who tries every door: all addresses, all that an answer leads to, and foreign ids."""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.contrib import admin

from cases.api.base import AddResource, KeepResource
from cases.api.selection import expandable, listed_by
from cases.api.urls import RESOURCES
from tests.proof.addresses import addresses, path_of
from tests.proof.stage import POSITIONS, SONG, Stage, api_for, browser_for

MOST = 4000
"""A crawl that goes on for longer has met addresses without end."""
_ADDRESS = re.compile(
    r"""["'](?:http://testserver)?(/(?:api|admin|dashboard|health)/[^"'\s#<>]*)"""
)
_SEALED = re.compile(r"(?<=\"sequence\":\")[\w-]{40,}|(?<=\"next\":\")[\w-]{40,}(?=\",\"has_more)")
"""Positions of the feed: what stands in them is sealed, and differs with what all have done."""
_SKIPPED = ("/admin/logout/", "/admin/jsi18n/", "/api/v1/schema/")


@dataclass(frozen=True)
class Answer:
    """What came back, with the question."""

    asked: str
    status: int
    said: str


class Crawler:
    """Somebody with a browser and a token, on a stage."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.api, self.browser = api_for(stage.user), browser_for(stage.user)

    def ask(self, path: str, method: str = "get", data: Any = None, **options: Any) -> Answer:
        client: Any = self.api if path.startswith("/api/") else self.browser
        answer = getattr(client, method)(path, data or {}, **options)
        content = answer.content if not answer.streaming else b"".join(answer)
        headers = "".join(f"{name}: {value}\n" for name, value in answer.items())
        said = _SEALED.sub("sealed", headers + content.decode("utf-8", "replace"))
        return Answer(f"{method} {path}", answer.status_code, said)

    def crawl(self, starts: Iterable[str]) -> Iterator[Answer]:
        """Get each address, and those that its answer names, until there are no more."""
        waiting, known = deque(starts), set()
        while waiting:
            path = waiting.popleft()
            shape = _shape(path)
            if shape in known or path.startswith(_SKIPPED):
                continue
            known.add(shape)
            assert len(known) < MOST, "A crawl without end."
            answer = self.ask(path)
            yield answer
            waiting.extend(unescape(found) for found in _ADDRESS.findall(answer.said))

    def everything(self) -> Iterator[Answer]:
        yield from self.crawl(starts(self.stage))
        for path in searches(self.stage):
            yield self.ask(path)
        for method, path, data, options in forgeries(self.stage):
            yield self.ask(path, method, data, **options)


def _shape(path: str) -> tuple[str, tuple[str, ...]]:
    """Take one combination of parameters for all of their values."""
    parts = urlsplit(path)
    return parts.path, tuple(sorted(name for name, _value in parse_qsl(parts.query)))


def starts(stage: Stage) -> Iterator[str]:
    """Give every address about every row there is, ours or not."""
    for address in addresses():
        for position in POSITIONS[:3] if address.has_row else POSITIONS[:1]:
            yield path_of(address, stage, position)


def _foreign(stage: Stage, model: Any) -> str:
    return str(stage.row(model, "foreign"))


def searches(stage: Stage) -> Iterator[str]:
    """Ask for the canaries by how they begin, and for rows by ids that are not ours."""
    yield f"/admin/find/?find={SONG}"
    yield from expansions(stage)
    for name, resource in RESOURCES.items():
        for parameter, narrowing in resource.filterset_class.base_filters.items():
            linked = getattr(narrowing, "to", None)
            value = _foreign(stage, linked) if linked else SONG
            yield f"/api/v1/{name}/?{parameter}={value}"
    for model in _in_the_admin():
        place = f"/admin/cases/{model._meta.model_name}/"
        yield f"{place}?q={SONG}"
        yield f"{place}add/?{urlencode(forged(stage, model))}"
        for column in model._meta.concrete_fields:
            linked = column.related_model
            value = _foreign(stage, linked) if linked else SONG
            look_up = f"{column.name}__id__exact" if linked else f"{column.name}__startswith"
            yield f"{place}?{look_up}={value}"
            if linked:
                yield (
                    f"/admin/autocomplete/?app_label=cases&model_name={model._meta.model_name}"
                    f"&field_name={column.name}&term={SONG}"
                )


def expansions(stage: Stage) -> Iterator[str]:
    """Ask for all that links lead to, from rows of ours and of others."""
    for name, resource in RESOURCES.items():
        links = ",".join(sorted(expandable(listed_by(resource)())))
        if links:
            yield f"/api/v1/{name}/?expand={links}"
            for position in POSITIONS[:3]:
                key = stage.row(resource.model, position)
                yield f"/api/v1/{name}/{key}/?expand={links}"


def _in_the_admin() -> list[Any]:
    return [model for model in admin.site._registry if model._meta.app_label == "cases"]


Forgery = tuple[str, str, dict[str, Any], dict[str, Any]]


def forgeries(stage: Stage) -> Iterator[Forgery]:
    """Write with ids of rows that are not ours: what a refusal says of them is the question."""
    tag = {"headers": {"If-Match": '"1"'}}
    for name, resource in RESOURCES.items():
        body = forged(stage, resource.model)
        if issubclass(resource, AddResource):
            yield "post", f"/api/v1/{name}/", body, {}
            yield "post", f"/api/v1/{name}/bulk/", {"mode": "each", "rows": [body]}, {}
        if issubclass(resource, KeepResource):
            keys = [str(stage.row(resource.model, position)) for position in ("own", "foreign")]
            many = [{**body, "id": key, "version": 1} for key in keys]
            yield "patch", f"/api/v1/{name}/bulk/", {"mode": "each", "rows": many}, {}
            for position in ("own", "foreign"):
                row = stage.row(resource.model, position)
                yield "patch", f"/api/v1/{name}/{row}/", body, tag
    for address in addresses():
        model = address.model
        if address.kind in {"api-act", "admin-add", "admin-change", "admin-deed"}:
            for position in POSITIONS[:3] if address.has_row else POSITIONS[:1]:
                yield "post", path_of(address, stage, position), forged(stage, model), {}


def forged(stage: Stage, model: Any) -> dict[str, Any]:
    """Fill each column with the id of a foreign row, or with a word."""
    columns = model._meta.concrete_fields
    return {
        column.name: _foreign(stage, column.related_model) if column.related_model else SONG
        for column in columns
        if column.editable
    }
