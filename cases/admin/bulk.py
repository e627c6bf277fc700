"""Many rows at once: chosen in a list, looked over, confirmed, and followed to the end."""

from collections.abc import Iterator
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import AdminSite
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from cases import clock
from cases.access.gate import can, current_actor
from cases.access.roles import POWERS, Act
from cases.actions import bulk
from cases.admin import links
from cases.admin.idempotency import KeyField
from cases.admin.refusals import ActionMixin
from cases.admin.sign_in import page
from cases.exchange.downloads import response_of
from cases.exchange.individuals import file_of
from cases.filters import values
from cases.jobs.bulk import go_on
from cases.models import BulkRun, RepatriationBatch, User
from cases.queries import bulk as runs
from cases.rules.bulk import MOST_ROWS
from cases.vocabulary.batches import BatchStatus
from cases.vocabulary.bulk import BulkAct, BulkState
from cases.vocabulary.individuals import Priority
from cases.vocabulary.organisations import Role

AT_ONCE = 2.0
"""Seconds for which the page itself does rows; the worker does the rest."""
LOOK_AGAIN = 5
_ENDED = (BatchStatus.CLOSED, BatchStatus.CANCELLED, BatchStatus.FAILED)


# --- In the list ---


class BulkMixin(admin.ModelAdmin[Any]):
    """A list whose rows can be chosen, which leads to a page that asks before anything is done."""

    bulk: ClassVar[tuple[BulkAct, ...]] = ()

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:  # noqa: ARG002 - Django's
        offered = (act for act in self.bulk if can(current_actor(), bulk.NEEDED[act]))
        return {act.value: (None, act.value, str(act.label)) for act in offered}

    def response_action(self, request: HttpRequest, queryset: Any) -> Any:  # type: ignore[override]
        """Keep what was chosen, with the versions that stand, and go to the page that asks."""
        name = request.POST.get("action", "")
        if name not in self.get_actions(request):
            messages.warning(request, _("Choose what is to be done with the rows."))
            return None
        try:
            chosen = _all(queryset) if _is_across(request) else _ticked(self, request)
            run = bulk.select(by=current_actor(), act=BulkAct(name), rows=chosen)
        except ValidationError as refusal:
            messages.warning(request, refusal.messages[0])
            return None
        return HttpResponseRedirect(reverse("admin:bulk", args=[run.pk]))


def _is_across(request: HttpRequest) -> bool:
    return request.POST.get("select_across") == "1"


def _all(rows: Any) -> list[tuple[UUID, int]]:
    """Take all that the list shows on its pages; one too many where they are too many."""
    return list(rows.order_by("pk").values_list("pk", "version").distinct()[: MOST_ROWS + 1])


def _ticked(model_admin: Any, request: HttpRequest) -> list[tuple[UUID, int]]:
    """Take the ticked rows; one that is gone meanwhile is kept, to be told of."""
    keys = list(dict.fromkeys(_keys(request.POST.getlist(ACTION_CHECKBOX_NAME))))
    rows = model_admin.model._default_manager.filter(pk__in=keys)
    versions = dict(rows.values_list("pk", "version"))
    return [(key, versions.get(key, 1)) for key in keys]


def _keys(given: list[str]) -> Iterator[UUID]:
    for text in given:
        try:
            yield values.key(text)
        except ValidationError:
            continue


# --- What is asked ---


class GivenForm(forms.Form):
    """What an act needs besides its rows; most need nothing."""


def colleagues() -> Any:
    """Give those who may be given work: the active staff of one's organisation who keep cases."""
    roles = [role for role, powers in POWERS.items() if Act.KEEP_TASKS in powers.acts]
    rows = User.objects.filter(is_active=True, role__in=roles).exclude(role=Role.PARTNER)
    return rows.filter(organisation=current_actor().organisation_id).order_by("name", "pk")


class AssignForm(GivenForm):
    assigned_to: Any = forms.ModelChoiceField(
        label=gettext_lazy("Assigned to"),
        queryset=None,
        required=False,
        empty_label=gettext_lazy("Nobody"),
        help_text=gettext_lazy("Who works on them from now on."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assigned_to"].queryset = colleagues()  # type: ignore[attr-defined]


class PriorityForm(GivenForm):
    priority = forms.ChoiceField(label=gettext_lazy("Priority"), choices=Priority.choices)


class BatchForm(GivenForm):
    batch: Any = forms.ModelChoiceField(
        label=gettext_lazy("Batch"),
        queryset=None,
        help_text=gettext_lazy(
            "Each person gets an unnamed slot, or a new one where all have their name."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = RepatriationBatch.objects.filter(organisation=current_actor().organisation_id)
        field: Any = self.fields["batch"]
        field.queryset = own.exclude(status__in=_ENDED).order_by("-updated_at", "pk")
        field.label_from_instance = _batch_in_words


def _batch_in_words(batch: RepatriationBatch) -> str:
    title = "" if "title" in batch.unread_fields() else batch.title
    return f"{batch} {title} ({batch.get_status_display()})"


FORMS: dict[str, type[GivenForm]] = {
    BulkAct.ASSIGN: AssignForm,
    BulkAct.ASSIGN_TASKS: AssignForm,
    BulkAct.PRIORITY: PriorityForm,
    BulkAct.BATCH: BatchForm,
}


def confirming(run: BulkRun) -> type[Any]:
    """Build the form that carries a run out: what the page asked before, and a one-time key."""
    asked = FORMS.get(run.act, GivenForm)

    class Confirm(ActionMixin, asked):  # type: ignore[misc, valid-type]
        once = KeyField()
        address = f"bulk run {run.pk}"

        def perform(self, form: Any) -> None:
            bulk.start(run, by=current_actor(), **form.cleaned_data)

    return Confirm


# --- The page ---


def show(site: AdminSite, request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Ask what is missing, say what would happen, carry it out, and say how far it has come."""
    run = runs.own(run_id)
    if run is None:
        raise Http404
    if request.method == "POST" and run.state == BulkState.SELECTED:
        return _confirmed(site, request, run)
    if run.state != BulkState.SELECTED:
        return _followed(site, request, run)
    form = FORMS.get(run.act, GivenForm)(request.GET if _is_told(request, run) else None)
    return _asked(site, request, run, form)


def _is_told(request: HttpRequest, run: BulkRun) -> bool:
    return run.act not in FORMS or bool(FORMS[run.act].base_fields.keys() & request.GET.keys())


def _asked(site: AdminSite, request: HttpRequest, run: BulkRun, form: Any) -> HttpResponse:
    is_told = form.is_bound and form.is_valid()
    given = {name: form.cleaned_data[name] for name in form.cleaned_data} if is_told else {}
    given.pop("once", None)
    context = {
        "form": form,
        "forecast": runs.forecast(run, **given) if is_told else None,
        "chosen": runs.progress(run).total,
        "confirm": confirming(run)() if is_told else None,
        "told": [(name, _in_form(value)) for name, value in given.items()],
    }
    return _page(site, request, "admin/bulk.html", run, context)


def _in_form(value: Any) -> str:
    return str(getattr(value, "pk", value) or "")


def _confirmed(site: AdminSite, request: HttpRequest, run: BulkRun) -> HttpResponse:
    if run.act == BulkAct.EXPORT:
        return _exported(run)
    form = confirming(run)(request.POST)
    if not form.is_valid():
        return _asked(site, request, run, form)
    started = runs.own(run.pk)
    if started is not None:
        go_on(started, for_seconds=AT_ONCE)
    return HttpResponseRedirect(reverse("admin:bulk", args=[run.pk]))


def _exported(run: BulkRun) -> HttpResponse:
    found = runs.rows_of(run, runs.items_of(run), "names", "assigned_to")
    bulk.export(run, by=current_actor(), found=list(found))
    return response_of(file_of(found.values(), f"cases-{clock.today():%Y-%m-%d}.csv"))


def _followed(site: AdminSite, request: HttpRequest, run: BulkRun) -> HttpResponse:
    context = {"progress": runs.progress(run), "is_running": run.state == BulkState.RUNNING}
    answer = _page(site, request, "admin/bulk_progress.html", run, context)
    if run.state == BulkState.RUNNING:
        answer.headers["Refresh"] = str(LOOK_AGAIN)
    return answer


def _page(
    site: AdminSite, request: HttpRequest, template: str, run: BulkRun, context: dict[str, Any]
) -> HttpResponse:
    model = runs.model_of(run.act)
    shared = {
        "title": run.get_act_display(),
        "run": run,
        "rows": model._meta.verbose_name_plural,
        "list_url": links.list_of(model),
    }
    return page(site, request, template, {**shared, **context})
