"""Batches, their slots, steps and mediators."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _, gettext_lazy

from cases.access.roles import Act
from cases.actions import batches
from cases.admin import batch_forms, links
from cases.admin.base import ActionAdmin
from cases.admin.batch_page import context_of
from cases.admin.columns import day, state
from cases.admin.deeds import Deed
from cases.admin.forms import ActionForm
from cases.admin.reading import GatedAdmin
from cases.models import BatchSlot, BatchStep, Mediation, RepatriationBatch
from cases.rules.batches import MOST_SLOTS, STARTS, STEPS
from cases.vocabulary.batches import BatchStatus


class BatchAddForm(ActionForm):
    slots = forms.IntegerField(
        label=gettext_lazy("Slots"),
        min_value=0,
        max_value=MOST_SLOTS,
        initial=0,
        required=False,
        help_text=gettext_lazy("How many unnamed places to set up; more can be added later."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        status: Any = self.fields.get("status")
        if status is not None:
            status.widget.choices = [(s.value, s.label) for s in BatchStatus if s in STARTS]


def moved_on(batch: Any) -> str:
    """Say why no step is open."""
    ended = _("“%(status)s” is the end of a batch.") % {"status": batch.get_status_display()}
    return "" if STEPS[batch.status] else ended


def bound(slot: Any) -> str:
    """Say why nobody can be bound."""
    return _("Somebody is bound already. Unbind first.") if slot.individual_id else ""


def unbound(slot: Any) -> str:
    """Say why nobody can be unbound."""
    return "" if slot.individual_id else _("Nobody is bound to it.")


class BatchAdminBase(ActionAdmin[Any]):
    read_act = Act.READ_EVIDENCE
    keep_act = Act.KEEP_BATCHES


@admin.register(RepatriationBatch)
class RepatriationBatchAdmin(BatchAdminBase):
    has_page = True
    add_form = BatchAddForm
    add_action = staticmethod(batches.announce)
    amend_action = staticmethod(batches.amend)
    list_display = (
        "code",
        "title",
        state("status", gettext_lazy("status")),
        "kind",
        "route",
        day("arrived", gettext_lazy("arrived")),
    )
    list_filter = ("status", "kind", "roster_policy", "is_published", "route")
    search_fields = ("code", "title", "mediations__body__names__search_key")
    search_help_text = gettext_lazy("A code, a title, or a mediating body in any spelling.")
    ordering = ("-arrived_latest", "-recorded_at")
    fieldsets = (
        (None, {"fields": ("code", "title", "kind", "roster_policy")}),
        (
            gettext_lazy("The way"),
            {"fields": ("route", "releasing_body", "receiving_body", "destination")},
        ),
        (
            gettext_lazy("When"),
            {
                "fields": (
                    "departed_edtf",
                    "departed_as_stated",
                    "arrived_edtf",
                    "arrived_as_stated",
                )
            },
        ),
        (gettext_lazy("Remarks"), {"fields": ("remarks", "is_published")}),
    )
    add_fieldsets = (
        (None, {"fields": ("code", "title", "kind", "status", "slots", "roster_policy")}),
        *fieldsets[1:],
    )
    deeds = (
        Deed(
            name="move",
            label=gettext_lazy("Move the batch on"),
            intro=gettext_lazy("The step is kept with its date and on whose word it was."),
            act=Act.MOVE_BATCHES,
            do=batches.move,
            source=BatchStep,
            fields=("to_status", "occurred_edtf", "occurred_as_stated", "statement", "remarks"),
            closed=moved_on,
        ),
    )

    def arguments(self, given: Any) -> dict[str, Any]:
        return {**given, "slots": given.get("slots") or 0}

    def page_view(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Show the batch; carry out the form that stands open on its page, if it was sent."""
        record = self.reachable(request, pk)
        opened = batch_forms.opened(request, record)
        if opened and opened.is_done:
            messages.success(request, _("%(act)s: done.") % {"act": opened.title})
            return HttpResponseRedirect(batch_forms.after(record, opened))
        context = context_of(request, record, opened)
        return self.rendered(request, "admin/batch_page.html", context)


@admin.register(BatchSlot)
class BatchSlotAdmin(BatchAdminBase):
    add_action = staticmethod(batches.add_slot)
    amend_action = staticmethod(batches.amend_slot)
    list_display = (
        "__str__",
        "batch",
        "individual",
        "age_class",
        "sex",
        state("presence", gettext_lazy("presence")),
    )
    list_filter = ("presence", "age_class", "sex")
    linked = ("batch",)
    search_fields = ("batch__code",)
    ordering = ("batch", "number")
    fieldsets = ((None, {"fields": ("batch", "number", "age_class", "sex", "presence")}),)
    fixed = ("batch",)
    parent = "batch"
    deeds = (
        Deed(
            name="bind",
            label=gettext_lazy("Bind to a person"),
            intro=gettext_lazy("You say who held this place. No total changes."),
            act=Act.KEEP_BATCHES,
            do=batches.bind,
            source=BatchSlot,
            fields=("individual",),
            required=("individual",),
            closed=bound,
        ),
        Deed(
            name="unbind",
            label=gettext_lazy("Unbind"),
            intro=gettext_lazy("You say that nobody knows who it is after all. The place stays."),
            act=Act.KEEP_BATCHES,
            do=batches.unbind,
            closed=unbound,
        ),
    )

    def get_form(self, request: Any, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002
        form = super().get_form(request, obj, change=change, **kwargs)
        if not change and "number" in form.base_fields:
            form.base_fields["number"].required = False
        return form

    def describe(self, record: Any) -> str:
        return _("%(batch)s, slot %(number)s") % {"batch": record.batch, "number": record.number}

    def described(self, rows: Any) -> Any:
        return rows.prefetch_related("batch")


@admin.register(BatchStep)
class BatchStepAdmin(GatedAdmin[BatchStep]):
    read_act = Act.READ_EVIDENCE
    list_display = (
        "batch",
        state("to_status", gettext_lazy("step")),
        day("occurred", gettext_lazy("occurred")),
        "statement",
    )
    list_filter = ("to_status",)
    linked = ("batch",)
    search_fields = ("batch__code",)
    ordering = ("-recorded_at",)
    fieldsets = (
        (None, {"fields": ("batch", "from_status", "to_status")}),
        (
            gettext_lazy("When, and on whose word"),
            {"fields": ("occurred_edtf", "occurred_as_stated", "statement", "remarks")},
        ),
    )


@admin.register(Mediation)
class MediationAdmin(BatchAdminBase):
    add_action = staticmethod(batches.credit)
    amend_action = staticmethod(batches.amend_mediation)
    list_display = (
        "body",
        state("role", gettext_lazy("role")),
        "batch",
        "negotiation",
        "statement",
    )
    list_filter = ("role", ("body", admin.RelatedOnlyFieldListFilter))
    linked = ("body", "batch", "negotiation", "statement")
    search_fields = ("body__names__search_key", "body__name", "batch__code", "negotiation__title")
    ordering = ("recorded_at",)
    fieldsets = (
        (None, {"fields": ("body", "role", "batch", "negotiation", "statement")}),
        (gettext_lazy("Who may read it"), {"fields": ("is_published",)}),
    )

    def home_of(self, record: Any) -> str | None:
        above = record.batch if record.batch_id else record.negotiation
        return None if above is None else links.url_of(above)

    def describe(self, record: Any) -> str:
        where = record.batch if record.batch_id else record.negotiation
        return f"{record.body}: {record.get_role_display().lower()} – {where} ({record.statement})"

    def described(self, rows: Any) -> Any:
        return rows.prefetch_related("body", "batch", "negotiation", "statement")
