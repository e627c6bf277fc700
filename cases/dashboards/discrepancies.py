"""Each contradiction with both sides."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from cases.dashboards import forms
from cases.dashboards.pages import page
from cases.queries.discrepancies import in_state


@page("discrepancies.html")
def show(request: HttpRequest) -> Mapping[str, Any]:
    """Show the contradictions in one state, the open ones unless another is asked for."""
    state = forms.discrepancies(request.GET)
    return {"state": state, "review": in_state(state)}
