"""What the numbers mean: who is counted, by which rules, and what is withheld from whom.

All that can be read from the rules themselves is, so that the page cannot say otherwise.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _, gettext_lazy

from cases.access.roles import POWERS, Act, Powers, Reach
from cases.access.sensitivity import Sensitivity
from cases.dashboards import forms
from cases.dashboards.pages import page
from cases.queries.claims import WITHHELD
from cases.queries.outstanding import STALE_AFTER_DAYS
from cases.queries.populations import definitions
from cases.rules.counts import OUTSTANDING_CATEGORIES, implied_bounds
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
from cases.vocabulary.organisations import Role
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
class Example:
    """What a qualifier makes of a number."""

    words: str
    bounds: str


@dataclass(frozen=True)
class Reader:
    """How far a role sees."""

    role: str
    meaning: str
    rows: str
    fields: str
    reads_cases: bool


@dataclass(frozen=True)
class Withheld:
    """Something that is kept back, and why."""

    what: str
    why: str


_NUMBER = 30
_WITHOUT_NUMBER = (Qualifier.BETWEEN, Qualifier.DIRECTION_ONLY, Qualifier.UNKNOWN)
_REACHES: "Mapping[Reach, StrPromise]" = {
    Reach.EVERYTHING: gettext_lazy("all rows"),
    Reach.ORGANISATION: gettext_lazy("its own organisation, and what is published"),
    Reach.INTAKE: gettext_lazy("what it recorded itself, what is granted, and what is published"),
    Reach.NOTHING: gettext_lazy("what is published"),
}
_CLASSES: "Mapping[Sensitivity, StrPromise]" = {
    Sensitivity.OPEN: gettext_lazy("open: opaque references, organisations, figures"),
    Sensitivity.OPERATIONAL: gettext_lazy("operational: stages, months, districts"),
    Sensitivity.IDENTIFYING: gettext_lazy("identifying: names, sex, age band"),
    Sensitivity.PROTECTED: gettext_lazy("protected: exact dates and places, medical, free text"),
    Sensitivity.CRITICAL: gettext_lazy("critical: movements on their way, confidential sources"),
}


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
        "stale_after": STALE_AFTER_DAYS,
        "examples": _examples(),
        "outstanding": [str(category.label) for category in OUTSTANDING_CATEGORIES],
        "withheld": _withheld(),
        "readers": [_reader(role, powers) for role, powers in POWERS.items()],
    }


def _examples() -> list[Example]:
    """Let the rule itself say what it makes of thirty."""
    found = []
    for term in Qualifier:
        if term not in _WITHOUT_NUMBER:
            is_said = term is not Qualifier.SEVERAL
            bounds = implied_bounds(term, _NUMBER if is_said else None)
            words = f"{term.label} {_NUMBER}" if is_said else str(term.label)
            found.append(Example(words, str(bounds)))
    return found


def _reader(role: Role, powers: Powers) -> Reader:
    return Reader(
        role=str(role.label),
        meaning=str(role.definition),
        rows=str(_REACHES[powers.reach]),
        fields=str(_CLASSES[powers.clearance]),
        reads_cases=Act.READ_CASES in powers.acts,
    )


def _withheld() -> list[Withheld]:
    harmless = _CLASSES[Sensitivity.OPERATIONAL]
    return [
        Withheld(
            _("Names and all that tells who somebody is"),
            _("A wrong name in the wrong hands kills. No page here shows a person."),
        ),
        Withheld(
            _("Private persons among the claimants"),
            _("Whoever may not see such a source reads “%(words)s” in place of a name.")
            % {"words": WITHHELD},
        ),
        Withheld(
            _("Restricted cases"),
            _("Such as a child named in the press: only those cleared for them count them."),
        ),
        Withheld(
            _("Movements that have not arrived"),
            _("Route, time and people of a convoy are told to the movement cell alone."),
        ),
        Withheld(
            _("What other organisations keep to themselves"),
            _("A figure or a batch that is not published is there for its organisation alone."),
        ),
        Withheld(
            _("In files made at once"),
            _("They hold no more than this, whoever takes them: %(fields)s.")
            % {"fields": harmless},
        ),
        Withheld(
            _("In snapshots and e-mails"),
            _("They hold what every reader of figures in the organisation may read."),
        ),
    ]
