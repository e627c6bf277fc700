"""What is wrong with the dates of a text: none at all, the wrong weekday, counted from nothing."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cases.rules import text_days
from cases.rules.dates import in_words
from cases.rules.report_texts import Paragraph, TextWarning
from cases.rules.text_days import NamedDate
from cases.vocabulary.reports import TextFault

_HEAD = 3


def undated(text: Sequence[Paragraph], published: date | None) -> Iterator[TextWarning]:
    """Say that no date of publication is known, and which date at the head may be it."""
    if published is not None:
        return
    for paragraph in text[:_HEAD]:
        for named in text_days.dates_in(paragraph.text):
            day = named.in_year(named.year) if named.year else None
            if day is not None:
                advice = _(
                    "No date of publication is recorded. The text begins with %(day)s: "
                    "enter it if that is when the report appeared."
                ) % {"day": in_words(day.isoformat())}
                yield TextWarning(TextFault.UNDATED, paragraph.number, advice)
                return
    advice = _(
        "No date of publication is recorded and none stands at the head of the text. Find the day "
        "where the report was published, or flag it “Undated”."
    )
    yield TextWarning(TextFault.UNDATED, None, advice)


def weekdays(text: Iterable[Paragraph], published: date | None) -> Iterator[TextWarning]:
    """Hold each weekday against the date beside it."""
    for paragraph in text:
        for pair in text_days.pairs_in(paragraph.text):
            day = _day_of(pair.date, published)
            if day is not None and day.weekday() != pair.weekday:
                advice = _(
                    "“%(words)s” cannot be: %(day)s was a %(weekday)s. Find out which of "
                    "the two is meant; until then put the words into “as stated” and leave "
                    "the date open."
                ) % {
                    "words": pair.words,
                    "day": in_words(day.isoformat()),
                    "weekday": date_format(day, "l"),
                }
                yield TextWarning(TextFault.WEEKDAY, paragraph.number, advice)


def relative(text: Iterable[Paragraph], published: date | None) -> Iterator[TextWarning]:
    """Find days that are counted from an unknown day, one a paragraph."""
    if published is not None:
        return
    for paragraph in text:
        if found := text_days.relative_in(paragraph.text):
            advice = _(
                "“%(words)s” is counted from a day that is not known. Find out when the "
                "report appeared; until then put the words into “as stated” and leave the "
                "date open."
            ) % {"words": found}
            yield TextWarning(TextFault.RELATIVE_DATE, paragraph.number, advice)


def _day_of(named: NamedDate, published: date | None) -> date | None:
    """Give the day that is meant; without a year, the last one before the report appeared."""
    if named.year is not None:
        return named.in_year(named.year)
    if published is None:
        return None
    day = named.in_year(published.year)
    return named.in_year(published.year - 1) if day is not None and day > published else day
