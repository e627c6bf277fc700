"""Files in: uploaded, matched, checked, run, and followed to the end."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.access.gate import can, current_actor, require
from cases.access.roles import Act
from cases.actions import imports, reads
from cases.admin.import_forms import UploadForm
from cases.admin.import_steps import BeginForm, StopForm, matching
from cases.admin.sign_in import page
from cases.exchange.downloads import response_of
from cases.exchange.import_results import result_of
from cases.models import ImportRun
from cases.queries.imports import own, own_runs, problems
from cases.rules.imports import AT_WORK, OVER, WAITING
from cases.vocabulary.imports import ImportKind, ImportMode, ImportState

LOOK_AGAIN = 5
_MOST_LISTED = 50
S = ImportState


def may_import() -> bool:
    """Say whether there is any kind of file that whoever acts may take in."""
    return any(can(current_actor(), act) for act in imports.NEEDED.values())


def show_all(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """List one's own imports, and take a file in."""
    if not may_import():
        require(current_actor(), Act.KEEP_CASES)
    form = UploadForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        return HttpResponseRedirect(reverse("admin:import", args=[form.outcome.pk]))
    context = {"title": _("Files in"), "form": form, "runs": own_runs()[:_MOST_LISTED]}
    return page(site, request, "admin/imports.html", context)


def show(site: AdminSite, request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Show one file: what is asked next, how far it has come, what became of its rows."""
    run = own(run_id)
    if run is None:
        raise Http404
    if request.method == "POST":
        return _done(site, request, run)
    return _shown(site, request, run, matching(run)())


def _done(site: AdminSite, request: HttpRequest, run: ImportRun) -> HttpResponse:
    form = _form(run, request)
    if form.is_valid():
        return HttpResponseRedirect(reverse("admin:import", args=[run.pk]))
    asked = form if "match" in request.POST else matching(run)()
    for sentence in form.non_field_errors() if asked is not form else ():
        messages.error(request, sentence)
    return _shown(site, request, run, asked)


def _form(run: ImportRun, request: HttpRequest) -> Any:
    """Give the form whose button was pressed."""
    if "match" in request.POST:
        return matching(run)(request.POST)
    if "stop" in request.POST:
        return StopForm(run, request.POST)
    return BeginForm(run, request.POST, is_dry="dry" in request.POST)


def _shown(site: AdminSite, request: HttpRequest, run: ImportRun, form: Any) -> HttpResponse:
    context = {
        "title": _("Import of %(file)s") % {"file": run.file_name},
        "run": run,
        "why": _(run.why) if run.why else "",
        "form": form,
        "begin": BeginForm(run),
        "stop": StopForm(run),
        "may_match": run.state in WAITING and run.kind != ImportKind.PFIF,
        "is_offered": run.kind == ImportKind.PFIF and run.rows_added and run.state in OVER,
        "may_begin": run.state in {S.MAPPED, S.CHECKED},
        "is_at_work": run.state in AT_WORK,
        "is_over": run.state in OVER,
        "is_whole": run.mode == ImportMode.WHOLE,
        "has_result": run.state in {*OVER, S.CHECKED},
        "rows": problems(run),
    }
    answer = page(site, request, "admin/import.html", context)
    if run.state in AT_WORK:
        answer.headers["Refresh"] = str(LOOK_AGAIN)
    return answer


def result(_site: AdminSite, request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Save what became of each row."""
    run = own(run_id)
    if run is None or request.method != "GET":
        raise Http404 if run is None else PermissionDenied
    file = result_of(run)
    reads.note_download(run, by=current_actor())
    return response_of(file)
