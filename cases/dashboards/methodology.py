"""What the numbers mean: populations, vocabulary and the rules of counting."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from cases.dashboards import forms
from cases.dashboards.pages import page
from cases.queries.outstanding import STALE_AFTER_DAYS
from cases.queries.populations import definitions
from cases.vocabulary.base import Terms
from cases.vocabulary.counts import (
    BridgeVerdict,
    CountState,
    DiscrepancyKind,
    DiscrepancyState,
    LinkKind,
    Measure,
    PopulationCategory,
    Qualifier,
    Unit,
)
from cases.vocabulary.reports import Attribution, Channel, Credibility, Modality, Reliability


@dataclass(frozen=True)
class Glossary:
    """One closed list of terms."""

    key: str
    title: str
    terms: tuple[tuple[str, str], ...]


_LISTS: tuple[tuple[str, str, type[Terms]], ...] = (
    ("qualifiers", "How a figure is qualified", Qualifier),
    ("measures", "What a figure measures", Measure),
    ("units", "What is counted", Unit),
    ("categories", "Kinds of population", PopulationCategory),
    ("attributions", "To whom a statement is attributed", Attribution),
    ("modalities", "How it is said", Modality),
    ("channels", "Where it is said", Channel),
    ("reliability", "How reliable a report is", Reliability),
    ("credibility", "How credible a relayed statement is", Credibility),
    ("states", "Where a figure stands", CountState),
    ("links", "How two figures relate", LinkKind),
    ("discrepancies", "What sources disagree about", DiscrepancyKind),
    ("reviews", "Where a contradiction stands", DiscrepancyState),
    ("verdicts", "Verdicts of the bridge between two claims", BridgeVerdict),
)


@page("methodology.html")
def show(request: HttpRequest) -> Mapping[str, Any]:
    """Show definitions, terms and rules."""
    forms.nothing(request.GET)
    glossaries = [
        Glossary(key, title, tuple((str(term.label), term.definition) for term in terms))
        for key, title, terms in _LISTS
    ]
    return {
        "populations": definitions(),
        "glossaries": glossaries,
        "stale_after": STALE_AFTER_DAYS,
    }
