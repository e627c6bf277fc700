"""Versions in headers: `ETag` out, `If-Match` and `If-None-Match` in."""

import re
from hashlib import sha256

from rest_framework.exceptions import APIException, ParseError
from rest_framework.request import Request

_DIGITS = 16
_STRONG = re.compile(rf'"(\d{{1,9}})(?:-[0-9a-f]{{{_DIGITS}}})?"', re.ASCII)


class PreconditionRequired(APIException):
    status_code = 428
    default_detail = (
        "Send If-Match with the ETag of the row as you read it, so that nobody's change is lost."
    )
    default_code = "precondition_required"


def etag(version: int, content: bytes | None = None) -> str:
    """Write a version as a strong tag.

    With ``content`` it tells one answer from another too: names and links that come along have
    versions of their own, and two readers may not see the same of one row.
    """
    return f'"{version}"' if content is None else f'"{version}-{_digest(content)}"'


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()[:_DIGITS]


def is_held(request: Request, tag: str) -> bool:
    """Say whether the caller holds the answer with this tag already; a weak tag does as well."""
    given = request.headers.get("If-None-Match", "")
    held = {one.strip().removeprefix("W/") for one in given.split(",")}
    return not held.isdisjoint({tag, "*"})


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
