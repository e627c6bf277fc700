"""Files out: asked for with a reason, decided by a second person, taken by whoever asked."""

from functools import partial
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cases import clock
from cases.access.gate import can, current_actor, require
from cases.access.roles import Act
from cases.actions import attempts, exports
from cases.admin.export_forms import ApproveForm, AskForm, DeclineForm, title_of
from cases.admin.masking import value
from cases.admin.sign_in import page
from cases.exchange.handing_out import handed_out, opened
from cases.models import ExportRun
from cases.queries import exports as queries
from cases.queries.attachments import Damaged
from cases.rules.exports import MOST_DOWNLOADS, check_there
from cases.vocabulary.exports import ExportState


def show_all(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """List what was asked for, and ask for a file."""
    require(current_actor(), Act.READ_CASES)
    may_ask = can(current_actor(), exports.ASK)
    if request.method == "POST":
        require(current_actor(), exports.ASK)
    form = AskForm(request.POST if request.method == "POST" else None) if may_ask else None
    if form is not None and form.is_valid():
        return HttpResponseRedirect(reverse("admin:export", args=[form.outcome.pk]))
    rows = [(run, title_of(run), value(run, "recorded_by")) for run in queries.runs()]
    context = {"title": _("Files out"), "form": form, "rows": rows}
    return page(site, request, "admin/exports.html", context)


def show(site: AdminSite, request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Show one: who asked for what and why, and what comes next."""
    require(current_actor(), Act.READ_CASES)
    run = _found(run_id)
    form: Any = None
    if request.method == "POST":
        form = (DeclineForm if "decline" in request.POST else ApproveForm)(run, request.POST)
        if form.is_valid():
            return HttpResponseRedirect(reverse("admin:export", args=[run.pk]))
        run = _found(run_id)
    return _shown(site, request, run, form)


def _found(run_id: UUID) -> ExportRun:
    run = queries.run_of(run_id)
    if run is None:
        raise Http404
    return run


def _shown(site: AdminSite, request: HttpRequest, run: ExportRun, form: Any) -> HttpResponse:
    is_own = _is_own(run)
    may_decide = can(current_actor(), exports.DECIDE) and run.state == ExportState.WAITING
    filters = value(run, "filters")
    context = {
        "title": _("File of %(what)s") % {"what": title_of(run)},
        "run": run,
        "asked_by": value(run, "recorded_by"),
        "reason": value(run, "reason"),
        "filters": parse_qsl(filters) if filters else [],
        "format": run.get_format_display() if value(run, "format") else None,
        "decided_by": value(run, "decided_by"),
        "decided_at": value(run, "decided_at"),
        "why": value(run, "decision_reason"),
        "expires_at": value(run, "expires_at"),
        "rows": value(run, "rows"),
        "sha256": value(run, "sha256"),
        "downloads": value(run, "downloads"),
        "most_downloads": MOST_DOWNLOADS,
        "withheld": sorted(run.unread_fields() - {"stored_name", "salt"}),
        "is_own": is_own,
        "may_take": is_own and _is_there(run),
        "may_decide": may_decide and not is_own,
        "approve": form if isinstance(form, ApproveForm) else ApproveForm(run),
        "decline": form if isinstance(form, DeclineForm) else DeclineForm(run),
        "faults": form.non_field_errors() if form is not None else (),
    }
    return page(site, request, "admin/export.html", context)


def _is_own(run: ExportRun) -> bool:
    user = current_actor().user_id
    return (
        user is not None
        and "recorded_by" not in run.unread_fields()
        and (run.recorded_by_id == user)
    )


def _is_there(run: ExportRun) -> bool:
    try:
        check_there(run.state, run.expires_at, run.downloads, at=clock.now())
    except ValidationError:
        return False
    return can(current_actor(), exports.ASK)


def content(_site: AdminSite, request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Hand a file out; the download counts, so that it is asked for with a button."""
    run = _found(run_id)
    if request.method != "POST":
        raise PermissionDenied
    try:
        answer: Any = handed_out(attempts.repeated(partial(_taken, run)))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    except Damaged:
        messages.error(request, _("The file is missing. Ask for another."))
    else:
        return answer  # type: ignore[no-any-return]
    return HttpResponseRedirect(reverse("admin:export", args=[run.pk]))


def _taken(run: ExportRun) -> ExportRun:
    return opened(exports.take(_found(run.pk), by=current_actor()))
