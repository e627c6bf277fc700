"""What every admin of ours reads, and how: through the gate, without masked fields."""

# ruff: noqa: ARG002 - the signatures are Django's

from typing import Any, ClassVar, TypeVar

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ORDER_VAR, ChangeList
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import Field
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from cases.access.doors import guarded
from cases.access.gate import can, current_actor
from cases.access.roles import Act
from cases.admin import links, masking, searching
from cases.admin.choosers import OneOfMany
from cases.admin.forms import CARRIED
from cases.admin.paging import BoundedPaginator
from cases.admin.widgets import AmountField, DayField, WholeNumberField, dress
from cases.models import AuditEntry
from cases.models.gate import reads_masked

M = TypeVar("M", bound=models.Model)


class GatedList(ChangeList):
    """A list whose related rows come through the gate: a join would bring them past it."""

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> Any:
        """Narrow only among the rows in which the reader may read what the filters ask of."""
        rows = super().get_queryset(request, exclude_parameters)
        return rows.filter(masking.answering(self.model, self.list_filter, request.GET))

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        if not self.result_count:  # nobody is looked for a second time
            self.result_list = self.result_list.none()

    def get_ordering(self, request: HttpRequest, queryset: Any) -> Any:
        """Order by what may be ordered by: Django asks it of the headings only."""
        sortable = None if self.sortable_by is None else set(self.sortable_by)
        asked = [part for part in self.params.get(ORDER_VAR, "").split(".") if part]
        kept = [part for part in asked if sortable is None or self._column(part) in sortable]
        self.params = {**self.params, ORDER_VAR: ".".join(kept)}
        return super().get_ordering(request, queryset)

    def _column(self, part: str) -> Any:
        number = part.lstrip("-")
        is_known = number.isascii() and number.isdigit() and len(number) < len("100")
        return dict(enumerate(self.list_display)).get(int(number) if is_known else -1)

    def apply_select_related(self, qs: Any) -> Any:
        names = [name for name in self.list_display if isinstance(name, str)]
        relations = [name for name in names if _is_foreign_key(self.model, name)]
        return qs.prefetch_related(*relations, *self.model_admin.list_prefetch)  # type: ignore[attr-defined]

    def url_for_result(self, result: Any) -> str:
        return links.url_of(result)


def _is_foreign_key(model: type[models.Model], name: str) -> bool:
    return any(
        field.name == name and field.many_to_one
        for field in model._meta.get_fields()
        if not field.auto_created
    )


@guarded
class GatedAdmin(admin.ModelAdmin[M]):
    """Reads only; each role sees what the gate and its clearance let through."""

    read_act: ClassVar[Act]
    needs: ClassVar[masking.Needs] = {}
    """For a column of ours, the fields it reads."""
    linked: ClassVar[tuple[str, ...]] = ()
    """Look-ups that our own links use, beside the declared filters."""
    list_prefetch: ClassVar[tuple[str, ...]] = ()
    has_page: ClassVar[bool] = False

    actions = None
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER  # a count beside each choice tells of what is masked
    paginator = BoundedPaginator
    list_per_page = 50
    list_max_show_all = 50
    view_on_site = False
    formfield_overrides: ClassVar[Any] = {
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"})},
        models.DateTimeField: {
            "form_class": forms.DateTimeField,
            "widget": forms.DateTimeInput(
                attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
            ),
        },
        models.URLField: {"assume_scheme": "https"},
        models.DateField: {"form_class": DayField},
        models.IntegerField: {"form_class": WholeNumberField},
        models.DecimalField: {"form_class": AmountField},
    }

    # --- Who may ---

    def has_view_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return can(current_actor(), self.read_act)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return False

    # --- Nothing masked ---

    def get_list_display(self, request: HttpRequest) -> Any:
        columns = super().get_list_display(request)
        shown = masking.readable(self.model, columns, self.needs)
        withheld = self.model.masked_in_lists()  # type: ignore[attr-defined]
        return [name for name in shown if not masking.rests_on(name, withheld)] or ["__str__"]

    def get_list_filter(self, request: HttpRequest) -> Any:
        return masking.readable(self.model, super().get_list_filter(request), self.needs)

    def get_search_fields(self, request: HttpRequest) -> Any:
        return masking.readable(self.model, super().get_search_fields(request), {})

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        return masking.readable(self.model, super().get_ordering(request), {})

    def get_sortable_by(self, request: HttpRequest) -> Any:
        """Leave out what is read in some rows only: the order would tell of the others."""
        return masking.even(self.model, super().get_sortable_by(request))

    def get_fieldsets(self, request: HttpRequest, obj: M | None = None) -> Any:
        fieldsets = masking.readable_fieldsets(
            self.model, super().get_fieldsets(request, obj), self.needs
        )
        return masking.without(fieldsets, getattr(obj, "taken_out", frozenset()))

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        is_text = "\x00" not in str(value)  # PostgreSQL stops at it
        if request is None or not is_text or reads_masked(self.model, lookup):
            return False
        declared = [f[0] if isinstance(f, tuple) else f for f in self.get_list_filter(request)]
        own = {getattr(f, "parameter_name", None) for f in declared}  # a filter of ours answers it
        if lookup in own - {None}:
            return True
        named = {*self.linked, *(name for name in declared if isinstance(name, str))}
        ends = ("", "__exact", "__id__exact", "__isnull")
        return lookup in {f"{name}{end}" for name in named for end in ends}

    def to_field_allowed(self, request: HttpRequest, to_field: str) -> bool:
        return to_field == self.opts.pk.name

    # --- Lists and searches ---

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return GatedList

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet[M], search_term: str
    ) -> tuple[models.QuerySet[M], bool]:
        """Search by sub-queries: no row comes twice, so none need be told apart from its twin."""
        return searching.narrowed(queryset, self.get_search_fields(request), search_term), False

    def describe(self, record: Any) -> str:
        """Say in one line which record it is, for choices and panels."""
        return str(record)

    def described(self, rows: Any) -> Any:
        """Bring along what :meth:`describe` reads."""
        return rows

    # --- Fields ---

    def get_autocomplete_fields(self, request: HttpRequest) -> Any:
        return [f.name for f in self.opts.get_fields() if f.many_to_one and f.concrete]

    def formfield_for_dbfield(
        self, db_field: Any, request: Any, **kwargs: Any
    ) -> forms.Field | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None:
            dress(db_field, field)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_change_related = field.widget.can_view_related = False
        return field

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        above = self.admin_site.get_model_admin(db_field.remote_field.model)
        kwargs["queryset"] = above.described(db_field.remote_field.model._default_manager.all())  # type: ignore[attr-defined]
        kwargs["widget"] = OneOfMany(db_field, self.admin_site)
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        missing = db_field.error_messages["null"]
        if field is not None and missing != Field.default_error_messages["null"]:
            field.error_messages["required"] = missing  # the model's own sentence, as in the API
        field.label_from_instance = above.describe  # type: ignore[attr-defined, method-assign, union-attr]
        return field

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        form = self.get_form(request, None, change=False)()
        return self.prefilled(request, form)

    def prefilled(self, request: HttpRequest, form: forms.BaseForm) -> dict[str, Any]:
        """Take from the address what its fields would accept: a foreign id stays blank."""
        given = {}
        for name, field in form.fields.items():
            if name in CARRIED or name not in request.GET:
                continue
            try:
                field.clean(request.GET[name])
            except (ValidationError, ValueError, TypeError):
                continue
            given[name] = request.GET[name]
        return given

    # --- Pages ---

    def get_urls(self) -> list[URLPattern]:
        urls = [url for url in super().get_urls() if not str(url.name).endswith("_delete")]
        if not self.has_page:
            return urls
        view = self.admin_site.admin_view(self.page_view)
        name = f"cases_{self.opts.model_name}_page"
        return [path("<uuid:pk>/", view, name=name), *urls]

    def page_view(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Show the record's own page; admins that have one say what is on it."""
        raise Http404

    def reachable(self, request: HttpRequest, pk: Any) -> Any:
        """Give a record within reach; any other is not there.

        :raises Http404: for a foreign record and for a random id alike.
        """
        if not self.has_view_permission(request):
            raise PermissionDenied
        record: Any = self.get_object(request, str(pk))
        if record is None:
            raise Http404
        return record

    def refused(self, request: HttpRequest) -> HttpResponse:
        raise PermissionDenied

    def rendered(self, request: HttpRequest, template: str, context: Any) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts}
        request.current_app = self.admin_site.name
        return TemplateResponse(request, template, {**shared, **context})

    def _get_obj_does_not_exist_redirect(self, *_args: Any) -> HttpResponse:
        raise Http404

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """Show the trail of one record, to those who may read the trail."""
        if not can(current_actor(), Act.READ_TRAIL):
            raise PermissionDenied
        record = self.reachable(request, object_id)
        entries = AuditEntry.objects.filter(target_id=record.pk).order_by("-number")[:200]
        context = {"title": _("Audit trail"), "original": record, "entries": entries}
        return self.rendered(request, "admin/trail.html", context)

    # --- Django's own log is not kept: the trail is ---

    def log_addition(self, *_args: Any) -> None:  # type: ignore[override]
        """Write nothing: the action has written to the trail."""

    def log_change(self, *_args: Any) -> None:  # type: ignore[override]
        """Write nothing: the action has written to the trail."""

    def log_deletions(self, *_args: Any) -> None:  # type: ignore[override]
        """Write nothing: nothing is deleted."""
