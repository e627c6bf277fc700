"""Work in the background, for administrators: what waits, what failed, and to try it again."""

from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from cases.access.gate import current_actor, require
from cases.access.roles import Act
from cases.actions import jobs
from cases.admin.sign_in import page
from cases.outbox import Job
from cases.queries import jobs as queries

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LABELS: Mapping[str, "StrOrPromise"] = {
    Job.CARRY_OUT_BULK: gettext_lazy("Bulk work"),
    Job.REMIND: gettext_lazy("Reminders"),
    Job.SEND_SUMMARIES: gettext_lazy("Daily e-mails"),
    Job.DELIVER_TO_WEBHOOKS: gettext_lazy("Messages to webhooks"),
    Job.NOTE_ENDED_GRANTS: gettext_lazy("Grants that end by time"),
}


def show(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """Show the queue, and what failed."""
    require(current_actor(), Act.KEEP_USERS)
    context = {
        "title": _("Work in the background"),
        "lines": [(LABELS.get(one.name, one.name), one) for one in queries.standing()],
        "failures": [(LABELS.get(one.name, one.name), one) for one in queries.failures()],
    }
    return page(site, request, "admin/jobs.html", context)


def again(_site: AdminSite, request: HttpRequest, job_id: UUID) -> HttpResponse:
    """Put a failed job in once more."""
    require(current_actor(), Act.KEEP_USERS)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if jobs.retry(job_id, by=current_actor()):
        messages.success(request, _("It is tried again."))
    return HttpResponseRedirect(reverse("admin:jobs"))
