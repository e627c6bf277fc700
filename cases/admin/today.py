"""My work today: one's tasks by day, done or put off in place, and cases without a next step."""

from datetime import timedelta
from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _, gettext_lazy

from cases import clock
from cases.access.gate import can, current_actor
from cases.access.roles import Act
from cases.admin import links
from cases.admin.bulk import colleagues
from cases.admin.idempotency import new_key
from cases.admin.sign_in import page
from cases.models import Individual, RepatriationBatch, Task, TracingRequest
from cases.queries import silent_requests, today
from cases.queries.today import Case, Due

BACK = "today"
"""What a form of this page says, so that its act leads back here."""
_TITLES = {
    "overdue": gettext_lazy("Overdue"),
    "today": gettext_lazy("Today"),
    "week": gettext_lazy("Within a week"),
    "later": gettext_lazy("Later"),
    "undated": gettext_lazy("Without a day"),
}


def show(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """Show one's day."""
    found = today.of_actor(on=clock.today())
    may_keep = can(current_actor(), Act.KEEP_TASKS)
    context = {
        "title": _("My work today"),
        "day": clock.today(),
        "tomorrow": clock.today() + timedelta(days=1),
        "groups": [_group(group, may_keep=may_keep) for group in found.groups],
        "without": [_case(case) for case in found.without_next_step],
        "cases_without": found.cases_without,
        "without_url": links.list_of(Individual, mine="yes"),
        "to_decide": [_case(case) for case in found.to_decide],
        "cases_to_decide": found.cases_to_decide,
        "colleagues": list(colleagues()) if may_keep and any(g.tasks for g in found.groups) else [],
        "silent": silent_requests.silent(on=clock.today()),
        "silent_url": links.list_of(TracingRequest, mine="yes"),
        "back": BACK,
        "may_keep": may_keep,
    }
    return page(site, request, "admin/today.html", context)


def _group(group: today.Group, *, may_keep: bool) -> dict[str, Any]:
    return {
        "key": group.key,
        "title": _TITLES[group.key],
        "number": group.number,
        "lines": [_line(task, may_keep=may_keep) for task in group.tasks],
        "more": group.number - len(group.tasks),
        "url": links.list_of(Task, mine="yes", state__exact="open"),
    }


def _line(task: Due, *, may_keep: bool) -> dict[str, Any]:
    about: tuple[type[Any], Any] | None = None
    if task.individual_id:
        about = (Individual, task.individual_id)
    elif task.batch_id:
        about = (RepatriationBatch, task.batch_id)
    may = may_keep and task.is_own
    return {
        "task": task,
        "url": links.page_of(Task, task.id),
        "about_url": links.page_of(*about) if about else "",
        "keys": {name: new_key() for name in ("finish", "postpone", "reassign")} if may else None,
    }


def _case(case: Case) -> dict[str, Any]:
    return {
        "case": case,
        "url": links.page_of(Individual, case.id),
        "add_task": links.add_to(Task, individual=case.id, assigned_to=current_actor().user_id),
    }
