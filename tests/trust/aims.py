"""Where the corpus is aimed: every parameter, field, form and header, from the declarations.

A new resource, filter, field or admin is an aim without anybody adding it here.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.test import Client
from rest_framework import serializers

from cases import models as m
from cases.api import figures, names
from cases.api.base import Resource
from cases.api.pagination import PARAMETERS
from cases.api.selection import SELECTING
from cases.api.urls import RESOURCES
from cases.models import Organisation
from cases.vocabulary.organisations import Role
from tests.admin.samples import (
    ADDABLE,
    ADMINISTERED,
    ADMINS,
    AMENDABLE,
    f,
    made,
    posted,
    url,
    wanted,
)
from tests.api.collections import ADDED, KEPT, address, body, make, reader, writer
from tests.trust import corpus
from tests.trust.shots import Shot, as_form, asking, encoded, with_fragment

RANDOM = "7d2f3a54-8b1e-4c55-9d0b-1f1f8f6c1a11"
FORM = "application/x-www-form-urlencoded"
FRAGMENTS = corpus.VALUES | {said: json.dumps(text) for said, text in corpus.TEXTS.items()}


@dataclass(frozen=True)
class Scene:
    """Who shoots: makers of clients of a role, and the organisation whose rows are there."""

    organisation: Organisation
    api: Callable[[str], Client]
    browser: Callable[[str], Client]


Aimed = tuple[Client, Iterator[Shot]]
AIMS: dict[str, Callable[[Scene], Aimed]] = {}


def aim(name: str) -> Callable[[Callable[[Scene], Aimed]], Callable[[Scene], Aimed]]:
    def keep(build: Callable[[Scene], Aimed]) -> Callable[[Scene], Aimed]:
        AIMS[name] = build
        return build

    return keep


# --- What all addresses have in common ---


def parameters(path: str, names: Iterable[str]) -> Iterator[Shot]:
    """Put every text into every parameter, and ask for what is not declared."""
    for name in names:
        for said, text in corpus.TEXTS.items():
            yield Shot(f"{name}: {said}", "GET", asking(path, name, text))
    for said, query in corpus.PARAMETERS.items():
        yield Shot(f"parameters: {said}", "GET", f"{path}?{query}")


def headers(method: str, path: str, content: bytes = b"") -> Iterator[Shot]:
    for said, given in corpus.HEADERS.items():
        yield Shot(f"header: {said}", method, path, content, headers=given)


def bodies(method: str, path: str, sent: dict[str, Any], version: str = "") -> Iterator[Shot]:
    """Put every fragment into every field, add keys that are none, send what is no body."""
    condition = {"If-Match": version} if version else {}
    for name in sent:
        for said, fragment in FRAGMENTS.items():
            content = with_fragment(sent, name, fragment)
            yield Shot(f"{name}: {said}", method, path, content, headers=condition)
    for key in corpus.KEYS:
        content = with_fragment(sent, key, "1")
        yield Shot(f"key {key[:20]!r}", method, path, content, headers=condition)
    for said, (content, kind) in corpus.BODIES.items():
        yield Shot(f"body: {said}", method, path, content, kind, condition)
    yield from headers(method, path, json.dumps(sent).encode())


# --- The API ---


def reading(name: str, resource: type[Resource]) -> Callable[[Scene], Aimed]:
    def build(scene: Scene) -> Aimed:
        row = make(name, scene.organisation)

        def shots() -> Iterator[Shot]:
            declared = (*PARAMETERS, *SELECTING, *resource.filterset_class.base_filters)
            yield from parameters(address(name), declared)
            yield from parameters(address(name, row.pk), SELECTING)
            yield from headers("GET", address(name))
            yield from headers("GET", address(name, row.pk))
            for said, text in corpus.TEXTS.items():
                yield Shot(f"id: {said}", "GET", address(name, encoded(text)))

        return scene.api(reader(name)), shots()

    return build


def adding(name: str, _resource: type[Resource]) -> Callable[[Scene], Aimed]:
    def build(scene: Scene) -> Aimed:
        sent = everything(name, body(name, scene.organisation))
        return scene.api(writer(name)), bodies("POST", address(name), sent)

    return build


def changing(name: str, _resource: type[Resource]) -> Callable[[Scene], Aimed]:
    def build(scene: Scene) -> Aimed:
        is_own = name == "organisations"
        row = scene.organisation if is_own else make(name, scene.organisation)
        serializer_class: Any = RESOURCES[name].serializer_class
        sent = dict.fromkeys(_writable(serializer_class()))

        def shots() -> Iterator[Shot]:
            path, version = address(name, row.pk), f'"{row.version}"'
            for field in sent:
                yield from bodies_of_one("PATCH", path, field, version)
            yield from bodies("PATCH", path, {}, version)
            yield from headers("PUT", path, b"{}")

        return scene.api(writer(name)), shots()

    return build


def bodies_of_one(method: str, path: str, name: str, version: str) -> Iterator[Shot]:
    """Change one field to every fragment, and nothing else."""
    for said, fragment in FRAGMENTS.items():
        content = with_fragment({}, name, fragment)
        yield Shot(f"{name}: {said}", method, path, content, headers={"If-Match": version})


def everything(name: str, sent: dict[str, Any]) -> dict[str, Any]:
    """Fill up a body with the fields that a factory leaves empty, as empty as they are allowed."""
    resource = RESOURCES[name]
    serializer_class: Any = resource.create_serializer_class or resource.serializer_class
    return dict.fromkeys(_writable(serializer_class()), "") | sent


def _writable(serializer: serializers.Serializer) -> list[str]:
    return [name for name, field in serializer.fields.items() if not field.read_only]


def acting(name: str, act: Any) -> Callable[[Scene], Aimed]:
    def build(scene: Scene) -> Aimed:
        row = make(name, scene.organisation)
        takes = act.kwargs.get("takes")
        sent = dict.fromkeys(_writable(takes()) if takes else [], "")
        path = address(name, row.pk, act.url_path)
        method = next(iter(act.mapping)).upper()

        def shots() -> Iterator[Shot]:
            if method == "GET":
                yield from parameters(path, [])
                yield from headers("GET", path)
                return
            yield from bodies(method, path, sent)
            for field in sent:
                for said, fragment in FRAGMENTS.items():
                    yield Shot(f"{field}: {said}", method, path, with_fragment({}, field, fragment))

        return scene.api(Role.SUPERVISOR), shots()

    return build


def bulk(name: str, act: Any) -> Callable[[Scene], Aimed]:
    def build(scene: Scene) -> Aimed:
        row = {"id": str(make(name, scene.organisation).pk), "version": 1}

        def shots() -> Iterator[Shot]:
            for method in map(str.upper, act.mapping):
                for mode in ("each", "whole"):
                    sent = {"mode": mode, "rows": [row]}
                    yield from bodies(method, address(name, "bulk"), sent)

        return scene.api(writer(name)), shots()

    return build


for _name, _resource in RESOURCES.items():
    AIMS[f"read {_name}"] = reading(_name, _resource)
    _acts: list[Any] = _resource.get_extra_actions()
    for _act in _acts:
        if not _act.detail:
            AIMS[f"bulk {_name}"] = bulk(_name, _act)
            continue
        AIMS[f"act {_name} {_act.url_path}"] = acting(_name, _act)
for _name in ADDED:
    AIMS[f"add {_name}"] = adding(_name, RESOURCES[_name])
for _name in KEPT:
    AIMS[f"change {_name}"] = changing(_name, RESOURCES[_name])


FIGURES: dict[str, tuple[type[figures.FigureView], dict[str, str]]] = {
    "outstanding/": (figures.OutstandingView, {"population": "{population}"}),
    "outstanding/bridge/": (
        figures.BridgeView,
        {"population": "{population}", "from": "2024-01-01", "to": "2025-01-01"},
    ),
    "outstanding/sum/": (figures.SumView, {}),
    "individuals/matches/": (names.MatchesView, {"q": "Hinstein"}),
    "reconciliation/": (figures.ReconciliationView, {"batch": "{batch}"}),
}


def figuring(path: str, view: type[figures.FigureView], usual: dict[str, str]) -> Any:
    def build(scene: Scene) -> Aimed:
        ids = {
            "population": make("populations", scene.organisation).pk,
            "batch": make("repatriation-batches", scene.organisation).pk,
        }
        given = {name: text.format_map(ids) for name, text in usual.items()}

        def shots() -> Iterator[Shot]:
            yield from parameters(f"/api/v1/{path}", view.parameters)
            for name in view.parameters:
                for said, text in corpus.TEXTS.items():
                    query = as_form(given | {name: text}).decode()
                    yield Shot(f"{name}: {said}", "GET", f"/api/v1/{path}?{query}")

        return scene.api(Role.CASEWORKER), shots()

    return build


for _path, (_view, _usual) in FIGURES.items():
    AIMS[f"figure {_path}"] = figuring(_path, _view, _usual)


@aim("schema and docs")
def documentation(scene: Scene) -> Aimed:
    def shots() -> Iterator[Shot]:
        for path in ("/api/v1/schema/", "/api/v1/docs/", "/api/v1/nowhere/"):
            yield from parameters(path, ["format", "lang"])
            yield from headers("GET", path)

    return scene.api(Role.CASEWORKER), shots()


# --- The dashboards ---


@aim("dashboards")
def dashboards(scene: Scene) -> Aimed:
    def shots() -> Iterator[Shot]:
        yield from parameters("/dashboard/", [])
        yield from parameters("/dashboard/outstanding/", ["population", "valid_at", "known_at"])
        yield from parameters("/dashboard/discrepancies/", ["state"])
        yield from parameters("/dashboard/methodology/", [])
        for said, text in corpus.TEXTS.items():
            yield Shot(f"figure: {said}", "GET", f"/dashboard/figures/{encoded(text)}/")
        yield from headers("GET", "/dashboard/outstanding/")

    return scene.browser(Role.MANAGER), shots()


# --- The admin ---

LIST_PARAMETERS = (
    "q",
    "p",
    "o",
    "e",
    "all",
    "_facets",
    "_popup",
    "_to_field",
    "_changelist_filters",
)


def role_for(model: type) -> Role:
    return Role.ADMINISTRATOR if model in ADMINISTERED else Role.SUPERVISOR


def listing(model: type, model_admin: Any) -> Callable[[Scene], Aimed]:
    def build(scene: Scene) -> Aimed:
        made(model)
        path = url(model)

        def shots() -> Iterator[Shot]:
            yield from parameters(path, [*LIST_PARAMETERS, *_filters(model_admin)])
            for said, text in corpus.TEXTS.items():
                yield Shot(f"id: {said}", "GET", url(model, "change", encoded(text)))

        reader = Role.AUDITOR if model is m.AuditEntry else role_for(model)
        return scene.browser(reader), shots()

    return build


def _asked_by(given: Any) -> list[str]:
    """Name the parameters that a declared filter answers."""
    one = given if isinstance(given, str) else getattr(given, "parameter_name", None)
    return [one] if one else list(given.names)


def _filters(model_admin: Any) -> list[str]:
    """Name what a list is narrowed by, and some that it must not be narrowed by."""
    declared = [one[0] if isinstance(one, tuple) else one for one in model_admin.list_filter]
    named = [name for given in declared for name in _asked_by(given)]
    linked = [f"{name}__id__exact" for name in model_admin.linked]
    return [*named, *[f"{name}__exact" for name in named], *linked, "id__in", "pk__startswith"]


def form(kind: str, model: type) -> Callable[[Scene], Aimed]:
    """Shoot at an add or a change form.

    Every shot fills all fields with inputs, each field with another, so that all meet all in as
    many shots as there are inputs; the API has met each by itself.
    """

    def build(scene: Scene) -> Aimed:
        client = scene.browser(role_for(model))
        is_own = model is m.Organisation and kind == "change"
        row = scene.organisation if is_own else made(model)
        path = url(model, kind, row.pk)
        page = client.get(path).context["adminform"].form
        usual = wanted(row, page) if kind == "add" else posted(page)
        names = [name for name in page.fields if name != "version"]

        def shots() -> Iterator[Shot]:
            texts = list(corpus.TEXTS.items())
            for turn, (said, _text) in enumerate(texts):
                rotated = texts[turn:] + texts[:turn]
                worst = {name: text for name, (_, text) in zip(names, rotated, strict=False)}
                yield Shot(f"{said} and on", "POST", path, as_form(usual | worst), FORM)
            for name in (*names, "version", "_popup", "_continue", "csrfmiddlewaretoken"):
                for said, text in texts[:: 1 if name == "version" else 5]:
                    content = as_form(usual | {name: text})
                    yield Shot(f"{name}: {said}", "POST", path, content, FORM)

        return client, shots()

    return build


def deed(model: type, what: Any) -> Callable[[Scene], Aimed]:
    """Shoot at the form of an act, each field by itself."""

    def build(scene: Scene) -> Aimed:
        row = made(model)
        path = f"{url(model, 'page', row.pk)}do/{what.name}/"
        client = scene.browser(role_for(model))
        context = client.get(path).context
        names = list(context["form"].fields) if context and "form" in context else []

        def shots() -> Iterator[Shot]:
            for name in names or ["reason"]:
                for said, text in corpus.TEXTS.items():
                    yield Shot(f"{name}: {said}", "POST", path, as_form({name: text}), FORM)
            yield from parameters(path, names)

        return client, shots()

    return build


for _model, _admin in ADMINS.items():
    AIMS[f"admin list {_model.__name__}"] = listing(_model, _admin)
    for _deed in getattr(_admin, "deeds", ()):
        AIMS[f"admin deed {_model.__name__} {_deed.name}"] = deed(_model, _deed)
for _model in ADDABLE:
    AIMS[f"admin add {_model.__name__}"] = form("add", _model)
for _model in AMENDABLE:
    AIMS[f"admin change {_model.__name__}"] = form("change", _model)


@aim("admin search, choices and sign-in")
def elsewhere(scene: Scene) -> Aimed:
    f.IndividualFactory(organisation=scene.organisation)
    chooser = {"app_label": "cases", "model_name": "note", "field_name": "individual", "term": "a"}

    def shots() -> Iterator[Shot]:
        yield from parameters("/admin/", ["find", "next"])
        yield from parameters("/admin/find/", ["find"])
        for name in (*chooser, "page", "q"):
            for said, text in corpus.TEXTS.items():
                query = as_form(chooser | {name: text}).decode()
                yield Shot(f"{name}: {said}", "GET", f"/admin/autocomplete/?{query}")
        for said, text in corpus.TEXTS.items():
            yield Shot(f"path: {said}", "GET", f"/admin/{encoded(text)}/")
        yield from headers("GET", "/admin/")

    return scene.browser(Role.SUPERVISOR), shots()


@aim("the door")
def door(_scene: Scene) -> Aimed:
    """Shoot as nobody."""

    def shots() -> Iterator[Shot]:
        yield from parameters("/admin/login/", ["next"])
        for said, text in corpus.TEXTS.items():
            for name in ("username", "password", "next"):
                sent = {"username": "a@example.org", "password": "x", name: text}
                yield Shot(f"{name}: {said}", "POST", "/admin/login/", as_form(sent), FORM)
        for path in ("/admin/login/", "/api/v1/individuals/", "/health/ready/", "/health/live/"):
            yield from headers("GET", path)

    return Client(), shots()
