"""Every field × role × surface: what a role does not read, no surface shows or asks of."""

from typing import Any

import pytest
from django.contrib import admin
from django.test import RequestFactory

from cases.access.gate import Actor, acting_as
from cases.access.sensitivity import IDENTIFYING, Sensitivity
from cases.api.urls import RESOURCES
from cases.models import User
from cases.vocabulary.organisations import Role
from tests.factories import UserFactory
from tests.proof.expected import CLEARANCE, above, reads
from tests.proof.stage import Onlooker, api_for, set_up

pytestmark = pytest.mark.django_db
ADMINS: dict[Any, Any] = {
    model: model_admin
    for model, model_admin in admin.site._registry.items()
    if model._meta.app_label == "cases"
}


def needs_of(model_admin: Any, item: Any) -> set[str]:
    """Name the fields that a column, filter or search reads."""
    first = item[0] if isinstance(item, tuple) else item
    if isinstance(first, str):
        return {path.lstrip("-").split("__")[0] for path in model_admin.needs.get(first, (first,))}
    return {need.split("__")[0] for need in getattr(first, "needs", ())}


def in_lists(model: Any, role: Role) -> Sensitivity:
    """Say up to which class a role reads in lists: what is protected of a person it does not."""
    is_of_person = model.SCOPE.person is not None
    return min(CLEARANCE[role], IDENTIFYING) if is_of_person else CLEARANCE[role]


@pytest.mark.parametrize("role", Role)
def test_the_api_gives_null_and_names_what_is_masked(role, transactional_marks):
    stage = set_up(Onlooker(role.value, role))
    assert stage.user is not None
    client = api_for(stage.user)
    seen = 0
    for name, resource in RESOURCES.items():
        if not reads(name, role):
            continue
        with transactional_marks():
            detail = client.get(f"/api/v1/{name}/{stage.row(resource.model, 'own')}/")
            rows = client.get(f"/api/v1/{name}/").json()["results"]
        most = in_lists(resource.model, role)
        shown = [(detail.json(), CLEARANCE[role])] if detail.status_code == 200 else []
        for data, limit in [*shown, *((row, most) for row in rows)]:
            hidden = above(resource.model, limit) & data.keys()
            assert set(data["masked"]) >= hidden, name
            assert {data[field] for field in data["masked"]} <= {None}, name
            seen += 1
    assert seen > 20


@pytest.mark.parametrize("role", Role)
def test_no_filter_of_the_api_asks_of_a_masked_field(role, transactional_marks):
    client = api_for(UserFactory(role=role))
    for name, resource in RESOURCES.items():
        if not reads(name, role):
            continue
        for parameter, narrowing in resource.filterset_class.base_filters.items():
            founded = narrowing.foundations(resource.model)
            if any(field in above(model, CLEARANCE[role]) for model, field in founded):
                answer = client.get(f"/api/v1/{name}/", {parameter: "a"})
                assert answer.status_code == 400, (name, parameter)
                assert answer.json()["errors"][0]["code"] == "masked"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PARTNER])
@pytest.mark.parametrize("model", ADMINS, ids=lambda model: model.__name__)
def test_the_admin_neither_shows_nor_asks_of_a_masked_field(role, model, user_of):
    user: User = user_of(role)
    model_admin: Any = ADMINS[model]
    request: Any = RequestFactory().get("/")
    request.user = user
    hidden, listed = above(model, CLEARANCE[role]), above(model, in_lists(model, role))
    with acting_as(Actor.of(user)):
        asked = [
            *model_admin.get_list_filter(request),
            *model_admin.get_search_fields(request),
            *model_admin.get_ordering(request),
        ]
        for column in model_admin.get_list_display(request):
            assert not needs_of(model_admin, column) & listed, column
        for item in asked:
            assert not needs_of(model_admin, item) & hidden, item
        layout = model_admin.get_fieldsets(request, model())
        rows = [row for _, options in layout for row in options["fields"]]
        names = {name for row in rows for name in ([row] if isinstance(row, str) else row)}
        assert not names & hidden
        for name in hidden:
            for look_up in (name, f"{name}__exact", f"{name}__startswith", f"{name}__isnull"):
                assert not model_admin.lookup_allowed(look_up, "a", request)
