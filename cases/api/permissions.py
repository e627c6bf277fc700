"""Whether the caller may: the act that a view declares, asked of the one table of roles."""

from typing import Any

from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from cases.access.doors import guarded
from cases.access.gate import can, current_actor
from cases.access.roles import Act


@guarded
class ActPermission(BasePermission):
    """Asks for the act of reading or of writing; a view that declares none lets nobody in."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if not request.user.is_authenticated:
            return False
        if request.method in {None, "OPTIONS"} or view.act_of(request.method) is None:
            return True  # what there is to do, and that there is no such operation, the view says
        act: Act = view.act_of(request.method)
        if not can(current_actor(), act):
            message = f"You may not {act}."
            raise PermissionDenied(message)
        return True


@guarded
class SignedIn(BasePermission):
    """Anybody signed in."""

    def has_permission(self, request: Request, view: Any) -> bool:  # noqa: ARG002 - DRF's
        return bool(request.user.is_authenticated)


def is_safe(method: str) -> bool:
    """Say whether a method only reads."""
    return method in SAFE_METHODS
