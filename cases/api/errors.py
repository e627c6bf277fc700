"""Refusals as RFC 9457 problems: one sentence a rule, the same as at every other door."""

import logging
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from django.core import exceptions as django
from django.db import IntegrityError, OperationalError
from django.http import Http404
from rest_framework import exceptions as drf
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from cases.actions.recording import Conflict

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
NO_SUCH_ROW = "There is no such row, or none that you may see."
_TYPE = "urn:return-case-tracker:problem:"
_ROOTS = {"non_field_errors", django.NON_FIELD_ERRORS}
_LAST_SENTENCE = {404: NO_SUCH_ROW}

Fault = dict[str, str]


def problem_response(fault: Exception, context: Mapping[str, Any]) -> Response | None:
    """Turn a refusal into a response; None for a fault of ours, which Django then logs."""
    known = _known(fault, has_condition="If-Match" in context["request"].headers)
    if known is None:
        return None
    status, code, detail, headers = known
    faults = list(_faults_of(fault))
    if faults:
        detail = faults[0]["message"] if len(faults) == 1 else f"{len(faults)} faults; see errors."
    body = {
        "type": f"{_TYPE}{code.replace('_', '-')}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "errors": faults,
    }
    # A view of another format (the schema, its page) answers its problems in JSON all the same.
    context["request"].accepted_renderer = JSONRenderer()
    context["request"].accepted_media_type = MEDIA_TYPE
    return Response(body, status=status, headers=headers, content_type=MEDIA_TYPE)


Known = tuple[int, str, str, dict[str, str]]


def _known(fault: Exception, *, has_condition: bool) -> Known | None:
    if isinstance(fault, drf.APIException):
        return _of_api(fault)
    if isinstance(fault, django.ValidationError):
        return 400, "invalid", "", {}
    if isinstance(fault, Http404 | django.ObjectDoesNotExist):
        return 404, "not_found", NO_SUCH_ROW, {}
    if isinstance(fault, django.PermissionDenied):
        return 403, "permission_denied", str(fault), {}
    if isinstance(fault, Conflict):
        return (412 if has_condition else 409), "stale", str(fault), {}
    return _of_database(fault)


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


def _of_database(fault: Exception) -> Known | None:
    if isinstance(fault, IntegrityError):
        log.warning("A clash that only the database saw: %s", type(fault.__cause__).__name__)
        message = "This clashes with a row that is there already, perhaps one you may not see."
        return 409, "clash", message, {}
    if isinstance(fault, OperationalError):
        log.warning("The database was too busy: %s", type(fault.__cause__).__name__)
        return 503, "busy", "The database is busy. Nothing was written; try again.", _RETRY
    return None


_RETRY = {"Retry-After": "2"}


def _faults_of(fault: Exception) -> Iterator[Fault]:
    if isinstance(fault, drf.ValidationError):
        yield from _flat(fault.detail, "")
    elif isinstance(fault, django.ValidationError):
        yield from _of_model(fault)


def _of_model(fault: django.ValidationError) -> Iterator[Fault]:
    by_field = fault.error_dict if hasattr(fault, "error_dict") else {"": fault.error_list}
    for field, errors in by_field.items():
        for error in errors:
            yield {
                "field": "" if field in _ROOTS else field,
                "code": error.code or "invalid",
                "message": _sentence(error),
            }


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
