"""Sign-in by e-mail and password."""

from typing import Any
from uuid import UUID

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from cases.access.gate import System, acting_as


class GateBackend(ModelBackend):
    """Django's own, let through the gate: nobody acts yet while somebody signs in.

    Permissions come from :mod:`cases.access.roles` alone, so every permission look-up of Django's
    answers no.
    """

    def authenticate(  # type: ignore[override]
        self, request: HttpRequest | None, **credentials: Any
    ) -> AbstractBaseUser | None:
        with acting_as(System("signing somebody in")):
            return super().authenticate(request, **credentials)

    def get_user(self, user_id: UUID) -> AbstractBaseUser | None:  # type: ignore[override]
        with acting_as(System("reading the session's user")):
            return super().get_user(user_id)

    def user_can_authenticate(self, user: AbstractBaseUser | AnonymousUser | None) -> bool:
        """Keep out whoever is switched off, or whose organisation is."""
        organisation = getattr(user, "organisation", None)
        is_on: bool = super().user_can_authenticate(user)  # type: ignore[arg-type]
        return is_on and getattr(organisation, "is_active", False)

    def has_perm(self, *_args: Any, **_kwargs: Any) -> bool:
        return False
