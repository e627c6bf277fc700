"""Batches by how far slots and claims are apart, the grid of one, and what would close it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _, ngettext

from cases import clock
from cases.dashboards import forms
from cases.dashboards.cards import Card, card
from cases.dashboards.pages import page
from cases.models import RepatriationBatch
from cases.queries import gaps, reconciliation
from cases.queries.gaps import Gap
from cases.queries.reconciliation import Comparison, Group
from cases.vocabulary.batches import ReconciliationState

_OFF = frozenset({ReconciliationState.SHORT, ReconciliationState.OVER})


@dataclass(frozen=True)
class Line:
    """One batch in the list."""

    gap: Gap
    heads: tuple[tuple[Card, Comparison], ...]
    closing: str


@dataclass(frozen=True)
class Grid:
    """One batch and all its groups."""

    id: UUID
    title: str
    groups: tuple[tuple[Group, tuple[tuple[Card, Comparison], ...]], ...]
    is_difference_accepted: bool


@page("reconciliation.html", of=RepatriationBatch)
def show(request: HttpRequest) -> Mapping[str, Any]:
    """Show all batches, the widest gap first, and the grid of the one that is asked for."""
    key = forms.batch(request.GET)
    found = gaps.by_gap()
    return {
        "lines": [_line(one) for one in found.listed],
        "is_cut": found.is_cut,
        "grid": None if key is None else _grid(key),
    }


def _line(one: Gap) -> Line:
    return Line(one, _heads(one.claims), _closing(one))


def _heads(claims: tuple[Comparison, ...]) -> tuple[tuple[Card, Comparison], ...]:
    on = clock.today()
    return tuple((card(compared.claim, on), compared) for compared in claims)


def _closing(one: Gap) -> str:
    """Say what would close the gap. It is for people to find out which of it is so."""
    if one.slots is None:
        return _("Not shown to your role, or the movement is not over.")
    if not one.claims:
        return _("A source that says how many came.")
    if one.state is ReconciliationState.NO_CLAIM:
        return _("A claim that gives a bound.")
    if one.state in _OFF:
        return _off(one.state, one.widest)
    return _bound(one.unbound or 0)


def _off(state: ReconciliationState, number: int) -> str:
    if state is ReconciliationState.SHORT:
        words = ngettext(
            "%(count)s more slot, named or not; or a correction of the claim.",
            "%(count)s more slots, named or not; or a correction of the claim.",
            number,
        )
    else:
        words = ngettext(
            "%(count)s slot marked as not arrived; or a correction of the claim.",
            "%(count)s slots marked as not arrived; or a correction of the claim.",
            number,
        )
    return words % {"count": number}


def _bound(number: int) -> str:
    if not number:
        return _("Nothing: it is closed.")
    return ngettext(
        "%(count)s slot bound to a person, where names are to be had.",
        "%(count)s slots bound to a person, where names are to be had.",
        number,
    ) % {"count": number}


def _grid(key: UUID) -> Grid:
    batch = RepatriationBatch.objects.filter(pk=key).first()
    if batch is None:
        raise Http404(forms.NO_BATCH)
    found = reconciliation.of(batch)
    title = "" if "title" in RepatriationBatch.masked_for_actor() else batch.title
    return Grid(
        id=batch.pk,
        title=title or batch.code,
        groups=tuple((group, _heads(group.claims)) for group in found.groups),
        is_difference_accepted=found.is_difference_accepted,
    )
