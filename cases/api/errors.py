"""Refusals as RFC 9457 problems: one sentence a rule, the same as at every other door."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.core import exceptions as django
from django.db import IntegrityError, InterfaceError, OperationalError
from django.http import Http404
from rest_framework import exceptions as drf
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from cases.actions.attempts import is_busy
from cases.actions.idempotency import InProgress, KeyReused
from cases.actions.recording import Conflict
from cases.api import attempts
from cases.api.preconditions import etag
from cases.models import clashes
from cases.queries.attachments import Damaged
from cases.rules import imports as rules

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
NO_SUCH_ROW = rules.NO_SUCH_ROW
_TYPE = "urn:return-case-tracker:problem:"
_ROOTS = {"non_field_errors", django.NON_FIELD_ERRORS}
_OF_FILES = {"unaccepted_file": 415, "too_large": 413, "quota": 409}
_SEVERAL = "{} faults; see errors."
_LAST_SENTENCE = {404: NO_SUCH_ROW}

Fault = dict[str, str]


@dataclass(frozen=True)
class Refusal:
    """Why something is refused, ready to be said."""

    status: int
    code: str
    detail: str
    faults: tuple[Fault, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def body(self) -> dict[str, Any]:
        detail = self.detail
        if self.faults:
            is_one = len(self.faults) == 1
            detail = self.faults[0]["message"] if is_one else _SEVERAL.format(len(self.faults))
        return {
            "type": f"{_TYPE}{self.code.replace('_', '-')}",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": detail,
            "errors": list(self.faults),
        }


class RowsRefused(Exception):  # noqa: N818 - refusals, no fault
    """Some of many rows are refused, and so all of them."""

    def __init__(self, refused: Sequence[tuple[int, Refusal]]) -> None:
        self.refused = refused
        super().__init__(f"{len(refused)} rows are refused")

    def as_one(self) -> Refusal:
        """Say each fault with the number of its row."""
        first = self.refused[0][1]
        is_alike = all(one.status == first.status for _, one in self.refused)
        status, code = (first.status, first.code) if is_alike else (400, "invalid")
        faults = [fault for place, one in self.refused for fault in _in_row(place, one)]
        return Refusal(status, code, "", tuple(faults))


def _in_row(place: int, refusal: Refusal) -> Iterator[Fault]:
    whole: Fault = {"field": "", "code": refusal.code, "message": refusal.detail}
    for fault in refusal.faults or (whole,):
        yield {
            "field": f"rows.{place}.{fault['field']}".rstrip("."),
            "code": fault["code"],
            "message": f"Row {place + 1}: {fault['message']}",
        }


def problem_response(fault: Exception, context: Mapping[str, Any]) -> Response | None:
    """Turn a refusal into a response; None for a fault of ours, which Django then logs."""
    refusal = refusal_of(fault, has_condition="If-Match" in context["request"].headers)
    if refusal is None:
        return None
    attempts.note(refusal.status, refusal.faults, context)
    # A view of another format (the schema, its page) answers its problems in JSON all the same.
    context["request"].accepted_renderer = JSONRenderer()
    context["request"].accepted_media_type = MEDIA_TYPE
    return Response(
        refusal.body, refusal.status, headers=dict(refusal.headers), content_type=MEDIA_TYPE
    )


def refusal_of(fault: Exception, *, has_condition: bool) -> Refusal | None:
    """Say why something is refused; None for a fault of ours."""
    if isinstance(fault, RowsRefused):
        return fault.as_one()
    known = _known(fault, has_condition=has_condition)
    if known is None:
        return None
    status, code, detail, headers = known
    return Refusal(status, code, detail, tuple(_faults_of(fault)), headers)


Known = tuple[int, str, str, dict[str, str]]


def _known(fault: Exception, *, has_condition: bool) -> Known | None:
    if isinstance(fault, drf.APIException):
        return _of_api(fault)
    race = _of_race(fault, has_condition=has_condition)
    return race or _of_django(fault) or _of_database(fault)


def _of_django(fault: Exception) -> Known | None:
    if isinstance(fault, django.ValidationError):
        return *_of_rule(fault), "", {}
    if isinstance(fault, django.SuspiciousOperation):
        return 400, "malformed", "The request is malformed, or has too many parts.", {}
    if isinstance(fault, Damaged):
        message = "The file is missing or damaged. The operators have been told."
        return 500, "damaged", message, {}
    if isinstance(fault, Http404 | django.ObjectDoesNotExist):
        return 404, "not_found", NO_SUCH_ROW, {}
    if isinstance(fault, django.PermissionDenied):
        return 403, "permission_denied", str(fault), {}
    return None


def _of_race(fault: Exception, *, has_condition: bool) -> Known | None:
    if isinstance(fault, Conflict):
        is_stale = has_condition and fault.expected is not None
        return (412 if is_stale else 409), "stale", str(fault), _current(fault)
    if isinstance(fault, KeyReused):
        return 422, "key_reused", str(fault), {}
    if isinstance(fault, InProgress):
        return 409, "in_progress", str(fault), _RETRY
    return None


def _current(conflict: Conflict) -> dict[str, str]:
    """Give the tag of the row as it stands, to whoever may still read it."""
    rows = type(conflict.record)._default_manager.filter(pk=conflict.record.pk)
    current: Any = rows.only("version").first()
    return {} if current is None else {"ETag": etag(current.version)}


def _of_api(fault: drf.APIException) -> Known:
    headers = {}
    if challenge := getattr(fault, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if wait := getattr(fault, "wait", None):
        headers["Retry-After"] = str(int(wait))
    code = getattr(fault, "default_code", "error")
    detail = _LAST_SENTENCE.get(fault.status_code, "")
    if not detail and isinstance(fault.detail, str):
        detail = str(fault.detail)
    return fault.status_code, code, detail, headers


def _of_rule(fault: django.ValidationError) -> tuple[int, str]:
    """Give the status of a rule that refuses: 400, unless it is about a file."""
    codes = {error.code for _, errors in _by_field(fault) for error in errors}
    return next(((_OF_FILES[code], code) for code in codes if code in _OF_FILES), (400, "invalid"))


def _of_database(fault: Exception) -> Known | None:
    if isinstance(fault, IntegrityError):
        log.warning("A clash that only the database saw: %s", type(fault.__cause__).__name__)
        return 409, "clash", clashes.sentence_of(fault), {}
    if isinstance(fault, OperationalError | InterfaceError):
        log.warning("The database was too busy: %s", type(fault.__cause__).__name__)
        return 503, "busy", _NOTHING if _is_known(fault) else _UNKNOWN, _RETRY
    return None


def _is_known(fault: OperationalError | InterfaceError) -> bool:
    """Say whether nothing was written for sure: a connection may be lost in the midst of COMMIT."""
    return isinstance(fault, OperationalError) and is_busy(fault)


_RETRY = {"Retry-After": "2"}
_NOTHING = "The database is busy. Nothing was written; try again."
_UNKNOWN = (
    "The database did not answer, and it is not known whether this was written. Send it again with "
    "the same Idempotency-Key, or look before you send it again."
)


def _faults_of(fault: Exception) -> Iterator[Fault]:
    if isinstance(fault, drf.ValidationError):
        yield from _flat(fault.detail, "")
    elif isinstance(fault, django.ValidationError):
        yield from _of_model(fault)


def _of_model(fault: django.ValidationError) -> Iterator[Fault]:
    for name, errors in _by_field(fault):
        for error in errors:
            yield {
                "field": "" if name in _ROOTS else name,
                "code": error.code or "invalid",
                "message": _sentence(error),
            }


def _by_field(fault: django.ValidationError) -> Any:
    by_field = fault.error_dict if hasattr(fault, "error_dict") else {"": fault.error_list}
    return by_field.items()


def _sentence(error: django.ValidationError) -> str:
    """Give the model's own sentence; one that would repeat the id of an unseen row is replaced."""
    if isinstance(error.params, dict) and {"model", "pk"} <= error.params.keys():
        return NO_SUCH_ROW
    return str(error.messages[0])


def _flat(detail: Any, path: str) -> Iterator[Fault]:
    if isinstance(detail, dict):
        for name, inner in detail.items():
            yield from _flat(inner, path if name in _ROOTS else _joined(path, str(name)))
    elif isinstance(detail, list):
        for number, inner in enumerate(detail):
            is_row = isinstance(inner, dict | list)
            yield from _flat(inner, _joined(path, str(number)) if is_row else path)
    else:
        yield {"field": path, "code": getattr(detail, "code", "invalid"), "message": str(detail)}


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
