"""The cases that are due to be anonymised, and the periods that they are held to."""

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cases import clock
from cases.access.gate import can, current_actor, require
from cases.access.roles import Act
from cases.admin.sign_in import page
from cases.models import RetentionPeriod
from cases.queries.retention import due
from cases.queries.silent_requests import due_to_forget
from cases.rules.retention import CLOCKED, PERIODS
from cases.vocabulary.status import WorkStatus


def show(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """List them, the longest untouched first."""
    require(current_actor(), Act.READ_CASES)
    context = {
        "title": _("Cases due to be anonymised"),
        "due": due(),
        "requests": due_to_forget(on=clock.today()),
        "statuses": [status.label for status in WorkStatus],
        "periods": _periods(),
        "may_propose": can(current_actor(), Act.KEEP_CASES),
    }
    return page(site, request, "admin/retention.html", context)


def _periods() -> list[tuple[str, list[tuple[int, bool]]]]:
    """Give the periods in force by purpose and work status, and whether each is an own one."""
    rows = RetentionPeriod.objects.filter(organisation=current_actor().organisation_id)
    own = {(row.purpose, row.work_status): row.days for row in rows}
    return [
        (
            str(purpose.label),
            [
                (own.get((purpose, status), PERIODS[purpose, status]), (purpose, status) in own)
                for status in WorkStatus
            ],
        )
        for purpose in CLOCKED
    ]
