"""Two cases side by side, for somebody to say whether they are one person."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from cases.access.gate import current_actor, require
from cases.access.roles import Act
from cases.actions import duplicates, reads
from cases.admin import case_page, links
from cases.admin.idempotency import KeyField
from cases.admin.refusals import ActionMixin
from cases.models import DuplicateDecision, Individual
from cases.models.duplicates import LONGEST_REASON
from cases.queries import case_file, duplicates as queries
from cases.queries.individuals import names_of
from cases.rules.duplicates import in_order
from cases.rules.numbers import grouped
from cases.vocabulary.duplicates import Verdict
from cases.vocabulary.individuals import Sex

Pair = tuple[UUID, UUID]


@dataclass(frozen=True)
class Line:
    """One thing recorded of both: alike, different, or known of one only."""

    label: str
    first: str
    second: str

    @property
    def mark(self) -> str:
        if self.first == self.second:
            return "same"
        return "differs" if self.first and self.second else "one"


@dataclass(frozen=True)
class Queue:
    """Where a pair stands among those that wait."""

    pairs: list[Pair]
    at: int | None

    @property
    def left(self) -> str:
        most, number = queries.MOST_WAITING, len(self.pairs)
        if number > most:
            return _("more than %(count)s left") % {"count": grouped(most)}
        return ngettext("%(count)s left", "%(count)s left", number) % {"count": grouped(number)}

    def beside(self, step: int) -> str:
        """Address the pair before or after; nothing where there is none."""
        at = 0 if self.at is None and step > 0 else (self.at or 0) + step
        others = 0 <= at < len(self.pairs) and at != self.at
        return links.pair_of(*self.pairs[at]) if others else ""


class DecisionForm(ActionMixin, forms.Form):
    """Says of two cases whether they are one person."""

    verdict = forms.ChoiceField(label=gettext_lazy("Verdict"), choices=Verdict.choices)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=LONGEST_REASON,
        required=False,
        help_text=gettext_lazy("What it rests on; may be left empty."),
    )
    once = KeyField()


def show(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """Lead to the likeliest pair that waits, or say that none does."""
    require(current_actor(), Act.MERGE_CASES)
    queue = _queue()
    if queue.pairs:
        return HttpResponseRedirect(links.pair_of(*queue.pairs[0]))
    context = {"title": _("Duplicates"), "queue": queue, "to_merge": list(_to_merge())}
    return _page(site, request, "admin/duplicates.html", context)


def pair(site: AdminSite, request: HttpRequest, pk: UUID, other: UUID) -> HttpResponse:
    """Show two cases side by side, and take the decision."""
    require(current_actor(), Act.MERGE_CASES)
    first, second = _people(pk, other)
    queue = _queue((first.pk, second.pk))
    form = _form(first, second, request)
    if request.method == "POST" and form.is_valid():
        verdict = form.outcome.get_verdict_display()
        told = {"verdict": verdict, "first": first, "second": second}
        messages.success(request, _("%(verdict)s: %(first)s and %(second)s.") % told)
        return HttpResponseRedirect(queue.beside(1) or reverse("admin:duplicates"))
    for person in (first, second):
        reads.note(person, by=current_actor())
    context = {
        "title": _both(str(first), str(second)),
        "people": [(one, links.url_of(one), _merge_into(one, two))
                   for one, two in ((first, second), (second, first))],
        "lines": list(_lines(first, second)),
        "reasons": _reasons(first, second),
        "decision": queries.standing(first, second),
        "form": form,
        "queue": queue,
        "previous": queue.beside(-1),
        "next": queue.beside(1),
        "to_merge": list(_to_merge()),
    }  # fmt: skip
    return _page(site, request, "admin/duplicates.html", context)


def _people(one: UUID, other: UUID) -> list[Individual]:
    """Give two cases of one's own organisation.

    :raises Http404: where one is not there, or not one's own.
    """
    own = Individual.objects.filter(organisation=current_actor().organisation_id)
    found = own.in_bulk([one, other])
    if len(found) != 2:  # noqa: PLR2004 - a pair
        raise Http404
    return [found[key] for key in in_order(one, other)]


def _queue(now: Pair | None = None) -> Queue:
    pairs = queries.waiting()
    return Queue(pairs, pairs.index(now) if now in pairs else None)


def _form(first: Individual, second: Individual, request: HttpRequest) -> DecisionForm:
    form = DecisionForm(request.POST or None)
    form.address = f"duplicates: {first.pk} {second.pk}"
    form.perform = partial(_decide, first, second)
    return form


def _decide(first: Individual, second: Individual, form: DecisionForm) -> DuplicateDecision:
    given = form.cleaned_data
    return duplicates.decide(
        first,
        by=current_actor(),
        other=second,
        verdict=given["verdict"],
        reason=given["reason"],
    )


def _merge_into(kept: Individual, duplicate: Individual) -> str:
    return links.deed_of(kept, "merge", duplicate=duplicate.pk)


def _to_merge() -> Iterator[tuple[str, str]]:
    for row in queries.to_merge():
        first, second = (f"{one} {names_of(one)}".strip() for one in (row.first, row.second))
        yield _both(first, second), links.pair_of(row.first_id, row.second_id)


def _both(first: str, second: str) -> str:
    return _("%(first)s and %(second)s") % {"first": first, "second": second}


def _reasons(first: Individual, second: Individual) -> tuple[str, ...]:
    """Say why the two look alike, from whichever of the two it shows."""
    for one, other in ((first, second), (second, first)):
        for found in queries.of(one):
            if found.person.pk == other.pk:
                return found.reasons
    return ()


def _lines(first: Individual, second: Individual) -> Iterator[Line]:
    told = [dict(_told(person)) for person in (first, second)]
    for label in dict.fromkeys([*told[0], *told[1]]):
        yield Line(label, told[0].get(label, ""), told[1].get(label, ""))


def _told(person: Individual) -> Iterable[tuple[str, str]]:
    file = case_file.of(person)
    yield _("Names"), "\n".join(dict.fromkeys(name.text for name in file.names))
    yield from (fact for fact in case_page.facts(person) if fact[1] != str(Sex.UNKNOWN.label))
    yield _("Return"), person.get_return_status_display()
    yield _("Work"), person.get_work_status_display()
    yield _("Family"), "\n".join(f"{tie.tie}: {tie.relative}" for tie in file.family)
    yield (
        _("Batches"),
        "\n".join(
            _("%(batch)s, slot %(number)s") % {"batch": slot.batch, "number": slot.number}
            for slot in file.slots
        ),
    )
    yield _("Steps"), "\n".join(f"{step.after} {step.occurred}".strip() for step in file.steps)
    yield _("Notes"), "\n".join(note.text for note in file.notes)
    yield _("Recorded"), date_format(person.recorded_at)


def _page(site: AdminSite, request: HttpRequest, template: str, context: Any) -> HttpResponse:
    request.current_app = site.name
    return TemplateResponse(request, template, {**site.each_context(request), **context})
