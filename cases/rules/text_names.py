"""Names of people that a text spells in two ways; whether two are one name the names' rules say."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cases.rules.names import keys, likeness, sounds
from cases.rules.report_texts import Paragraph, TextWarning
from cases.rules.texts import script_of
from cases.vocabulary.reports import TextFault

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’]s?\Z")
_SHORTEST = 4
_ENDING = 2
"""Letters that a case of Russian or Ukrainian may change at the end of a name."""
_GRAMMAR = frozenset({"the same name with another ending", "begins alike"})


@dataclass(frozen=True)
class _Person:
    given: str
    family: str
    paragraph: int


def spellings(text: Iterable[Paragraph]) -> Iterator[TextWarning]:
    """Find a person whose names a text writes in two ways, each pair once."""
    told: set[frozenset[str]] = set()
    by_sound: dict[str, list[_Person]] = defaultdict(list)
    for person in _people(text):
        for key in _keys(person.family):
            for other in by_sound[key]:
                words = _written_twice(other, person)
                if words and words not in told:
                    told.add(words)
                    yield _warning(other, person)
            if person not in by_sound[key]:
                by_sound[key].append(person)


def _warning(one: _Person, other: _Person) -> TextWarning:
    advice = _(
        "“%(one)s” (paragraph %(paragraph)s) and “%(other)s” seem to be one person. Record one "
        "official with both spellings, and flag the report “Two spellings of one name”."
    ) % {
        "one": f"{one.given} {one.family}",
        "paragraph": one.paragraph,
        "other": f"{other.given} {other.family}",
    }
    return TextWarning(TextFault.SPELLING, other.paragraph, advice)


def _written_twice(one: _Person, other: _Person) -> frozenset[str]:
    """Give the words of two people that are one name, written in two ways."""
    pairs = ((one.given, other.given), (one.family, other.family))
    differing = [pair for pair in pairs if pair[0] != pair[1]]
    if differing and all(_are_one(*pair) for pair in differing):
        return frozenset(word for pair in differing for word in pair)
    return frozenset()


def _are_one(a: str, b: str) -> bool:
    if script_of(a[0]) != script_of(b[0]) or _is_declined(a, b):
        return False
    alike = likeness.of_words(a.lower(), b.lower())
    return alike.score >= likeness.JUDGED_SAME and alike.why not in _GRAMMAR


def _is_declined(a: str, b: str) -> bool:
    """Say whether two words of Cyrillic differ at most in their ending."""
    shared = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), None)
    common = min(len(a), len(b)) if shared is None else shared
    return script_of(a[0]) == "CYRILLIC" and common >= max(len(a), len(b)) - _ENDING


def _people(text: Iterable[Paragraph]) -> Iterator[_Person]:
    """Give the last two words of each run of words with capitals."""
    for paragraph in text:
        run: list[str] = []
        end = -2
        for word in _WORD.finditer(paragraph.text):
            is_next = word.start() == end + 1 and paragraph.text[end] == " "
            if run and not (is_next and _is_name(word[0])):
                yield from _person(run, paragraph.number)
                run = []
            if _is_name(word[0]):
                run.append(_POSSESSIVE.sub("", word[0]))
            end = word.end()
        yield from _person(run, paragraph.number)


def _person(run: list[str], paragraph: int) -> Iterator[_Person]:
    if len(run) > 1 and len(run[-1]) >= _SHORTEST:
        yield _Person(run[-2], run[-1], paragraph)


def _is_name(word: str) -> bool:
    return len(word) > 1 and word[0].isupper() and not word.isupper()


def _keys(word: str) -> frozenset[str]:
    """Give the sounds under which two spellings of one family name meet."""
    return frozenset(keys.phonetic(fold) for fold in sounds.folds(word.lower()))
