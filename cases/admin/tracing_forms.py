"""The forms of a tracing request's page: what was done, who it may be, and what is decided."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from cases.access.gate import can, current_actor
from cases.access.roles import Act
from cases.admin import in_place, links
from cases.admin.in_place import Opened
from cases.filters import values
from cases.models import TracingAction, TracingCandidate, TracingRequest

ON_CANDIDATE = ("confirm", "reject", "take-back")
MATCHES = "matches"
"""What the address says to show whom the names may mean: no form, but asked for alike."""


def opened(request: HttpRequest, sought: TracingRequest) -> Opened | None:
    """Open the form that the address asks for, if any.

    :raises Http404: for a form there is none of, or a case that was not proposed.
    :raises PermissionDenied: for who may not use it.
    """
    name = request.GET.get(in_place.ASKED, "")
    if not name or name == MATCHES:
        return None
    if name in ON_CANDIDATE:
        return in_place.deed(request, _candidate(request, sought), name)
    if name not in _FORMS:
        raise Http404
    if not may_keep(sought):
        raise PermissionDenied
    return _FORMS[name](request, sought)


def may_keep(sought: TracingRequest) -> bool:
    """Say whether whoever acts works on this request."""
    actor = current_actor()
    is_own = sought.organisation_id == actor.organisation_id
    return is_own and sought.anonymised_at is None and can(actor, Act.KEEP_TRACING)


def after(sought: TracingRequest, done: Opened) -> str:
    """Say where on the page to go once something is done."""
    part = "done" if done.name == "action" else "candidates"
    return f"{links.url_of(sought)}#{part}"


def _candidate(request: HttpRequest, sought: TracingRequest) -> TracingCandidate:
    row = sought.candidates.filter(pk=_key(request, "candidate")).first()
    if row is None:
        raise Http404
    return row


def _key(request: HttpRequest, name: str) -> Any:
    try:
        return values.key(request.GET.get(name, ""))
    except ValidationError:
        raise Http404 from None


def _action(request: HttpRequest, sought: TracingRequest) -> Opened:
    corrects = _key(request, "corrects") if "corrects" in request.GET else None
    return in_place.addition(
        request,
        TracingAction,
        name="action",
        title=_("Set right what was done") if corrects else _("Record what was done"),
        intro=_("Nothing is changed later: what is wrong is set right by another entry."),
        given={"request": sought.pk, "corrects": corrects, "done_by": current_actor().user_id},
        hidden=("request", "corrects"),
    )


def _propose(request: HttpRequest, sought: TracingRequest) -> Opened:
    individual = _key(request, "individual") if "individual" in request.GET else None
    return in_place.addition(
        request,
        TracingCandidate,
        name="propose",
        title=_("Propose a case"),
        intro=_("A second person says whether it is the person. The search's reasons are kept."),
        given={"request": sought.pk, "individual": individual},
        hidden=("request",),
    )


_FORMS: Mapping[str, Callable[[HttpRequest, TracingRequest], Opened]] = {
    "action": _action,
    "propose": _propose,
}
