"""Who is calling: bearer tokens; a session serves the pages of documentation."""

from datetime import datetime
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from knox.crypto import hash_token
from knox.models import AuthToken
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from cases import clock
from cases.access import gate
from cases.models import User

SCHEME = "Bearer"
_PARTS = 2
_LONGEST = 200


class BearerAuthentication(BaseAuthentication):
    """`Authorization: Bearer <token>`; the token's user acts from here on."""

    def authenticate(self, request: Request) -> tuple[User, Any] | None:
        parts = get_authorization_header(request).split()
        if not parts or parts[0].lower() != SCHEME.lower().encode():
            return None
        with gate.acting_as(gate.System("reading a token")):
            token = _token(parts)
            user = _user(token)
        gate.become(gate.Actor.of(user))
        return user, token

    def authenticate_header(self, request: Request) -> str:  # noqa: ARG002 - DRF's signature
        return f'{SCHEME} realm="api"'


def _token(parts: list[bytes]) -> Any:
    """Find the token that is still good; whatever is wrong with it, the answer is the same."""
    if len(parts) == _PARTS and len(parts[1]) <= _LONGEST and parts[1].isascii():
        found = AuthToken.objects.filter(digest=hash_token(parts[1].decode("ascii"))).first()
        if found is not None and not _has_expired(found.expiry):
            return found
    message = "The token is unknown, revoked or expired."
    raise AuthenticationFailed(message)


def _has_expired(expiry: datetime | None) -> bool:
    return expiry is not None and expiry <= clock.now()


def _user(token: Any) -> User:
    user = User.objects.select_related("organisation").get(pk=token.user_id)
    if not user.is_active or not user.organisation.is_active:
        message = "The user or the organisation of this token is not active."
        raise AuthenticationFailed(message)
    return user


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "cases.api.authentication.BearerAuthentication"
    name = "bearer"

    def get_security_definition(self, _auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "A token of your own."}
