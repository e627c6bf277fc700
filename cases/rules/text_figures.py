"""Subgroups that a text gives as larger than the whole they are part of."""

import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from cases.rules import text_days
from cases.rules.numbers import grouped
from cases.rules.report_texts import Paragraph, TextWarning
from cases.vocabulary.reports import TextFault

_NUMBER = r"\d{1,3}(?:[ ,.]\d{3})+(?!\d)|\d+"
_PEOPLE = (
    r"people|persons?|residents?|civilians?|citizens?|inhabitants?|nationals?|returnees?|children|"
    r"minors?|women|men|adults?|pensioners?|families|Russians?|Ukrainians?|"
    r"человек\w?|люд(?:ей|и)|жител\w{1,3}|граждан\w{0,2}|дет(?:ей|и)|женщин\w?|мужчин\w?|"
    r"россиян\w?|украинц\w{1,2}|"
    r"ос(?:іб|оби)|мешкан\w{2,4}|жител\w{1,3}|громадян\w?|діт(?:ей|и)|жін(?:ок|ки)|чоловік\w{0,2}|"
    r"росіян\w?|українц\w{1,2}"
)
_PART_OF = (
    r"including|among them|among whom|of whom|of them|"
    r"в том числе|включая|из них|из которых|среди них|"
    r"у тому числі|в тому числі|включно з|зокрема|з них|із них|з яких|серед них"
)
_WHOLE = re.compile(
    rf"(?P<number>{_NUMBER})(?: [^\W\d]+){{0,1}}? (?:{_PEOPLE})\b(?P<rest>[^.;!?\d]{{0,80}}?)"
    rf"[,( –—-]+(?:{_PART_OF})\b[^.;!?\d]{{0,30}}?(?P<part>{_NUMBER})"
    r"(?P<unit>[-–%]| (?:%|per|years?|"
    r"hours?|km|лет|год|часов|роки|років|годин|процент|відсот))?",
    re.IGNORECASE,
)
_OPEN_ABOVE = re.compile(
    r"(?:more than|over|at least|no fewer than|not less than|upwards of|свыше|более|больше|"
    r"не менее|как минимум|понад|більше|щонайменше|не менше|від) \Z",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def subgroups(text: Iterable[Paragraph]) -> Iterator[TextWarning]:
    """Find “10 people, including 12 children”."""
    for paragraph in text:
        bare = _without_dates(paragraph.text)
        for match in _WHOLE.finditer(bare):
            whole, part = _value(match["number"]), _value(match["part"])
            is_open = _OPEN_ABOVE.search(bare[: match.start()])
            if part > whole and not match["unit"] and not is_open:
                advice = _(
                    "%(part)s are given as part of %(whole)s. Record both figures as they "
                    "stand, the smaller as the whole, and flag the report “Contradicts "
                    "itself”."
                ) % {
                    "part": grouped(part),
                    "whole": grouped(whole),
                }
                yield TextWarning(TextFault.SUBGROUP, paragraph.number, advice)


def _without_dates(text: str) -> str:
    """Blank out dates and years: they count nobody."""
    text = text_days.plain(text)
    for named in text_days.dates_in(text):
        text = text[: named.begun] + "#" * (named.end - named.begun) + text[named.end :]
    return _YEAR.sub("####", text)


def _value(number: str) -> int:
    return int(re.sub(r"\D", "", number))
