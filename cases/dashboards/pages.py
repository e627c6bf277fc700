"""How every page is made: who may enter, one transaction, and a clear page for each refusal."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRefresh, push_url, reselect, reswap, retarget

from cases import clock
from cases.access.doors import guarded
from cases.access.gate import Anonymous, current_actor, require
from cases.access.roles import Act
from cases.actions import recording, refusals
from cases.dashboards import forms
from cases.models import User
from cases.models.gate import Gated
from cases.queries.snapshot import snapshot
from cases.vocabulary.audit import Refusal
from cases.vocabulary.organisations import Role

Build = Callable[..., Mapping[str, Any]]
View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Viewer:
    """Whoever looks at the page, as its header names them."""

    organisation: str
    role: str


def page(
    template: str, of: type[Gated] | None = None, *, content_type: str | None = None
) -> Callable[[Build], View]:
    """Make a view of a function that gives the template's figures.

    All is read in one transaction, and rendered after it: the template asks the database nothing.
    ``of`` is the model of the row that the address names. What is no HTML is a file to keep,
    under the ``file_name`` among the figures.
    """

    def decorate(build: Build) -> View:
        @guarded
        @require_safe
        @vary_on_headers("HX-Request")
        @wraps(build)
        def view(request: HttpRequest, **names: str) -> HttpResponse:
            if isinstance(current_actor(), Anonymous):
                return _to_sign_in(request)
            try:
                let_in(cast("User", request.user))
                with snapshot():
                    found = {"viewer": _viewer(request), **build(request, **names)}
            except (PermissionDenied, Http404, ValidationError) as refusal:
                note_refusal(refusal, of, names)
                return refused(request, refusal)
            context = {**found, **_frame(request), **_stamp(request)}
            response = render(request, f"dashboards/{template}", context, content_type)
            if content_type:
                response.headers["Content-Disposition"] = (
                    f'attachment; filename="{found["file_name"]}"'
                )
            return response

        return view

    return decorate


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead to the sign-in page; where only a part was asked for, by loading the whole anew."""
    if is_part(request):
        return HttpResponseClientRefresh()
    return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))


def is_part(request: HttpRequest) -> bool:
    """Say whether a script asks, and wants what stands inside the frame."""
    asked = request.htmx  # type: ignore[attr-defined]
    return bool(asked) and not asked.history_restore_request


def _frame(request: HttpRequest) -> dict[str, Any]:
    frame = "part" if is_part(request) else "base"
    return {"frame": f"dashboards/{frame}.html", "demo": settings.DEMO}


def _stamp(request: HttpRequest) -> dict[str, Any]:
    """Say on paper when and where a page was read."""
    return {"shown_at": clock.now(), "address": request.get_full_path()}


def let_in(user: User) -> None:
    """Let the reader in.

    :raises PermissionDenied: for a partner system, which has the API, and for other roles that
        may not read evidence.
    """
    if user.role == Role.PARTNER:
        message = _("Partner systems use the API; the dashboards are for staff.")
        raise PermissionDenied(message)
    require(current_actor(), Act.READ_EVIDENCE)


def _viewer(request: HttpRequest) -> Viewer:
    user = cast("User", request.user)
    return Viewer(user.organisation.name, str(Role(user.role).label))


def note_refusal(refusal: Exception, of: type[Gated] | None, names: Mapping[str, str]) -> None:
    """Write into the trail who was kept out, and who asked for a row that they do not see."""
    reason = Refusal.NOT_ALLOWED if isinstance(refusal, PermissionDenied) else Refusal.NOT_FOUND
    if reason is Refusal.NOT_FOUND and (of is None or not isinstance(refusal, Http404)):
        return
    refusals.note(
        by=current_actor(),
        act=Act.READ_EVIDENCE,
        reason=reason,
        model=recording.model_name(of) if of else "",
        target_id=next((forms.key(name) for name in names.values()), None),
    )


def refused(request: HttpRequest, refusal: Exception) -> HttpResponse:
    """Say what was refused; the same bytes for a figure one may not see as for none at all."""
    status, title, sentences = 404, _("There is no such page"), [str(refusal)]
    if isinstance(refusal, PermissionDenied):
        status, title, sentences = 403, _("You may not open this page"), [str(refusal)]
    elif isinstance(refusal, recording.Conflict):
        status, title = 409, _("Somebody was quicker")
    elif isinstance(refusal, ValidationError):
        is_deed = request.method == "POST"
        title = _("Nothing was changed") if is_deed else _("This address cannot be read")
        status, sentences = 400, refusal.messages
    context = {"title": title, "sentences": sentences, **_frame(request)}
    response = render(request, "dashboards/refused.html", context, status=status)
    return _beside_the_page(response) if is_part(request) else response


def _beside_the_page(response: HttpResponse) -> HttpResponse:
    """Let the page stand, with what was written into its form, and say the refusal above it."""
    push_url(retarget(reswap(response, "innerHTML"), "#refusal"), url=False)
    return reselect(response, "#refused")
