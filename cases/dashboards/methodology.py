"""What the numbers mean: populations, vocabulary and the rules of counting."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from cases.access.gate import current_actor
from cases.access.sensitivity import Sensitivity
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

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True)
class Glossary:
    """One closed list of terms."""

    key: str
    title: str
    terms: tuple[tuple[str, str], ...]


_LISTS: "tuple[tuple[str, StrPromise, type[Terms]], ...]" = (
    ("qualifiers", gettext_lazy("How a figure is qualified"), Qualifier),
    ("measures", gettext_lazy("What a figure measures"), Measure),
    ("units", gettext_lazy("What is counted"), Unit),
    ("categories", gettext_lazy("Kinds of population"), PopulationCategory),
    ("attributions", gettext_lazy("To whom a statement is attributed"), Attribution),
    ("modalities", gettext_lazy("How it is said"), Modality),
    ("channels", gettext_lazy("Where it is said"), Channel),
    ("reliability", gettext_lazy("How reliable a report is"), Reliability),
    ("credibility", gettext_lazy("How credible a relayed statement is"), Credibility),
    ("states", gettext_lazy("Where a figure stands"), CountState),
    ("links", gettext_lazy("How two figures relate"), LinkKind),
    ("discrepancies", gettext_lazy("What sources disagree about"), DiscrepancyKind),
    ("reviews", gettext_lazy("Where a contradiction stands"), DiscrepancyState),
    ("verdicts", gettext_lazy("Verdicts of the bridge between two claims"), BridgeVerdict),
)


@dataclass(frozen=True)
class Withheld:
    """One class of field: what is in it, what harm it could do, and whether the reader has it."""

    title: str
    reason: str
    is_read: bool


_CLASSES: "tuple[tuple[Sensitivity, StrPromise, StrPromise], ...]" = (
    (
        Sensitivity.OPEN,
        gettext_lazy("References, the organisation, coarse status"),
        gettext_lazy("They tell nothing of anybody."),
    ),
    (
        Sensitivity.OPERATIONAL,
        gettext_lazy("Stage, month, district"),
        gettext_lazy("Together they could narrow down who somebody is."),
    ),
    (
        Sensitivity.IDENTIFYING,
        gettext_lazy("Names, sex, age band"),
        gettext_lazy("They tell who somebody is."),
    ),
    (
        Sensitivity.PROTECTED,
        gettext_lazy("Exact birth date, precise place, health, free text"),
        gettext_lazy("They could be used to find or to press somebody."),
    ),
    (
        Sensitivity.CRITICAL,
        gettext_lazy("Movements that are not over, confidential sources and negotiators"),
        gettext_lazy("Whoever knows of them could stop a return, or harm those who make it."),
    ),
)


@page("methodology.html")
def show(request: HttpRequest) -> Mapping[str, Any]:
    """Show definitions, terms and rules."""
    forms.nothing(request.GET)
    glossaries = [
        Glossary(key, str(title), tuple((str(term.label), str(term.definition)) for term in terms))
        for key, title, terms in _LISTS
    ]
    return {
        "populations": definitions(),
        "glossaries": glossaries,
        "withheld": _withheld(current_actor().clearance),
        "stale_after": STALE_AFTER_DAYS,
    }


def _withheld(clearance: Sensitivity) -> list[Withheld]:
    return [
        Withheld(str(title), str(reason), is_read=harm <= clearance)
        for harm, title, reason in _CLASSES
    ]
