"""People, their names, contacts and ties."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import SEARCH_VAR
from django.core.exceptions import ValidationError
from django.db.models import Case, Value, When
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _, gettext_lazy

from cases.access.gate import current_actor
from cases.access.roles import Act
from cases.actions import individuals, reads
from cases.admin.attachments import ATTACH
from cases.admin.base import ActionAdmin
from cases.admin.bulk import BulkMixin
from cases.admin.case_page import context_of
from cases.admin.columns import Column, state
from cases.admin.forms import ActionForm
from cases.admin.idempotency import FIELD
from cases.admin.individual_filters import Mine
from cases.admin.merges import MERGE
from cases.admin.widgets import DASH, meanings
from cases.models import Contact, FamilyLink, Individual, IndividualName
from cases.models.names import language_tag
from cases.queries import duplicates
from cases.queries.idempotency import is_spent
from cases.queries.individuals import names_of
from cases.queries.names import find, reasons
from cases.rules import dates
from cases.rules.individuals import looks_like_number
from cases.rules.names.ranking import Wanted
from cases.vocabulary.bulk import BulkAct
from cases.vocabulary.individuals import NamePart
from cases.vocabulary.places import NameKind


def why_found(sought: str, person: Any) -> str:
    """Say which words of a person's names answer a search; nothing for a case number."""
    told = (reasons(sought, name.text) for name in person.names.all() if name.text)
    return next((f"{'; '.join(why)}" for why in told if why), DASH)


def likeliest_first(rows: Any, sought: str) -> Any:
    """Keep the people whom a name, begun or whole, may mean, in the order of likeness."""
    found = [match.person.pk for match in find(sought, is_typed=True)]
    places = [When(pk=pk, then=Value(place)) for place, pk in enumerate(found)]
    return rows.filter(pk__in=found).order_by(Case(*places, default=Value(len(found))))


class IndividualAddForm(ActionForm):
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("One name as the source writes it; more later."),
    )
    name_part = forms.ChoiceField(
        label=gettext_lazy("Name part"),
        choices=NamePart.choices,
        initial=NamePart.FULL,
        help_text=meanings(NamePart, gettext_lazy("Which part of the name this is.")),
    )
    name_language = forms.CharField(
        label=gettext_lazy("Language and script"),
        max_length=35,
        initial="ru-Cyrl",
        required=False,
        validators=[language_tag],
        help_text=gettext_lazy("Such as ru-Cyrl, uk-Cyrl or en-Latn."),
    )
    name_kind = forms.ChoiceField(
        label=gettext_lazy("Name kind"),
        choices=NameKind.choices,
        initial=NameKind.OFFICIAL,
        help_text=meanings(NameKind, gettext_lazy("What kind of name it is.")),
    )
    is_new = forms.BooleanField(
        label=gettext_lazy("This is somebody new"),
        required=False,
        help_text=gettext_lazy("Offered where the name is like one recorded already."),
    )
    candidates: tuple[duplicates.Candidate, ...] = ()

    def _post_clean(self) -> None:
        """Show first who it may be already; whoever says that it is somebody new is believed."""
        is_said = self.cleaned_data.pop("is_new", False) or is_spent(
            str(self.cleaned_data.get(FIELD, "")), by=current_actor()
        )  # sent twice, a form would find the person it has just made
        if not self.errors and self.cleaned_data.get("name"):
            self.candidates = duplicates.among([self.cleaned_data["name"]], self._wanted())
            if self.candidates and not is_said:
                message = _(
                    "Somebody like this is recorded already. Open the case, "
                    "or tick “%(box)s” and save again."
                ) % {"box": self.fields["is_new"].label}
                self.add_error(None, ValidationError(message, code="likely_duplicate"))
        super()._post_clean()

    def _wanted(self) -> Wanted:
        given = self.cleaned_data
        places = [given.get(name) for name in ("home_place", "last_known_place")]
        return Wanted(
            sex=given.get("sex", ""),
            born=dates.bounds(given.get("birth_edtf", "")),
            places=frozenset(place.pk for place in places if place),
        )


class CaseAdmin(ActionAdmin[Any]):
    read_act = Act.READ_CASES
    keep_act = Act.KEEP_CASES


@admin.register(Individual)
class IndividualAdmin(BulkMixin, CaseAdmin):
    has_page = True
    bulk = (BulkAct.ASSIGN, BulkAct.PRIORITY, BulkAct.BATCH, BulkAct.EXPORT)
    add_form = IndividualAddForm
    add_action = staticmethod(individuals.register)
    amend_action = staticmethod(individuals.amend)
    list_display = (
        "case_number",
        Column(
            "names",
            gettext_lazy("names"),
            lambda person: names_of(person) or DASH,
            order=None,
            needs=("names__text",),
        ),
        state("return_status", gettext_lazy("return")),
        state("work_status", gettext_lazy("work")),
        state("priority", gettext_lazy("priority")),
        "assigned_to",
    )
    list_filter = (
        Mine,
        "work_status",
        "return_status",
        "priority",
        "sensitivity",
        "identification",
        "sex",
    )
    list_prefetch = ("names",)
    linked = ("assigned_to",)
    search_fields = ("case_number", "names__search_key")
    search_help_text = gettext_lazy("A case number, or a name in any spelling, Cyrillic or Latin.")
    ordering = ("-updated_at", "id")
    sortable_by = ("case_number",)
    deeds = (ATTACH, MERGE)
    fieldsets = (
        (None, {"fields": ("identification", "sex")}),
        (
            gettext_lazy("Age"),
            {
                "fields": (
                    "birth_edtf",
                    "birth_as_stated",
                    "age_as_stated",
                    "age_as_of_edtf",
                    "age_as_of_as_stated",
                )
            },
        ),
        (
            gettext_lazy("What happened"),
            {
                "fields": (
                    "home_place",
                    "last_known_place",
                    "separation_edtf",
                    "separation_as_stated",
                    "circumstances",
                )
            },
        ),
        (gettext_lazy("The case"), {"fields": ("assigned_to", "priority")}),
        (gettext_lazy("Protection"), {"fields": ("sensitivity", "do_not_share_with")}),
    )
    add_fieldsets = (
        (gettext_lazy("Name"), {"fields": ("name", "name_part", "name_language", "name_kind")}),
        *fieldsets,
    )

    def arguments(self, given: Any) -> dict[str, Any]:
        fields = dict(given)
        name = {
            "text": fields.pop("name"),
            "part": fields.pop("name_part"),
            "language_tag": fields.pop("name_language"),
            "kind": fields.pop("name_kind"),
        }
        return {**fields, "names": [name] if name["text"] else []}

    def page_view(self, request: HttpRequest, pk: Any) -> HttpResponse:
        record = self.reachable(request, pk)
        reads.note(record, by=current_actor())
        return self.rendered(request, "admin/case_page.html", context_of(record))

    def get_list_display(self, request: HttpRequest) -> Any:
        """Say beside each person found why: the reader decides whether it is the one."""
        shown = super().get_list_display(request)
        sought = request.GET.get(SEARCH_VAR, "").strip()
        if not sought or "names" not in {getattr(column, "__name__", "") for column in shown}:
            return shown
        why = Column(
            "why",
            gettext_lazy("why"),
            partial(why_found, sought),
            order=None,
            needs=("names__text",),
        )
        return [*shown[:2], why, *shown[2:]]

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        is_choice = "app_label" in request.GET  # the address of choices names the model
        if is_choice and search_term and not looks_like_number(search_term):
            return likeliest_first(queryset, search_term), False
        return super().get_search_results(request, queryset, search_term)

    def describe(self, record: Any) -> str:
        names = names_of(record)
        return f"{record.case_number} · {names}" if names else str(record.case_number)

    def described(self, rows: Any) -> Any:
        return rows.prefetch_related("names")


@admin.register(IndividualName)
class IndividualNameAdmin(CaseAdmin):
    add_action = staticmethod(individuals.add_name)
    amend_action = staticmethod(individuals.amend_name)
    list_display = ("individual", "text", "part", "language_tag", "kind")
    list_filter = ("part", "kind")
    linked = ("individual",)
    search_fields = ("search_key", "individual__case_number")
    ordering = ("-updated_at", "id")
    sortable_by = ()
    fieldsets = ((None, {"fields": ("individual", "text", "part", "language_tag", "kind")}),)
    fixed = ("individual",)
    parent = "individual"


@admin.register(Contact)
class ContactAdmin(CaseAdmin):
    add_action = staticmethod(individuals.add_contact)
    amend_action = staticmethod(individuals.amend_contact)
    list_display = ("reference", "name", "place", "reached_at")
    list_filter = ("is_confidential", "sensitivity")
    search_fields = ("reference", "search_key")
    search_help_text = gettext_lazy("A reference, or a name in any spelling.")
    ordering = ("reference",)
    fieldsets = (
        (None, {"fields": ("reference", "name", "place", "reached_at")}),
        (gettext_lazy("Protection"), {"fields": ("is_confidential", "sensitivity", "remarks")}),
    )


@admin.register(FamilyLink)
class FamilyLinkAdmin(CaseAdmin):
    add_action = staticmethod(individuals.link_family)
    amend_action = staticmethod(individuals.amend_family_link)
    list_display = (
        "individual",
        "tie",
        "relative",
        "contact",
        state("certainty", gettext_lazy("certainty")),
    )
    list_filter = ("tie", "certainty")
    linked = ("individual",)
    search_fields = ("individual__case_number",)
    ordering = ("-updated_at", "id")
    sortable_by = ()
    fieldsets = (
        (None, {"fields": ("individual", "tie", "relative", "contact")}),
        (gettext_lazy("How sure it is"), {"fields": ("certainty", "statement", "remarks")}),
    )
    fixed = ("individual", "relative", "contact")
    parent = "individual"
