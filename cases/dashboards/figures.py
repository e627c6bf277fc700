"""Any number in one click: from the figure to the statement, its reports and who recorded it."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest

from cases import clock
from cases.dashboards import forms
from cases.dashboards.cards import card
from cases.dashboards.pages import page
from cases.models import ReportedCount
from cases.queries.provenance import provenance
from cases.vocabulary.counts import Measure


@page("figure.html", of=ReportedCount)
def show(request: HttpRequest, figure: str) -> Mapping[str, Any]:
    """Show what stands behind one figure."""
    forms.nothing(request.GET)
    found = provenance(forms.figure(figure))
    if found is None:
        raise Http404(forms.NO_FIGURE)
    on = clock.today()
    return {
        "found": found,
        "card": card(found.claim, on),
        "measure": Measure(found.claim.basis.measure),
        "whole": card(found.whole, on) if found.whole else None,
        "subgroups": [card(claim, on) for claim in found.subgroups],
        "replaces": card(found.replaces, on) if found.replaces else None,
        "replaced_by": [card(claim, on) for claim in found.replaced_by],
        "ties": [(tie, card(tie.other, on)) for tie in found.ties],
    }
