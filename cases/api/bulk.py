"""Many rows in one request: each written by the act that writes one, all in one transaction."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, ClassVar
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ParseError
from rest_framework.request import Request
from rest_framework.response import Response

from cases.access.gate import current_actor
from cases.actions import attempts, recording
from cases.actions.idempotency import settle_many
from cases.api import idempotency, preferences
from cases.api.attempts import note
from cases.api.errors import Refusal, RowsRefused, refusal_of
from cases.api.fields import LinkField, TermField
from cases.api.preconditions import expected_version
from cases.api.records import Strict
from cases.api.selection import listed_by
from cases.filters import values
from cases.models import IdempotencyKey
from cases.models.base import Versioned
from cases.models.gate import Gated
from cases.vocabulary.imports import ImportMode

MOST_ROWS = 500
ADDING = frozenset({"create", "bulk_add"})
"""What adds rows."""
_ID, _VERSION = "id", "version"
_NONE = "Send at least one row."
_TOO_MANY = "At most {most} rows at once; these are {number}. Send them in parts."
_NO_OBJECT = "Send each row as an object."
_TWICE = "This row is named twice. Send its changes together."
_NO_VERSION = "Send the version of the row as you read it, so that nobody's change is lost."
_NO_HEADER = "If-Match is for one row. Here each row has its “version”."
UNREADABLE = "You may not record what you could not read afterwards."
_REFUSED_THEN = "This row was refused when it was first sent. Send it again by itself."

Row = Mapping[str, Any]
Write = Callable[[Row], Any]


class ManySerializer(Strict):
    """What many rows are sent as."""

    mode = TermField(
        terms=ImportMode,
        default=ImportMode.WHOLE,
        help_text="`whole`: one bad row, and nothing is written. `each`: good rows are written.",
    )
    rows = serializers.ListField(child=serializers.JSONField())

    def validate_rows(self, rows: list[Any]) -> list[Any]:
        if not rows:
            raise serializers.ValidationError(_NONE, code="required")
        if len(rows) > MOST_ROWS:
            message = _TOO_MANY.format(most=MOST_ROWS, number=len(rows))
            raise serializers.ValidationError(message, code="too_many")
        return rows


@dataclass(frozen=True)
class _Outcome:
    """What became of one row: its id, or why it is refused."""

    status: int
    key: UUID | None = None
    refusal: Refusal | None = None


class ManyAdded:
    """Adds many rows to a collection."""

    model: ClassVar[type[Gated]]
    tells_once: ClassVar[bool]
    request: Any
    get_serializer: Any
    get_serializer_context: Any
    rows: ClassVar[Any]
    add: ClassVar[Any]
    found: Any
    finalize_response: Any

    @action(detail=False, methods=["post"], url_path="bulk", url_name="bulk")
    def bulk_add(self, request: Request) -> Response:
        """Add up to 500 rows, each as it would be added alone."""
        return self._many(request, self._added, int(HTTPStatus.CREATED))

    def _added(self, row: Row) -> Any:
        serializer = self.get_serializer(data=row)
        serializer.is_valid(raise_exception=True)
        return self.add(by=current_actor(), **serializer.validated_data)

    def _many(self, request: Request, write: Write, status: int) -> Response:
        """Write the rows in one transaction; in the mode `each` without those refused."""
        if expected_version(request) is not None:
            raise ParseError(_NO_HEADER)
        taken = ManySerializer(data=request.data, context=self.get_serializer_context())
        taken.is_valid(raise_exception=True)
        rows, is_whole = taken.validated_data["rows"], taken.validated_data["mode"] == "whole"
        asked = idempotency.asked(request, "POST", "PATCH")
        answered = status if is_whole else int(HTTPStatus.MULTI_STATUS)
        refused: list[_Outcome] = []

        def once() -> Response:
            with transaction.atomic():
                claim = asked.claim() if asked else None
                if claim is not None and claim.is_settled:
                    return self._replayed_many(claim)
                outcomes = self._written(rows, write, status)
                refused[:] = [one for one in outcomes if one.refusal is not None]
                if refused and (is_whole or len(refused) == len(rows)):
                    raise RowsRefused(_numbered(outcomes))
                if claim is not None:
                    told = [(one.status, one.key) for one in outcomes]
                    settle_many(claim, results=told, status=answered)
                return self._told(outcomes, answered)

        response = attempts.repeated(once)
        for one in refused:
            assert one.refusal is not None  # noqa: S101 - chosen so
            note(one.status, one.refusal.faults, {"view": self, "request": request})
        return response

    def _written(self, rows: Sequence[Any], write: Write, status: int) -> list[_Outcome]:
        """Write each row in its turn: changes by id, so that no two requests wait in a circle."""
        self._hold(row for row in rows if isinstance(row, Mapping))
        places = list(range(len(rows)))
        seen: set[str] = set()
        if status == HTTPStatus.OK:
            places.sort(key=lambda place: (_key_in(rows[place]), place))
        outcomes: dict[int, _Outcome] = {}
        for place in places:
            key = _key_in(rows[place]) if status == HTTPStatus.OK else ""
            outcomes[place] = self._attempt(rows[place], write, status, is_again=key in seen)
            seen.update({key} - {""})
        return [outcomes[place] for place in range(len(rows))]

    def _attempt(self, row: Any, write: Write, status: int, *, is_again: bool) -> _Outcome:
        try:
            with transaction.atomic():
                return _Outcome(status, self._written_one(row, write, is_again=is_again))
        except Exception as fault:
            refusal = refusal_of(fault, has_condition=True)
            if refusal is None or refusal.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                raise
            return _Outcome(refusal.status, refusal=refusal)

    def _written_one(self, row: Any, write: Write, *, is_again: bool) -> UUID:
        if not isinstance(row, Mapping):
            raise ValidationError(_NO_OBJECT, code="invalid")
        if is_again:
            raise ValidationError({_ID: ValidationError(_TWICE, code="repeated")})
        key: UUID = write(row).pk
        if not self.model.objects.filter(pk=key).exists():
            raise PermissionDenied(UNREADABLE)
        return key

    def _hold(self, rows: Iterable[Row]) -> None:
        """Lock what the rows are about and lead to, model by model, before anything is written."""
        named: dict[type[Versioned], set[UUID]] = {}
        fields = self.get_serializer().fields
        links: dict[str, Any] = {
            name: field.to for name, field in fields.items() if isinstance(field, LinkField)
        }
        if issubclass(self.model, Versioned):
            links[_ID] = self.model
        for row in rows:
            for name in links.keys() & row.keys():
                key = _uuid(row[name])
                model = links[name]
                if key is not None and issubclass(model, Versioned):
                    named.setdefault(model, set()).add(key)
        for model in sorted(named, key=lambda one: one._meta.label):
            seen = model.objects.filter(pk__in=named[model]).values_list("pk", flat=True)
            recording.hold(model, *seen)

    def _told(self, outcomes: Sequence[_Outcome], status: int) -> Response:
        """Say what became of each row, and show those written as their list does."""
        is_short = preferences.is_minimal(self.request) and not self.tells_once
        keys = [one.key for one in outcomes if one.key is not None]
        shown = self._versions(keys) if is_short else self._shown(keys)
        results = []
        for number, one in enumerate(outcomes, 1):
            row = shown.get(one.key)
            result: dict[str, Any] = {"number": number, "status": one.status}
            result["id"] = one.key and str(one.key)
            result["version"] = None if row is None else row.get(_VERSION)
            if not is_short:
                result["row"] = row
            result["problem"] = one.refusal and one.refusal.body
            results.append(result)
        response = Response({"results": results}, status=status)
        if is_short:
            response[preferences.APPLIED_HEADER] = preferences.MINIMAL
        self.finalize_response(self.request, response)
        response.render()
        return response

    def _shown(self, keys: Sequence[UUID]) -> dict[Any, Any]:
        context = {**self.get_serializer_context(), "as_listed": True}
        hidden = self.model.masked_in_lists()
        rows = self.rows(hidden).defer(*hidden).filter(pk__in=keys)
        return {row.pk: listed_by(type(self))(row, context=context).data for row in rows}

    def _versions(self, keys: Sequence[UUID]) -> dict[Any, Any]:
        rows: Any = self.model.objects.filter(pk__in=keys)
        return {row.pk: {_VERSION: row.version} for row in rows.only("pk", _VERSION)}

    def _replayed_many(self, claim: IdempotencyKey) -> Response:
        """Tell of the same rows as they are now, of those that may still be read."""
        outcomes = [
            _Outcome(status, key) if key else _Outcome(status, refusal=_of_then(status))
            for status, key in claim.outcomes()
        ]
        response = self._told(outcomes, claim.status or int(HTTPStatus.OK))
        response[idempotency.REPLAYED_HEADER] = "true"
        return response


class ManyKept(ManyAdded):
    """Changes many rows of a collection, too."""

    amend: ClassVar[Any]

    @action(detail=False, methods=["post"], url_path="bulk", url_name="bulk")
    def bulk_add(self, request: Request) -> Response:  # type: ignore[override]
        """Add up to 500 rows, each as it would be added alone."""
        return self._many(request, self._added, int(HTTPStatus.CREATED))

    @bulk_add.mapping.patch
    def bulk_change(self, request: Request) -> Response:
        """Change up to 500 rows, each by its `id`, if it still has the `version` sent with it."""
        return self._many(request, self._changed, int(HTTPStatus.OK))

    def _changed(self, row: Row) -> Any:
        given = dict(row)
        key, version = given.pop(_ID, None), given.pop(_VERSION, None)
        if not isinstance(version, int) or isinstance(version, bool):
            raise ValidationError({_VERSION: ValidationError(_NO_VERSION, code="required")})
        record = self.found(self.model.objects.all(), key if isinstance(key, str) else "")
        serializer = self.get_serializer(record, data=given, partial=True)
        serializer.is_valid(raise_exception=True)
        return self.amend(record, by=current_actor(), version=version, **serializer.validated_data)


def _of_then(status: int) -> Refusal:
    return Refusal(status, "refused", _REFUSED_THEN)


def _numbered(outcomes: Sequence[_Outcome]) -> list[tuple[int, Refusal]]:
    return [(place, one.refusal) for place, one in enumerate(outcomes) if one.refusal is not None]


def _key_in(row: Any) -> str:
    key = _uuid(row.get(_ID)) if isinstance(row, Mapping) else None
    return "" if key is None else str(key)


def _uuid(value: Any) -> UUID | None:
    given = value.get(_ID) if isinstance(value, Mapping) else value
    try:
        return values.key(given) if isinstance(given, str) else None
    except ValidationError:
        return None
