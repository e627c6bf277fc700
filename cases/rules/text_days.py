"""The days that a text names, in English, Russian and Ukrainian: dates, weekdays, “yesterday”."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_WEEKDAY_WORDS = tuple(
    f"{english}|{rest}"
    for english, rest in zip(
        WEEKDAYS,
        (
            "понедельник(?:а|у|ом|е)?|понеділ(?:ок|ка|ку|ком)",
            "вторник(?:а|у|ом|е)?|вівтор(?:ок|ка|ку|ком)",
            "сред(?:а|у|ы|е|ой)|серед(?:а|у|и|і|ою)",
            "четверг(?:а|у|ом|е)?|четвер(?:а|у|ом|і)?",
            "пятниц(?:а|у|ы|е|ей)|п'ятниц(?:я|ю|і|ею)",
            "суббот(?:а|у|ы|е|ой)|субот(?:а|у|и|і|ою)",
            "воскресень(?:е|я|ю|ем)|неділ(?:я|ю|і|ею)",
        ),
        strict=True,
    )
)
_MONTH_WORDS = (
    "January|Jan|январ[ьяе]|січ(?:ень|ня|ні)",
    "February|Feb|феврал[ьяе]|лют(?:ий|ого|ому)",
    "March|Mar|март[ае]?|берез(?:ень|ня|ні)",
    "April|Apr|апрел[ьяе]|квіт(?:ень|ня|ні)",
    "May|ма[йяе]|трав(?:ень|ня|ні)",
    "June|Jun|июн[ьяе]|черв(?:ень|ня|ні)",
    "July|Jul|июл[ьяе]|лип(?:ень|ня|ні)",
    "August|Aug|август[ае]?|серп(?:ень|ня|ні)",
    "September|Sept|Sep|сентябр[ьяе]|верес(?:ень|ня|ні)",
    "October|Oct|октябр[ьяе]|жовт(?:ень|ня|ні)",
    "November|Nov|ноябр[ьяе]|листопад[аі]?",
    "December|Dec|декабр[ьяе]|груд(?:ень|ня|ні)",
)
_ANY_MONTH = "|".join(_MONTH_WORDS)
_ANY_DAY = "|".join(_WEEKDAY_WORDS)
_WEEKDAY = re.compile(rf"\b(?:{_ANY_DAY})\b", re.IGNORECASE)
_FOUR = r"(?P<year>[12]\d{3})"
_YEAR = rf"{_FOUR}(?!\d)"
_DATES = (
    re.compile(
        rf"(?<![\d.])(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{_ANY_MONTH})\b\.?"
        rf"(?:,? ?{_YEAR})?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?P<month>{_ANY_MONTH})\b\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])"
        rf"(?:,? ?{_YEAR})?"
    ),
    re.compile(rf"(?<![\d.])(?P<day>\d{{1,2}})\.(?P<number>\d{{1,2}})\.{_YEAR}"),
    re.compile(rf"(?<!\d){_FOUR}-(?P<number>\d\d)-(?P<day>\d\d)(?!\d)"),
)
_BEFORE = re.compile(r"\A,? ?(?:the |on )?\(?\Z", re.IGNORECASE)
_AFTER = re.compile(r"\A(?: ?(?:г\.|года|року|р\.))? ?[,(] ?(?:a )?\Z", re.IGNORECASE)
_ENDS = re.compile(r"\Z|[),.;:]")
_NEAR = 12
_RELATIVE = re.compile(
    r"\b(?:yesterday|today|tomorrow|tonight|last (?:week|month|night|year)|"
    r"this (?:morning|afternoon|evening|week|month)|"
    r"(?:\w+ )?\w+ (?:minute|hour|day|week|month)s? ago|"
    rf"(?:on|last|this|next|said|since|by|until) (?:{'|'.join(WEEKDAYS)})|"
    r"вчера|позавчера|сегодня|завтра|накануне|на (?:прошлой|этой) неделе|в прошлом (?:месяце|году)|"
    r"\w+ (?:минут\w?|час\w{0,2}|д(?:ень|ня|ней)|недел\w|месяц\w{0,2}) назад|"
    r"вчора|позавчора|сьогодні|завтра|напередодні|(?:минулого|цього) (?:тижня|місяця|року)|"
    r"\w+ (?:хвилин\w?|годин\w?|д(?:ень|ні|нів)|тижн\w{1,2}|місяц\w{1,2}) тому|"
    rf"(?:в|во|у) (?:{'|'.join(words.split('|', 1)[1] for words in _WEEKDAY_WORDS)}))\b",
    re.IGNORECASE,
)
_APOSTROPHES = str.maketrans("’ʼ`", "'''")
_SPACES = str.maketrans("\u00a0\u202f\u2009", "   ")


@dataclass(frozen=True)
class NamedDate:
    """A date in a text; the year may be missing."""

    begun: int
    end: int
    day: int
    month: int
    year: int | None

    def in_year(self, year: int) -> date | None:
        """Give the day in a year; None where there is no such day."""
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None


@dataclass(frozen=True)
class Pair:
    """A date with the weekday written beside it."""

    words: str
    weekday: int
    date: NamedDate


def plain(text: str) -> str:
    """Write apostrophes and spaces in one way, each sign in its place."""
    return text.translate(_APOSTROPHES).translate(_SPACES)


def dates_in(text: str) -> list[NamedDate]:
    """Find the dates of a text, in order; of two that overlap, the first and longest."""
    found = [_named(match) for pattern in _DATES for match in pattern.finditer(plain(text))]
    kept: list[NamedDate] = []
    for one in sorted(found, key=lambda one: (one.begun, -one.end)):
        if not kept or one.begun >= kept[-1].end:
            kept.append(one)
    return kept


def pairs_in(text: str) -> Iterator[Pair]:
    """Find dates with a weekday right before or right behind them."""
    text, used = plain(text), set()
    weekdays = list(_WEEKDAY.finditer(text))
    for is_before in (True, False):
        for named in dates_in(text):
            for word in weekdays:
                begun, end = min(word.start(), named.begun), max(word.end(), named.end)
                if word.start() in used or not _belongs(text, word, named, is_before=is_before):
                    continue
                used.add(word.start())
                words = text[begun:end]
                closed = ")" if words.count("(") > words.count(")") else ""
                yield Pair(words + closed, _weekday(word[0]), named)


def relative_in(text: str) -> str:
    """Give the first words that name a day by another one; nothing where there are none."""
    text = plain(text)
    dated = [named.begun for named in dates_in(text)]
    for found in _RELATIVE.finditer(text):
        is_dated = any(_BEFORE.match(text[found.end() : begun]) for begun in dated)
        if not is_dated:
            return found[0]
    return ""


def _belongs(text: str, word: re.Match[str], named: NamedDate, *, is_before: bool) -> bool:
    if is_before:
        return named.begun >= word.end() and bool(
            _BEFORE.match(text[word.end() : named.begun][: _NEAR + 1])
        )
    between = text[named.end : word.start()]
    is_behind = word.start() >= named.end and len(between) <= _NEAR
    return is_behind and bool(_AFTER.match(between) and _ENDS.match(text, word.end()))


def _named(match: re.Match[str]) -> NamedDate:
    groups = match.groupdict()
    month = int(groups["number"]) if groups.get("number") else _month(groups["month"])
    year = int(groups["year"]) if groups["year"] else None
    return NamedDate(match.start(), match.end(), int(groups["day"]), month, year)


def _month(word: str) -> int:
    return next(n for n, words in enumerate(_MONTH_WORDS, 1) if _is(words, word))


def _weekday(word: str) -> int:
    return next(n for n, words in enumerate(_WEEKDAY_WORDS) if _is(words, word))


def _is(words: str, word: str) -> bool:
    return re.fullmatch(words, word, re.IGNORECASE) is not None
