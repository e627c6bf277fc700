"""Cases merged, and merges undone."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext as _, gettext_lazy

from cases.access.roles import Act
from cases.actions import merges
from cases.admin import links
from cases.admin.base import ActionAdmin
from cases.admin.choosers import Chooser
from cases.admin.columns import Column
from cases.admin.deeds import Deed
from cases.admin.forms import DeedForm
from cases.admin.widgets import badge
from cases.models import Individual, Merge
from cases.models.duplicates import LONGEST_REASON


class MergeForm(DeedForm):
    duplicate = Chooser(
        Merge.duplicate,
        gettext_lazy("The duplicate"),
        gettext_lazy("The case that is put into this one."),
        required=True,
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("What says that the two are one person; kept on record."),
    )


def merge(person: Individual, *, by: Any, version: int | None, **given: Any) -> Individual:
    """Merge, and go on with the case that was kept."""
    return merges.merge(person, by=by, version=version, **given).individual


MERGE = Deed(
    name="merge",
    label=gettext_lazy("Merge a duplicate into it"),
    intro=gettext_lazy(
        "This case goes on. Names, ties, places in batches, help, tasks, notes, files and shares "
        "of the duplicate follow into it; what this case does not know, it takes over. "
        "A merge can be undone."
    ),
    act=Act.MERGE_CASES,
    do=merge,
    form=MergeForm,
)


class UndoForm(DeedForm):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Why it is taken back; kept on record."),
    )


def undone(row: Any) -> str:
    """Say why a merge cannot be undone."""
    return _("It is undone already.") if row.undone_at else ""


class Standing(admin.SimpleListFilter):
    title = gettext_lazy("whether it stands")
    parameter_name = "standing"
    needs = ("undone_at",)

    def lookups(self, _request: Any, _model_admin: Any) -> tuple[tuple[str, str], ...]:
        return (("yes", _("Stands")), ("no", _("Undone")))

    def queryset(self, _request: Any, queryset: Any) -> Any:
        asked = {"yes": True, "no": False}.get(self.value() or "")
        return queryset if asked is None else queryset.filter(undone_at__isnull=asked)


@admin.register(Merge)
class MergeAdmin(ActionAdmin[Merge]):
    read_act = Act.READ_CASES
    keep_act = Act.MERGE_CASES
    list_display = (
        "__str__",
        "individual",
        "duplicate",
        "recorded_at",
        Column(
            "standing",
            gettext_lazy("standing"),
            lambda row: (
                badge(_("Undone"), "plain") if row.undone_at else badge(_("Stands"), "active")
            ),
            order="undone_at",
            needs=("undone_at",),
        ),
    )
    list_filter = (Standing,)
    linked = ("individual", "duplicate")
    search_fields = ("individual__case_number", "duplicate__case_number")
    ordering = ("-recorded_at",)
    fieldsets = (
        (None, {"fields": ("individual", "duplicate", "reason")}),
        (gettext_lazy("Undone"), {"fields": ("undone_at", "undone_by", "undo_reason")}),
    )
    deeds = (
        Deed(
            name="undo",
            label=gettext_lazy("Undo the merge"),
            intro=gettext_lazy(
                "All that followed goes back to the duplicate, and both cases are as they were. "
                "What was recorded since stays with the case that was kept."
            ),
            act=Act.MERGE_CASES,
            do=merges.undo,
            form=UndoForm,
            closed=undone,
        ),
    )

    def home_of(self, record: Any) -> str | None:
        return links.url_of(record.individual)
