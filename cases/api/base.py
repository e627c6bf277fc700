"""What every collection has in common: the gate, pages, versions, and one transaction a write."""

from collections.abc import Callable, Collection
from functools import partial
from http import HTTPStatus
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponseBase
from rest_framework import serializers, viewsets
from rest_framework.exceptions import MethodNotAllowed, ParseError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from cases.access.gate import current_actor
from cases.actions import attempts, reads
from cases.actions.idempotency import settle
from cases.api import answers, idempotency, preferences, registry
from cases.api.bulk import ADDING, UNREADABLE, ManyAdded, ManyKept
from cases.api.declared import Declared
from cases.api.files import ListFiles
from cases.api.formats import FORMAT
from cases.api.pagination import PARAMETERS
from cases.api.preconditions import etag, expected_version, required_version
from cases.api.records import Strict, ahead, name_of
from cases.api.selection import SELECTING, WHOLE, Selection, asked
from cases.filters import values
from cases.filters.base import GatedFilters
from cases.models import IdempotencyKey
from cases.models.base import Versioned
from cases.models.gate import Gated

_NOTHING_TO_MATCH = "If-Match is for a row that exists. Leave it out where you add one."

Write = Callable[..., Any]


class Resource(ListFiles, Declared, viewsets.GenericViewSet[Any]):
    """A collection that is read: list and detail."""

    http_method_names = ["get", "head", "options", "post", "put", "patch"]  # noqa: RUF012 - DRF's
    model: ClassVar[type[Gated]]
    moment: ClassVar[str] = "updated_at"
    filterset_class: type[GatedFilters]
    list_serializer_class: type[serializers.BaseSerializer[Any]] | None = None
    create_serializer_class: type[serializers.BaseSerializer[Any]] | None = None
    refused: ClassVar[dict[str, str]] = {}
    """Why a method is not there."""
    selection: Selection = WHOLE
    tells_once: ClassVar[bool] = False
    """Whether the answer to a write tells what none after it does: it is then given in full."""

    # What a sub-resource takes, and the collection it answers with a row of.
    takes: type[Strict] = Strict
    answers: "type[Resource] | None" = None

    @classmethod
    def nested(cls) -> list[Any]:
        """Name the rows to read ahead, besides the links that every model's own fields are."""
        return []

    @classmethod
    def rows(cls, hidden: Collection[str] = (), selection: Selection = WHOLE) -> QuerySet[Any]:
        """Give the rows with what is read ahead; a link that is hidden would be read row by row."""
        nested = cls.nested()
        if selection.expanded:
            assert cls.serializer_class is not None  # noqa: S101 - every resource declares one
            nested = selection.ahead(cls.serializer_class(), nested)
        links = [one for one in ahead(cls.model, *nested) if name_of(one) not in hidden]
        return cls.model.objects.prefetch_related(*links)

    def get_queryset(self) -> QuerySet[Any]:
        if self.action != "list":
            return self.rows(selection=self.selection)
        hidden = self.model.masked_in_lists()
        return self.rows(hidden, self.selection).defer(*hidden)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if any(name in request.query_params for name in SELECTING):
            serializer: Any = super().get_serializer()
            is_file = self.file_format is not None
            self.selection = asked(request.query_params, serializer, is_file=is_file)

    def declared_parameters(self) -> tuple[str, ...]:
        if self.action == "list":
            return (FORMAT, *SELECTING, *PARAMETERS, *self.filterset_class.base_filters)
        return (*SELECTING, *self.parameters) if self.action == "retrieve" else self.parameters

    def get_serializer_class(self) -> type[serializers.BaseSerializer[Any]]:
        chosen = {
            "list": self.list_serializer_class,
            **dict.fromkeys(ADDING, self.create_serializer_class),
        }
        return chosen.get(self.action or "") or super().get_serializer_class()

    def get_serializer(self, *args: Any, **kwargs: Any) -> Any:
        made = super().get_serializer(*args, **kwargs)
        if self.selection.is_whole:
            return made
        further = (self.moment, "version") if self.file_format is None else ()
        return self.selection.applied(made, *further)

    def list(self, request: Request) -> HttpResponseBase:
        if self.file_format is not None:
            return self.list_file()
        if answers.can_answer(type(self), self.selection):
            return answers.page(self, request)
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        response = self.get_paginated_response(self.get_serializer(page, many=True).data)
        response.data["results"] = [self.selection.trimmed(row) for row in response.data["results"]]
        return response

    def retrieve(self, request: Request, pk: str) -> HttpResponseBase:
        if answers.can_answer(type(self), self.selection) and not reads.is_noted(self.model):
            return answers.row(self, request, pk)
        row = self.found(self.get_queryset(), pk)
        attempts.repeated(partial(reads.note, row, by=current_actor()))
        shown = self.selection.trimmed(self.get_serializer(row).data)
        version = row.version if isinstance(row, Versioned) else None
        return answers.told(request, JSONRenderer().render(shown), version)

    def found(self, rows: QuerySet[Any], key: str) -> Any:
        """Find one row; an unseen one, a random id and no id at all are the same."""
        try:
            return rows.get(pk=values.key(key))
        except (rows.model.DoesNotExist, ValidationError):
            raise Http404 from None

    def shown(self, resource: "type[Resource]", row: Any, status: int = 200) -> Response:
        serializer_class = resource.serializer_class
        assert serializer_class is not None  # noqa: S101 - every resource declares one
        data = serializer_class(row, context=self.get_serializer_context()).data
        headers = {"ETag": etag(row.version)} if isinstance(row, Versioned) else {}
        return Response(data, status=status, headers=headers)

    def rendered(self, resource: "type[Resource]", row: Any, status: int) -> Response:
        """Show a row to the last byte: what cannot be rendered has not been written."""
        response = self.shown(resource, row, status)
        if status == HTTPStatus.CREATED:
            response["Location"] = registry.address_of(resource, row, self.request)
        self.finalize_response(self.request, response)
        response.render()
        is_short = preferences.is_minimal(self.request) and not resource.tells_once
        return preferences.minimal(response) if is_short else response

    def http_method_not_allowed(self, request: Any, *_args: Any, **_kwargs: Any) -> Any:
        method = request.method or ""
        raise MethodNotAllowed(method, detail=self.refused.get(method))

    def written(self, write: Write, status: int, resource: "type[Resource]") -> Response:
        """Carry out a write and render its answer in one transaction.

        Under a key that came before nothing is written: the row of then is shown as it is now,
        to whoever may still read it.
        """
        asked = idempotency.asked(self.request)

        def once() -> Response:
            with transaction.atomic():
                claim = asked.claim() if asked else None
                if claim is not None and claim.is_settled:
                    return self._replayed(claim, resource)
                key = write().pk  # before the rows are asked for: an act may open more of them
                row = resource.rows().filter(pk=key).first()
                if row is None:
                    raise PermissionDenied(UNREADABLE)
                if claim is not None:
                    settle(claim, result=row, status=status)
                if status != HTTPStatus.CREATED:  # who adds a row has read no more than they wrote
                    reads.note(row, by=current_actor())
                return self.rendered(resource, row, status)

        return attempts.repeated(once)

    def _replayed(self, claim: IdempotencyKey, resource: "type[Resource]") -> Response:
        row = self.found(resource.rows(), str(claim.result_id))
        reads.note(row, by=current_actor())
        response = self.rendered(resource, row, claim.status or 200)
        response[idempotency.REPLAYED_HEADER] = "true"
        return response

    def acted(self, request: Request, pk: str, write: Write, status: int = 200) -> Response:
        """Carry out an act on the row of this address, by what the body says."""
        # Read before a transaction begins: a slow sender must hold no lock.
        data, version = request.data, expected_version(request)

        def once() -> Any:
            record = self.found(self.model.objects.all(), pk)
            taken = self.takes(data=data, context=self.get_serializer_context())
            taken.is_valid(raise_exception=True)
            return write(record, by=current_actor(), version=version, **taken.validated_data)

        return self.written(once, status, self.answers or type(self))


class AddResource(ManyAdded, Resource):
    """A collection to which rows are added."""

    add: ClassVar[Write]

    def create(self, request: Request) -> Response:
        data = request.data
        if expected_version(request) is not None:
            raise ParseError(_NOTHING_TO_MATCH)

        def once() -> Any:
            serializer = self.get_serializer(data=data)
            serializer.is_valid(raise_exception=True)
            return self.add(by=current_actor(), **serializer.validated_data)

        return self.written(once, 201, type(self))


class KeepResource(ManyKept, AddResource):
    """A collection whose rows are changed too."""

    amend: ClassVar[Write]

    def update(self, request: Request, pk: str) -> Response:
        return self._amended(request, pk, is_partial=False)

    def partial_update(self, request: Request, pk: str) -> Response:
        return self._amended(request, pk, is_partial=True)

    def _amended(self, request: Request, pk: str, *, is_partial: bool) -> Response:
        data = request.data

        def once() -> Any:
            record = self.found(self.model.objects.all(), pk)
            version = required_version(request)
            serializer = self.get_serializer(record, data=data, partial=is_partial)
            serializer.is_valid(raise_exception=True)
            return self.amend(
                record, by=current_actor(), version=version, **serializer.validated_data
            )

        return self.written(once, 200, type(self))
