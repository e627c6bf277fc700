"""The gated base of every admin: reads through the gate, writes through actions only."""

# ruff: noqa: ARG002 - the signatures are Django's

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, ClassVar, TypeVar

from django.contrib import messages
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from cases.access.gate import can, current_actor
from cases.access.roles import Act
from cases.actions import reads
from cases.admin import links, reading
from cases.admin.deeds import Deed, buttons, form_for, initial_of, may
from cases.admin.forms import CARRIED, ActionForm, DeedForm
from cases.admin.panels import Panel, shown

M = TypeVar("M", bound=models.Model)
Action = Callable[..., Any]


class ActionAdmin(reading.GatedAdmin[M]):
    """Adds and changes through the model's actions; declares them, and never saves by itself."""

    form = ActionForm  # type: ignore[assignment]
    add_form: ClassVar[type[ActionForm]] = ActionForm
    add_fieldsets: ClassVar[Any] = None
    keep_act: ClassVar[Act]
    add_action: ClassVar[Action | None] = None
    amend_action: ClassVar[Action | None] = None
    fixed: ClassVar[tuple[str, ...]] = ()
    """Fields that are given once: shown and no longer asked for on a change."""
    parent: ClassVar[str] = ""
    """The foreign key to the record on whose page this one is shown."""
    deeds: ClassVar[tuple[Deed, ...]] = ()
    panels: ClassVar[tuple[Panel, ...]] = ()

    # --- Who may ---

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.add_action is not None and can(current_actor(), self.keep_act)

    def has_change_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        if self.amend_action is None or not can(current_actor(), self.keep_act):
            return False
        owner = getattr(obj, "organisation_id", None)
        return owner is None or owner == current_actor().organisation_id

    # --- The form ---

    def get_fieldsets(self, request: HttpRequest, obj: M | None = None) -> Any:
        if obj is None and self.add_fieldsets is not None:
            return self.add_fieldsets
        return super().get_fieldsets(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: M | None = None) -> Any:
        own = super().get_readonly_fields(request, obj)
        return own if obj is None else [*own, *self.fixed]

    def get_form(
        self, request: HttpRequest, obj: M | None = None, change: Any = None, **kwargs: Any
    ) -> Any:
        kwargs.setdefault("form", self.form if change else self.add_form)
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.perform = self._amend if change else self._add
        return form

    def arguments(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Turn what an add form asked for into the arguments of its action."""
        return dict(given)

    def _add(self, form: ActionForm) -> Any:
        action = type(self).add_action
        return action and action(by=current_actor(), **self.arguments(form.cleaned_data))

    def _amend(self, form: ActionForm) -> Any:
        # A fresh row: a refused action leaves its changes on the instance, which is shown again.
        record = self.model._default_manager.get(pk=form.instance.pk)
        changes = {n: value for n, value in form.cleaned_data.items() if n not in CARRIED}
        version = form.cleaned_data["version"]
        action = type(self).amend_action
        return action and action(record, by=current_actor(), version=version, **changes)

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:  # noqa: FBT001
        return form.save(commit=False)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        """Do nothing: the form has acted already, in its last step of validation."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        """Do nothing: related rows have their own actions."""

    # --- Where to go next ---

    def home_of(self, record: Any) -> str | None:
        """Address the page on which a record is shown after it was saved."""
        if self.has_page:
            return links.url_of(record)
        above = getattr(record, self.parent) if self.parent else None
        return links.url_of(above) if above is not None else None

    def response_post_save_add(self, request: HttpRequest, obj: M) -> HttpResponseRedirect:
        return self._home(obj) or super().response_post_save_add(request, obj)

    def response_post_save_change(self, request: HttpRequest, obj: M) -> HttpResponseRedirect:
        return self._home(obj) or super().response_post_save_change(request, obj)

    def _home(self, record: M) -> HttpResponseRedirect | None:
        home = self.home_of(record)
        return HttpResponseRedirect(home) if home else None

    # --- Acts that are not edits, and related rows ---

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.deed_view)
        name = f"cases_{self.opts.model_name}_deed"
        return [path("<uuid:pk>/do/<slug:name>/", view, name=name), *super().get_urls()]

    def deed_view(self, request: HttpRequest, pk: Any, name: str) -> HttpResponse:
        """Ask, act, and go back to the record."""
        record = self.reachable(request, pk)
        deed = next((deed for deed in self.deeds if deed.name == name), None)
        if deed is None:
            raise Http404
        if not may(deed, record):
            return self.refused(request)
        callback = partial(self.formfield_for_dbfield, request=request)
        form_class = form_for(deed, record, callback)
        if deed.takes_over:
            reads.note(record, by=current_actor())
        initial = {**initial_of(deed, record), **self.prefilled(request, form_class())}
        form = form_class(request.POST or None, request.FILES or None, initial=initial)
        if request.method == "POST" and form.is_valid():
            messages.success(request, _("%(act)s: done.") % {"act": deed.label})
            return HttpResponseRedirect(self._after(record, form))
        return self._deed_page(request, deed, record, form)

    def _after(self, record: Any, form: DeedForm) -> str:
        landing = form.outcome if isinstance(form.outcome, self.model) else record
        home = self.home_of(landing)
        return home or links.page_of(self.model, landing.pk)

    def _deed_page(
        self, request: HttpRequest, deed: Deed, record: Any, form: DeedForm
    ) -> HttpResponse:
        context = {
            "title": deed.label,
            "deed": deed,
            "original": record,
            "form": form,
            "back": self.home_of(record) or links.page_of(self.model, record.pk),
            "closed": deed.closed(record),
            "media": self.media + form.media,
        }
        return self.rendered(request, "admin/deed.html", context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        record = kwargs.get("obj")
        if record is not None:
            reads.note(record, by=current_actor())
            context["may_read_trail"] = can(current_actor(), Act.READ_TRAIL)
            context["deeds"] = buttons(self.deeds, record)
            context["panels"] = shown(self.panels, record, self.admin_site, request)
            context["page_url"] = links.url_of(record) if self.has_page else None
        context["list_url"] = reverse(f"admin:cases_{self.opts.model_name}_changelist")
        return super().render_change_form(request, context, *args, **kwargs)
