"""Requests to look for somebody, what was done for them, and who it may be."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _, gettext_lazy

from cases.access.gate import current_actor
from cases.access.roles import Act
from cases.actions import reads, tracing, tracing_actions, tracing_candidates
from cases.admin import tracing_forms
from cases.admin.base import ActionAdmin
from cases.admin.columns import Column, day, state
from cases.admin.forms import ActionForm
from cases.admin.individual_filters import Mine
from cases.admin.tracing_deeds import OF_CANDIDATE, OF_REQUEST
from cases.admin.tracing_page import context_of
from cases.admin.widgets import DASH
from cases.models import TracingAction, TracingCandidate, TracingRequest
from cases.rules.tracing_words import lines
from cases.vocabulary.tracing_work import TracingActionKind

_TITLES: dict[str, Any] = {
    "who asks": gettext_lazy("Who asks"),
    "agreed": gettext_lazy("What whoever asks agrees to"),
    "sought": gettext_lazy("Who is sought"),
    "known": gettext_lazy("What is known of the person"),
    "work": gettext_lazy("The work on it"),
    "wish": gettext_lazy("What the person found wishes"),
    "done": gettext_lazy("What was done"),
    "right": gettext_lazy("What it sets right"),
    "decided": gettext_lazy("What was decided"),
}


class TracingAdmin(ActionAdmin[Any]):
    read_act = Act.READ_CASES
    keep_act = Act.KEEP_TRACING


SOUGHT = Column(
    "sought",
    gettext_lazy("sought"),
    lambda row: " · ".join(lines(row.sought_names)) or DASH,
    order=None,
    needs=("sought_names",),
)


@admin.register(TracingRequest)
class TracingRequestAdmin(TracingAdmin):
    has_page = True
    add_action = staticmethod(tracing.take_in)
    amend_action = staticmethod(tracing.amend)
    list_display = (
        "number",
        SOUGHT,
        "individual",
        state("state", gettext_lazy("state")),
        "outcome",
        state("priority", gettext_lazy("priority")),
        day("asked", gettext_lazy("asked")),
        "assigned_to",
    )  # fmt: skip
    list_filter = (Mine, "state", "outcome", "priority", "sensitivity")
    linked = ("individual", "assigned_to")
    search_fields = ("number", "search_key", "individual__case_number", "enquirer__search_key")
    search_help_text = gettext_lazy("A number, or a name in any spelling.")
    ordering = ("-updated_at", "id")
    sortable_by = ("number",)
    deeds = OF_REQUEST
    _known = ("sex", "age_as_stated", "age_as_of_edtf", "age_as_of_as_stated", "home_place",
              "last_known_place", "last_contact_edtf", "last_contact_as_stated",
              "circumstances", "statement")  # fmt: skip
    _asks = ("enquirer", "enquirer_body", "relation", "asked_edtf", "asked_as_stated")
    _work = ("assigned_to", "priority", "sensitivity")
    fieldsets = (
        (_TITLES["who asks"], {"fields": _asks}),
        (_TITLES["agreed"], {"fields": ("may_be_named", "may_be_shared")}),
        (_TITLES["sought"], {"fields": ("individual", "sought_names")}),
        (_TITLES["known"], {"fields": _known}),
        (_TITLES["wish"], {"fields": ("contact_wish",)}),
        (_TITLES["work"], {"fields": _work}),
    )
    add_fieldsets = (
        *fieldsets[:4],
        (_TITLES["work"], {"fields": _work}),
    )
    fixed = ("individual",)

    def page_view(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Show the request; carry out the form that stands open on its page, if it was sent."""
        record = self.reachable(request, pk)
        opened = tracing_forms.opened(request, record)
        if opened and opened.is_done:
            messages.success(request, _("%(act)s: done.") % {"act": opened.title})
            return HttpResponseRedirect(tracing_forms.after(record, opened))
        reads.note(record, by=current_actor())
        context = context_of(request, record, opened)
        return self.rendered(request, "admin/tracing_page.html", context)


class ActionAddForm(ActionForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields.get("kind")
        if kind is not None:
            kind.widget.choices = [
                choice for choice in kind.choices if choice[0] != TracingActionKind.STEP
            ]


@admin.register(TracingAction)
class TracingActionAdmin(TracingAdmin):
    add_form = ActionAddForm
    add_action = staticmethod(tracing_actions.record)
    list_display = (
        "request",
        state("kind", gettext_lazy("kind")),
        day("done", gettext_lazy("done")),
        "done_by",
        "body",
    )
    list_filter = ("kind",)
    linked = ("request",)
    search_fields = ("request__number",)
    ordering = ("-recorded_at", "id")
    sortable_by = ()
    parent = "request"
    fieldsets = (
        (None, {"fields": ("request", "kind", "done_edtf", "done_as_stated", "done_by", "body")}),
        (_TITLES["done"], {"fields": ("text", "result")}),
        (_TITLES["right"], {"fields": ("corrects",)}),
    )


@admin.register(TracingCandidate)
class TracingCandidateAdmin(TracingAdmin):
    add_action = staticmethod(tracing_candidates.propose)
    list_display = (
        "request",
        "individual",
        state("state", gettext_lazy("state")),
        "recorded_at",
        "decided_by",
    )
    list_filter = ("state",)
    linked = ("request", "individual")
    search_fields = ("request__number", "individual__case_number")
    ordering = ("-recorded_at", "id")
    sortable_by = ()
    parent = "request"
    deeds = OF_CANDIDATE
    fieldsets = (
        (None, {"fields": ("request", "individual", "likeness", "reasons", "why")}),
        (_TITLES["decided"], {"fields": ("state", "decided_by", "decided_at", "decision_reason")}),
    )
    add_fieldsets = ((None, {"fields": ("request", "individual", "why")}),)
