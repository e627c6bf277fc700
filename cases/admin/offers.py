"""What other registries tell of people: looked at one by one, and taken, noted or left."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from cases.access.gate import can, current_actor, require
from cases.access.roles import Act
from cases.actions import offers
from cases.admin import links
from cases.admin.idempotency import KeyField
from cases.admin.offer_words import WORDS
from cases.admin.refusals import ActionMixin
from cases.admin.sign_in import page
from cases.models import Individual, PersonOffer
from cases.models.offers import LONGEST_REASON
from cases.queries import offers as queries
from cases.queries.individuals import names_of
from cases.vocabulary.offers import OfferState

LONGEST_NUMBER = 20


@dataclass(frozen=True)
class Maybe:
    """A case that a record may be about, and why."""

    number: str
    names: str
    url: str
    reasons: str
    likeness: int | None = None


def may_look() -> bool:
    """Say whether whoever acts may decide of what other registries tell."""
    return can(current_actor(), Act.KEEP_CASES)


def show_all(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """List the records that wait."""
    require(current_actor(), Act.KEEP_CASES)
    context = {"title": _("People of other registries"), "rows": queries.waiting()}
    return page(site, request, "admin/offers.html", context)


def show(site: AdminSite, request: HttpRequest, offer_id: UUID) -> HttpResponse:
    """Show one record beside the cases that it may be about, and take the decision."""
    require(current_actor(), Act.KEEP_CASES)
    row = queries.offer(offer_id)
    if row is None:
        raise Http404
    form = _form(row, request)
    if form is not None and form.is_valid():
        return _gone_on(request, form.outcome)
    if row.state != OfferState.OFFERED:
        return _over(site, request, row)
    return _shown(site, request, row, form)


def _form(row: PersonOffer, request: HttpRequest) -> Any:
    """Give the form whose button was pressed."""
    if request.method != "POST":
        return None
    kinds = {"take": TakeForm, "note": NoteForm, "leave": LeaveForm}
    chosen = next((kind for name, kind in kinds.items() if name in request.POST), LeaveForm)
    return chosen(row, request.POST)


def _gone_on(request: HttpRequest, outcome: Any) -> HttpResponse:
    if isinstance(outcome, Individual):
        messages.success(request, _("It is on %(case)s now.") % {"case": outcome})
        return HttpResponseRedirect(links.url_of(outcome))
    messages.success(request, _("It is left, and what it said is deleted."))
    return HttpResponseRedirect(reverse("admin:offers"))


def _over(site: AdminSite, request: HttpRequest, row: PersonOffer) -> HttpResponse:
    context = {
        "title": _("A person of another registry"),
        "row": row,
        "why": _(row.reason) if row.reason else "",
        "already": list(_already(row)),
    }
    return page(site, request, "admin/offer.html", context)


def _shown(site: AdminSite, request: HttpRequest, row: PersonOffer, form: Any) -> HttpResponse:
    record = queries.record_of(row)
    offers.note_read(row, by=current_actor())
    already = list(_already(row))
    known = {one.number for one in already}
    forms_ = {
        name: form if isinstance(form, kind) else kind(row)
        for name, kind in (("take", TakeForm), ("note", NoteForm), ("leave", LeaveForm))
    }
    context = {
        "title": _("A person of another registry"),
        "row": row,
        "version": record.version,
        "facts": _facts(record.fields),
        "notes": [_facts(note) for note in record.notes],
        "has_person": record.has_person,
        "already": already,
        "alike": [one for one in _alike(record) if one.number not in known],
        "forms": forms_,
        "faults": form.non_field_errors() if form is not None else (),
    }
    return page(site, request, "admin/offer.html", context)


def _facts(part: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(str(WORDS.get(name, name)), text) for name, text in part.items()]


def _already(row: PersonOffer) -> Iterator[Maybe]:
    for person in queries.already_of(row):
        yield Maybe(person.case_number, names_of(person), links.url_of(person), "")


def _alike(record: Any) -> Iterator[Maybe]:
    for one in queries.alike(record):
        reasons = "; ".join(str(reason) for reason in one.reasons)
        person = one.person
        names = " · ".join(one.names)
        yield Maybe(person.case_number, names, links.url_of(person), reasons, one.likeness)


class _Decision(ActionMixin, forms.Form):
    once = KeyField()

    def __init__(self, row: PersonOffer, *args: Any) -> None:
        super().__init__(*args)
        self.row, self.address = row, f"offer {row.pk} {type(self).__name__}"


class TakeForm(_Decision):
    """Takes a record in as a new case."""

    def perform(self, _form: Any) -> Individual:
        return offers.register(self.row, by=current_actor())


class NoteForm(_Decision):
    """Writes a record on a case that is there."""

    case = forms.CharField(
        label=gettext_lazy("Case number"),
        max_length=LONGEST_NUMBER,
        help_text=gettext_lazy("Of a case of your organisation, such as C-000042-69."),
    )

    def perform(self, form: Any) -> Individual:
        person = queries.case_numbered(form.cleaned_data["case"])
        if person is None:
            message = _("There is no such case, or none that you may see.")
            raise ValidationError({"case": ValidationError(message, code="not_found")})
        return offers.note(self.row, by=current_actor(), individual=person)


class LeaveForm(_Decision):
    """Leaves a record."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=LONGEST_REASON,
        help_text=gettext_lazy("Why nothing is taken, such as: nobody of ours."),
    )

    def perform(self, form: Any) -> PersonOffer:
        return offers.leave(self.row, by=current_actor(), reason=form.cleaned_data["reason"])
