"""Who is calling: bearer tokens; a session serves the pages of documentation."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from knox.crypto import hash_token
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from cases.access import gate
from cases.api.callers import Caller, of_token
from cases.models.gate import take_nobody_as_given

SCHEME = "Bearer"
_PARTS = 2
_LONGEST = 200


class BearerAuthentication(BaseAuthentication):
    """`Authorization: Bearer <token>`; the token's user acts from here on."""

    def authenticate(self, request: Request) -> tuple[Caller, str] | None:
        parts = get_authorization_header(request).split()
        if not parts or parts[0].lower() != SCHEME.lower().encode():
            return None
        with gate.acting_as(gate.System("reading a token")):
            caller, digest = _called(parts)
        gate.become(gate.Actor.of(caller))
        if not caller.is_given:
            take_nobody_as_given()
        return caller, digest

    def authenticate_header(self, request: Request) -> str:  # noqa: ARG002 - DRF's signature
        return f'{SCHEME} realm="api"'


def _called(parts: list[bytes]) -> tuple[Caller, str]:
    """Find who calls; whatever is wrong with the token, the answer is the same."""
    if len(parts) == _PARTS and len(parts[1]) <= _LONGEST and parts[1].isascii():
        digest = hash_token(parts[1].decode("ascii"))
        caller = of_token(digest)
        if caller is not None and not caller.is_active:
            message = "The user or the organisation of this token is not active."
            raise AuthenticationFailed(message)
        if caller is not None:
            return caller, digest
    message = "The token is unknown, revoked or expired."
    raise AuthenticationFailed(message)


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "cases.api.authentication.BearerAuthentication"
    name = "bearer"

    def get_security_definition(self, _auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "A token of your own."}
