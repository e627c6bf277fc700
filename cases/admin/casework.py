"""To-dos and notes."""

# ruff: noqa: ARG002 - the signatures are Django's

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from cases import clock
from cases.access.gate import current_actor
from cases.access.roles import Act
from cases.actions import casework
from cases.admin import links
from cases.admin.base import ActionAdmin
from cases.admin.bulk import BulkMixin
from cases.admin.columns import shortened, state
from cases.admin.deeds import Deed
from cases.admin.forms import DeedForm
from cases.admin.masking import Needs
from cases.admin.today import BACK
from cases.admin.widgets import DayField
from cases.models import Note, Task
from cases.vocabulary.bulk import BulkAct
from cases.vocabulary.casework import TaskState


class Due(admin.SimpleListFilter):
    title = gettext_lazy("when it is due")
    parameter_name = "due"
    needs = ("due_on",)

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, str]]:
        return (("overdue", _("Overdue")), ("today", _("Today")), ("later", _("Later")))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Task]) -> QuerySet[Task] | None:
        today = clock.today()
        spans: dict[str | None, dict[str, Any]] = {
            "overdue": {"due_on__lt": today},
            "today": {"due_on": today},
            "later": {"due_on__gt": today},
        }
        span = spans.get(self.value())
        return queryset.filter(state=TaskState.OPEN, **span) if span else queryset


class MyTasks(admin.SimpleListFilter):
    title = gettext_lazy("whose it is")
    parameter_name = "mine"
    needs = ("assigned_to",)

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, str]]:
        return (("yes", _("Mine")),)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Task]) -> QuerySet[Task] | None:
        mine = self.value() == "yes"
        return queryset.filter(assigned_to=current_actor().user_id) if mine else queryset


class PostponeForm(DeedForm):
    due_on = DayField(label=gettext_lazy("Until"), help_text=gettext_lazy("A later day."))
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=200,
        help_text=gettext_lazy("Why it waits; colleagues read it."),
    )


def ended(task: Task) -> str:
    """Say why there is nothing left to do."""
    return "" if task.state == TaskState.OPEN else _("This task has ended already.")


DEEDS = (
    Deed(
        name="finish",
        label=gettext_lazy("Mark as done"),
        intro=gettext_lazy("It counts as contact with the person."),
        act=Act.KEEP_TASKS,
        do=casework.finish,
        closed=ended,
    ),
    Deed(
        name="postpone",
        label=gettext_lazy("Put off"),
        intro=gettext_lazy("It stays open, until a later day."),
        act=Act.KEEP_TASKS,
        do=casework.postpone,
        form=PostponeForm,
        closed=ended,
    ),
    Deed(
        name="reassign",
        label=gettext_lazy("Hand over"),
        intro=gettext_lazy("To a colleague, or to nobody in particular."),
        act=Act.KEEP_TASKS,
        do=casework.reassign,
        source=Task,
        fields=("assigned_to",),
        closed=ended,
    ),
)


@admin.register(Task)
class TaskAdmin(BulkMixin, ActionAdmin[Task]):
    bulk = (BulkAct.ASSIGN_TASKS, BulkAct.FINISH_TASKS)
    deeds = DEEDS
    read_act = Act.READ_CASES
    keep_act = Act.KEEP_TASKS
    add_action = staticmethod(casework.add_task)
    amend_action = staticmethod(casework.amend_task)
    list_display = (
        "__str__",
        "title",
        state("state", gettext_lazy("state")),
        "due_on",
        "assigned_to",
        "individual",
        "batch",
    )
    list_display_links = ("__str__", "title")
    list_filter = (Due, "state", MyTasks, "rule")
    linked = ("individual", "batch")
    search_fields = ("title", "individual__case_number", "batch__code")
    ordering = ("state", "due_on")
    needs: ClassVar[Needs] = {"why": ("rule",)}
    readonly_fields = ("why", "postponed_because")
    fieldsets = (
        (None, {"fields": ("title", "due_on", "assigned_to", "state")}),
        (gettext_lazy("Why it is there"), {"fields": ("why", "postponed_because")}),
        (gettext_lazy("What it is about"), {"fields": ("individual", "batch")}),
    )
    add_fieldsets = (fieldsets[0], fieldsets[2])

    @admin.display(description=gettext_lazy("Why"))
    def why(self, task: Task) -> str:
        return task.why

    def _after(self, record: Any, form: DeedForm) -> str:
        is_from_today = form.data.get("back") == BACK
        return reverse("admin:today") if is_from_today else super()._after(record, form)

    def home_of(self, record: Any) -> str | None:
        above = record.individual if record.individual_id else record.batch
        return None if above is None else links.url_of(above)


@admin.register(Note)
class NoteAdmin(ActionAdmin[Note]):
    read_act = Act.READ_CASES
    keep_act = Act.KEEP_TASKS
    add_action = staticmethod(casework.write_note)
    amend_action = staticmethod(casework.amend_note)
    list_display = (
        "individual",
        shortened("text", gettext_lazy("note")),
        "recorded_by",
        "recorded_at",
    )
    list_filter = ("recorded_by",)
    linked = ("individual",)
    search_fields = ("individual__case_number", "text")
    ordering = ("-recorded_at",)
    fieldsets = ((None, {"fields": ("individual", "text")}),)
    fixed = ("individual",)
    parent = "individual"
