"""How refusals are described: each status once, and named wherever it may be the answer."""

from typing import Any

from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers

from cases.api.errors import MEDIA_TYPE

PROBLEMS = {
    400: "What was sent cannot be read, or a rule refuses it.",
    401: "No token, or one that is no longer good.",
    403: "Your role may not do this, or another organisation keeps the row.",
    404: "There is no such row, none that you may see, or no such format.",
    405: "There is no such operation here; `Allow` names those that there are for you.",
    406: "There is no such format.",
    409: "The row was changed meanwhile, or clashes with another.",
    412: "The row was changed since you read it: If-Match is stale.",
    413: "The body or the file is too large.",
    415: "The body is not JSON, or the file is of a kind that is not taken.",
    422: "The Idempotency-Key came before with another address or body.",
    428: "If-Match is missing.",
    429: "Too many requests with this token.",
    503: "The database was too busy.",
}
_HEADERS = {
    401: ("WWW-Authenticate", "How to sign in."),
    405: ("Allow", "What you may do here."),
    412: ("ETag", "The version that stands now, for whoever may still read the row."),
    429: ("Retry-After", "After how many seconds to try again."),
    503: ("Retry-After", "After how many seconds to try again."),
}
_EXAMPLE = {
    "type": "urn:return-case-tracker:problem:invalid",
    "title": "Bad Request",
    "status": 400,
    "detail": "Give a statement, or say what staff saw or were told.",
    "errors": [
        {
            "field": "",
            "code": "invalid",
            "message": "Give a statement, or say what staff saw or were told.",
        }
    ],
}


class FaultSerializer(serializers.Serializer[Any]):
    field = serializers.CharField(help_text="Where; empty for the whole.")
    code = serializers.CharField()
    message = serializers.CharField()


class ProblemSerializer(serializers.Serializer[Any]):
    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = FaultSerializer(many=True)  # type: ignore[assignment]


def problem(code: int) -> OpenApiResponse:
    """Describe one refusal; :func:`share` makes it one with its likes."""
    return OpenApiResponse(ProblemSerializer, PROBLEMS[code])


def share(result: dict[str, Any], **_context: Any) -> dict[str, Any]:
    """Say each refusal once, with its headers, and refer to it elsewhere."""
    named = {str(code): f"Problem{code}" for code in PROBLEMS}
    for operations in result["paths"].values():
        for operation in operations.values():
            answers = operation["responses"]
            for code in answers.keys() & named.keys():
                answers[code] = {"$ref": f"#/components/responses/{named[code]}"}
    shared = {named[str(code)]: _described(code) for code in PROBLEMS}
    result["components"]["responses"] = shared
    return result


def _described(code: int) -> dict[str, Any]:
    shape = {"$ref": "#/components/schemas/Problem"}
    content: dict[str, Any] = {"schema": shape}
    if code == _EXAMPLE["status"]:
        content["example"] = _EXAMPLE
    described: dict[str, Any] = {"description": PROBLEMS[code], "content": {MEDIA_TYPE: content}}
    if code in _HEADERS:
        name, text = _HEADERS[code]
        described["headers"] = {name: {"schema": {"type": "string"}, "description": text}}
    return described
