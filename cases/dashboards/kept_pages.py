"""What readers keep: views for themselves, and the figures of a page as they stood."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.http import (
    Http404,
    HttpRequest,
    HttpResponseBase,
    HttpResponseRedirect,
    QueryDict,
)
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from cases.access.gate import current_actor
from cases.actions import kept_pages
from cases.actions.attempts import repeated
from cases.dashboards import forms
from cases.dashboards.deeds import door
from cases.dashboards.pages import page
from cases.dashboards.tables import population_of
from cases.models import FrozenPage, Population, SavedView
from cases.models.kept_pages import LONGEST_QUERY
from cases.queries import kept_pages as keeping
from cases.queries.snapshot import snapshot
from cases.vocabulary.kept_pages import KeptPage

NO_VIEW = gettext_lazy("There is no such view, or it is somebody else's.")
NO_SNAPSHOT = gettext_lazy("There is no such snapshot, or you may not see it.")
FORMS: Mapping[str, Callable[[QueryDict], object]] = {
    KeptPage.OVERVIEW: forms.nothing,
    KeptPage.OUTSTANDING: forms.outstanding,
    KeptPage.RETURNS: forms.returns,
    KeptPage.CASELOAD: forms.caseload,
    KeptPage.DISCREPANCIES: forms.discrepancies,
    KeptPage.CHANGES: forms.changes,
}
"""How each page reads its address: a view is kept only with what its page can read."""
_LISTED, _DIGITS = 200, 10
FREEZABLE = (KeptPage.OVERVIEW, KeptPage.OUTSTANDING)


@page("kept.html")
def show(request: HttpRequest) -> Mapping[str, Any]:
    """List one's own views, and the snapshots of the organisation."""
    forms.nothing(request.GET)
    mine = keeping.kept_by(current_actor().user_id)
    snapshots = FrozenPage.objects.defer("content").order_by("-recorded_at", "pk")[:_LISTED]
    return {
        "views": [
            (row, KeptPage(row.page).label, address_of(row.page, row.query))
            for row in SavedView.objects.order_by("name", "pk")[:_LISTED]
        ],
        "snapshots": [(row, KeptPage(row.page).label, row.pk in mine) for row in snapshots],
    }


def address_of(name: str, query: str) -> str:
    """Give the address of a page with what it is narrowed by."""
    return reverse(f"dashboards:{name}") + (f"?{query}" if query else "")


@door("POST")
def save(request: HttpRequest) -> HttpResponseBase:
    """Keep a view under a name."""
    name, (asked, query) = _name(request), _asked(request)
    repeated(
        partial(kept_pages.save, by=current_actor(), name=name, page=asked, query=query.urlencode())
    )
    return HttpResponseRedirect(reverse("dashboards:kept"))


@door("GET", "HEAD", of=SavedView)
def open_view(request: HttpRequest, view: str) -> HttpResponseBase:
    """Lead to the page of a view."""
    forms.nothing(request.GET)
    found = _view(view)
    return HttpResponseRedirect(address_of(found.page, found.query))


@door("POST", of=SavedView)
def change_view(request: HttpRequest, view: str) -> HttpResponseBase:
    """Call a view otherwise, or take it away."""
    found, by = _view(view), current_actor()
    if "remove" in request.POST:
        repeated(partial(kept_pages.remove, found, by=by))
    else:
        name = _name(request)
        repeated(partial(kept_pages.rename, found, by=by, version=_version(request), name=name))
    return HttpResponseRedirect(reverse("dashboards:kept"))


@door("POST")
def freeze(request: HttpRequest) -> HttpResponseBase:
    """Freeze the figures of a page."""
    name, (asked, query), by = _name(request), _asked(request), current_actor()
    if asked not in FREEZABLE:
        message = _("The figures of this page cannot be frozen. Freeze those of another one.")
        raise ValidationError(message, code="page")
    with snapshot():
        if asked == KeptPage.OUTSTANDING:
            query["population"] = _population(query).code  # which one is shown unasked may change
        frozen = _figures(asked, query)
    kept: FrozenPage = repeated(
        partial(
            kept_pages.freeze, by=by, name=name, page=asked, query=query.urlencode(), frozen=frozen
        )
    )
    return HttpResponseRedirect(reverse("dashboards:snapshot", args=[kept.pk]))


@page("frozen.html", of=FrozenPage)
def reopen(request: HttpRequest, frozen: str) -> Mapping[str, Any]:
    """Show figures as they were frozen, and what differs today; nothing where they were touched."""
    forms.nothing(request.GET)
    row = _snapshot(frozen)
    shown = {
        "row": row,
        "page_title": KeptPage(row.page).label,
        "address": address_of(row.page, row.query),
        "is_mine": row.pk in keeping.kept_by(current_actor().user_id),
    }
    if not row.is_whole:
        return shown
    then = keeping.read(row.content)
    return {
        **shown,
        "then": then,
        "groups": keeping.by_group(then),
        "compared": keeping.compare(then, _today(row)),
    }


@door("POST", of=FrozenPage)
def discard(request: HttpRequest, frozen: str) -> HttpResponseBase:
    """Take frozen figures away."""
    if request.POST.get("sure") != "yes":
        message = _("Say that you are sure: frozen figures that are taken away are gone for good.")
        raise ValidationError(message, code="sure")
    repeated(partial(kept_pages.discard, _snapshot(frozen), by=current_actor()))
    return HttpResponseRedirect(reverse("dashboards:kept"))


def _today(row: FrozenPage) -> keeping.Frozen:
    """Read the same page again, as of the day that it named, as it is known now."""
    asked = QueryDict(row.query, mutable=True)
    asked.pop("known_at", None)
    return _figures(row.page, asked)


def _figures(name: str, query: QueryDict) -> keeping.Frozen:
    by = current_actor()
    if name == KeptPage.OVERVIEW:
        return keeping.frozen(None, by=by)
    asked = forms.outstanding(query)
    return keeping.frozen(
        _population(query), by=by, valid_at=asked.valid_at, known_at=asked.known_at
    )


def _population(query: QueryDict) -> Population:
    return population_of(forms.outstanding(query).population)


def _asked(request: HttpRequest) -> tuple[str, QueryDict]:
    """Read which page is to be kept, and what it is narrowed by, as that page reads it.

    :raises ValidationError: for a page that cannot be kept, and all that the page refuses.
    """
    name, query = request.POST.get("page", ""), request.POST.get("query", "")
    read = FORMS.get(name)
    if read is None:
        known = ", ".join(FORMS)
        message = _("“%(page)s” is no page that can be kept. Choose one of: %(known)s.") % {
            "page": name[:40],
            "known": known,
        }
        raise ValidationError(message, code="page")
    if len(query) > LONGEST_QUERY:
        message = _("This address is too long to be kept. Ask for less on the page.")
        raise ValidationError(message, code="query")
    found = QueryDict(query, mutable=True)
    read(found)
    for key in [key for key, value in found.items() if not str(value).strip()]:
        del found[key]
    return name, found


def _name(request: HttpRequest) -> str:
    name = request.POST.get("name", "").strip()
    if not name:
        message = _("Give it a name, such as “Monday's talks”.")
        raise ValidationError(message, code="name")
    return name


def _version(request: HttpRequest) -> int | None:
    text = request.POST.get("version", "")
    if not (text.isascii() and text.isdigit() and len(text) < _DIGITS):
        message = _("The page did not say which version it showed. Open it again.")
        raise ValidationError(message, code="version")
    return int(text)


def _view(text: str) -> SavedView:
    key = forms.key(text)
    found = SavedView.objects.filter(pk=key).first() if key else None
    if found is None:
        raise Http404(NO_VIEW)
    return found


def _snapshot(text: str) -> FrozenPage:
    key = forms.key(text)
    found = FrozenPage.objects.filter(pk=key).first() if key else None
    if found is None:
        raise Http404(NO_SNAPSHOT)
    return found
