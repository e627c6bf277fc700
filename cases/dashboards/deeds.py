"""What a page's buttons do, and files: the same door as the pages have, and their refusals."""

from collections.abc import Callable
from functools import wraps
from typing import cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import resolve_url
from django.views.decorators.http import require_http_methods

from cases.access.doors import guarded
from cases.access.gate import Anonymous, current_actor
from cases.actions.recording import Conflict
from cases.dashboards.pages import let_in, note_refusal, refused
from cases.models import User
from cases.models.gate import Gated

Do = Callable[..., HttpResponseBase]


def door(
    *methods: str, of: type[Gated] | None = None
) -> Callable[[Do], Callable[..., HttpResponseBase]]:
    """Make a view of a function that answers by itself, for whoever may read the pages.

    ``of`` is the model of the row that the address names.
    """

    def decorate(do: Do) -> Callable[..., HttpResponseBase]:
        @guarded
        @require_http_methods(methods)
        @wraps(do)
        def view(request: HttpRequest, **names: str) -> HttpResponseBase:
            if isinstance(current_actor(), Anonymous):
                return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))
            try:
                let_in(cast("User", request.user))
                return do(request, **names)
            except (PermissionDenied, Http404, ValidationError) as refusal:
                note_refusal(refusal, of, names)
                return refused(request, refusal)
            except Conflict as conflict:
                return refused(request, conflict)

        return view

    return decorate
