"""What words of a file stand for: terms in three languages, and rows by code or name."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils import translation

from cases.models import Population, RepatriationBatch, ReportedCount, Route, SourceReport
from cases.queries.called import body_called, case_of, coded, place_called, statement_of
from cases.vocabulary.base import Terms
from cases.vocabulary.individuals import Sex

_LANGUAGES = ("en", "ru", "uk")
_SHORT: Mapping[str, Mapping[str, str]] = {
    "sex": {
        "f": Sex.FEMALE, "w": Sex.FEMALE, "ж": Sex.FEMALE, "жен": Sex.FEMALE, "жін": Sex.FEMALE,
        "m": Sex.MALE, "м": Sex.MALE, "муж": Sex.MALE, "ч": Sex.MALE, "чол": Sex.MALE,
    },
}  # fmt: skip


def _statement(text: str) -> Any:
    """Give the statement of a code; where there is none yet, the code: the act may make it."""
    return statement_of(text) or text


LOOK_UPS: Mapping[str, Callable[[str], Any]] = {
    "place": place_called,
    "body": body_called,
    "individual": case_of,
    "statement": _statement,
    "batch": lambda text: coded(RepatriationBatch, text),
    "route": lambda text: coded(Route, text),
    "report": lambda text: coded(SourceReport, text),
    "population": lambda text: coded(Population, text),
    "count": lambda text: coded(ReportedCount, text),
}


def words_of(name: str, terms: type[Terms]) -> dict[str, str]:
    """Give the terms under all the words that may stand for them, in the three languages."""
    found: dict[str, str] = {term.value: str(term.value) for term in terms}
    for language in _LANGUAGES:
        with translation.override(language):
            found |= {str(term.label).casefold(): term.value for term in terms}
    return {**found, **_SHORT.get(name, {})}
