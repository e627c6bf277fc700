"""`Prefer: return=minimal` in, `Preference-Applied` out: a write answered without the row."""

from http import HTTPStatus

from rest_framework.request import Request
from rest_framework.response import Response

HEADER, APPLIED_HEADER = "Prefer", "Preference-Applied"
MINIMAL = "return=minimal"
_CARRIED = ("ETag", "Location")


def is_minimal(request: Request) -> bool:
    """Say whether the caller wants no more than the headers; what else is preferred is ignored."""
    given = request.headers.get(HEADER, "").lower().replace(";", ",").split(",")
    return MINIMAL in {one.replace(" ", "").replace('"', "") for one in given}


def minimal(response: Response) -> Response:
    """Leave the row out of an answer; `Location` says where a new one is."""
    headers = {name: response[name] for name in _CARRIED if name in response}
    return Response(status=HTTPStatus.NO_CONTENT, headers={**headers, APPLIED_HEADER: MINIMAL})
