"""The same views by django-ninja."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.urls import path
from ninja import FilterSchema, ModelSchema, NinjaAPI, Query, Schema
from ninja.pagination import PageNumberPagination, paginate
from ninja.security import HttpBearer

from tests.peers import stock
from tests.peers.models import Event, Person, PersonName, new_person


class ByToken(HttpBearer):
    def authenticate(self, request: Any, token: str) -> Any:  # noqa: ARG002 - its interface
        return stock.holder(token)


class NameOut(ModelSchema):
    class Meta:
        model = PersonName
        fields = ("id", "text", "part", "language_tag", "kind")


class PersonOut(ModelSchema):
    names: list[NameOut]

    class Meta:
        model = Person
        fields = "__all__"


class EventOut(ModelSchema):
    class Meta:
        model = Event
        fields = "__all__"


class NewName(Schema):
    text: str
    part: str = "full"
    language_tag: str
    kind: str = "official"


class NewPerson(Schema):
    organisation_id: UUID
    case_number: str
    sex: str = "unknown"
    names: list[NewName]


class Wanted(FilterSchema):
    organisation_id: UUID | None = None
    return_status: str | None = None
    work_status: str | None = None
    sex: str | None = None


api = NinjaAPI(auth=ByToken(), docs_url=None)
_PAGES = PageNumberPagination
_PEOPLE = Person.objects.prefetch_related("names").order_by("-updated_at", "id")


@api.get("/people/", response=list[PersonOut])
@paginate(_PAGES, page_size=50)
def people(request: Any, wanted: Query[Wanted]) -> Any:
    return wanted.filter(_PEOPLE.select_related("recorded_by", "assigned_to"))


@api.get("/people/{uuid:pk}/", response=PersonOut)
def person(request: Any, pk: UUID) -> Any:
    return get_object_or_404(_PEOPLE, pk=pk)


@api.get("/events/", response=list[EventOut])
@paginate(_PAGES, page_size=50)
def events(request: Any, individual: UUID) -> Any:
    return Event.objects.filter(individual=individual).order_by("-updated_at", "id")


@api.post("/people/", response={201: PersonOut})
@transaction.atomic
def create(request: Any, new: NewPerson) -> Any:
    given = new.dict(exclude={"names"})
    return 201, new_person(request.auth, given, [name.dict() for name in new.names])


urlpatterns = [path("", api.urls)]
