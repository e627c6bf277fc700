"""Versions in headers: `ETag` out, `If-Match` in."""

import re

from rest_framework.exceptions import APIException, ParseError
from rest_framework.request import Request

_STRONG = re.compile(r'"(\d{1,9})"', re.ASCII)


class PreconditionRequired(APIException):
    status_code = 428
    default_detail = (
        "Send If-Match with the ETag of the row as you read it, so that nobody's change is lost."
    )
    default_code = "precondition_required"


def etag(version: int) -> str:
    """Write a version as a strong tag."""
    return f'"{version}"'


def expected_version(request: Request) -> int | None:
    """Give the version that the caller has read; None where the header is missing.

    :raises ParseError: for anything but one strong tag of ours.
    """
    given = request.headers.get("If-Match")
    if given is None:
        return None
    strong = _STRONG.fullmatch(given.strip())
    if strong is None:
        raise ParseError('Send If-Match as one strong tag, such as "3".')
    return int(strong[1])


def required_version(request: Request) -> int:
    """Give the version that the caller has read.

    :raises PreconditionRequired: where the header is missing.
    """
    version = expected_version(request)
    if version is None:
        raise PreconditionRequired
    return version
