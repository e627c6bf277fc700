"""All that a program notices in the text of a report."""

from datetime import date

from cases.rules import text_dates, text_figures, text_names, text_placeholders
from cases.rules.report_texts import TextWarning, paragraphs
from cases.vocabulary.reports import TextFault


def of(text: str, *, published: date | None) -> tuple[TextWarning, ...]:
    """List the warnings of a text: about its date first, then in the order of its paragraphs.

    ``published`` is the last day on which the report can have appeared; None if nobody knows.
    """
    read = paragraphs(text)
    found = [
        *text_dates.undated(read, published),
        *text_dates.weekdays(read, published),
        *text_dates.relative(read, published),
        *text_placeholders.placeholders(read),
        *text_figures.subgroups(read),
        *text_names.spellings(read),
    ]
    return tuple(sorted(found, key=_order))


def _order(warning: TextWarning) -> tuple[bool, int]:
    return warning.kind is not TextFault.UNDATED, warning.paragraph or 0
