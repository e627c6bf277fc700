"""What a text may be made of: characters that everybody sees, in one form."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _, gettext_lazy, ngettext

MOST_MARKS = 6
SHOWN = 40

_BREAKS = re.compile(r"\r\n?")
_LINE_SIGNS = frozenset("\n\t")
_JOINERS = frozenset("\u200c\u200d")
_STYLES = frozenset("\ufe0e\ufe0f")
_LOST = "\ufffd"
_LAST_TWO = 0xFFFE  # of every plane: no characters
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2028\u2029\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""What no reader sees: marks that turn the direction, joiners, fillers, tags (Unicode's
default-ignorable characters and its separators of lines)."""

_JOINED_SCRIPTS = frozenset(
    {
        "ARABIC", "SYRIAC", "MONGOLIAN", "DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA",
        "TAMIL", "TELUGU", "KANNADA", "MALAYALAM", "SINHALA", "KHMER", "MYANMAR",
    }
)  # fmt: skip
_LOOKALIKES = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"})


_FAULTS = {
    "accents": gettext_lazy(
        "This text has more than %(most)s accents on one letter "
        "(%(sign)s, at position %(place)s). Delete it or type it anew."
    ),
    "half": gettext_lazy(
        "This text has half a character "
        "(%(sign)s, at position %(place)s). Delete it or type it anew."
    ),
    "break": gettext_lazy(
        "This text has a line break or tab, and is one line only "
        "(%(sign)s, at position %(place)s). Delete it or type it anew."
    ),
    "control": gettext_lazy(
        "This text has a control character "
        "(%(sign)s, at position %(place)s). Delete it or type it anew."
    ),
    "lost": gettext_lazy(
        "This text has a character that was lost on its way here "
        "(%(sign)s, at position %(place)s). Delete it or type it anew."
    ),
    "private": gettext_lazy(
        "This text has a character that means nothing outside one program "
        "(%(sign)s, at position %(place)s). Delete it or type it anew."
    ),
    "unseen": gettext_lazy(
        "This text has a character that nobody can see "
        "(%(sign)s, at position %(place)s). Delete it or type it anew."
    ),
}
"""What is said of a sign that may not be there."""


def normal(text: str, *, is_long: bool) -> str:
    """Give the one form in which a text is kept: NFC, one sign between the lines of a long one.

    :raises ValidationError: naming the first character that may not be there, and its place.
    """
    if is_long:
        text = _BREAKS.sub("\n", text)
    _check_surrogates(text)
    text = unicodedata.normalize("NFC", text)
    marks = 0
    for place, sign in enumerate(text):
        if sign.isascii() and sign.isprintable():
            marks = 0
            continue
        marks = marks + 1 if unicodedata.category(sign).startswith("M") else 0
        if marks > MOST_MARKS:
            raise _refusal("accents", text, place)
        if fault := _fault(text, place, is_long=is_long):
            raise _refusal(fault, text, place)
    return text


def check_length(text: str, longest: int) -> None:
    """Refuse a text that does not fit.

    :raises ValidationError: saying how long it may be.
    """
    if len(text) > longest:
        raise ValidationError(too_long(longest), code="max_length")


def too_long(longest: int) -> str:
    """Say how long a text may be, in the words of every door."""
    return ngettext(
        "This text is too long. It may have %(longest)s character at most.",
        "This text is too long. It may have %(longest)s characters at most.",
        longest,
    ) % {"longest": longest}


def check_digits(text: str) -> None:
    """Refuse digits of other scripts, where a number, a date or a code is meant.

    Python reads “٢٣” and “２３” as 23, PostgreSQL and people searching do not.

    :raises ValidationError: asking for 0 to 9.
    """
    if any(sign.isdigit() and not sign.isascii() for sign in text):
        message = _("“%(text)s” has digits of another script. Write them as 0 to 9.") % {
            "text": text[:SHOWN]
        }
        raise ValidationError(message, code="digits")


def check_code(text: str) -> None:
    """Refuse a code that may look like another: digits of other scripts, look-alike letters.

    :raises ValidationError: asking for one script.
    """
    check_digits(text)
    if len({script_of(sign) for sign in text} & _LOOKALIKES) > 1:
        message = _("“%(text)s” mixes letters of two scripts that look alike. Write it in one.") % {
            "text": text[:SHOWN]
        }
        raise ValidationError(message, code="mixed_scripts")


def check_address(text: str) -> None:
    """Refuse an address that a browser would not fetch from the web: ``javascript:``, ``data:``.

    :raises ValidationError: asking for http or https.
    """
    if not text.lower().startswith(("http://", "https://")):
        message = _("Write an address of the web, beginning with https:// or http://.")
        raise ValidationError(message, code="web_address")


def script_of(letter: str) -> str:
    """Name the script of a letter, by the first word of its Unicode name."""
    return unicodedata.name(letter, "").split(" ")[0]


def _check_surrogates(text: str) -> None:
    """Look for halves of a pair before anything else is done with the text."""
    for place, sign in enumerate(text):
        if "\ud800" <= sign <= "\udfff":
            raise _refusal("half", text, place)


def _fault(text: str, place: int, *, is_long: bool) -> str | None:
    sign = text[place]
    if sign in _LINE_SIGNS:
        return None if is_long else "break"
    category = unicodedata.category(sign)
    if category == "Cc":
        return "control"
    if sign == _LOST:
        return "lost"
    if category == "Co" or ord(sign) & _LAST_TWO == _LAST_TWO or "\ufdd0" <= sign <= "\ufdef":
        return "private"
    if _UNSEEN.match(sign) and not _is_needed(text, place, is_long=is_long):
        return "unseen"
    return None


def _is_needed(text: str, place: int, *, is_long: bool) -> bool:
    """Say whether an invisible character does its work.

    A joiner does between two letters of a script that is written with them, the style of a sign in
    a long text.
    """
    sign, around = text[place], text[max(place - 1, 0)] + text[place + 1 : place + 2]
    if sign in _JOINERS:
        scripts = {script_of(letter) for letter in around}
        return len(around) > 1 and scripts <= _JOINED_SCRIPTS
    return is_long and sign in _STYLES


def _refusal(fault: str, text: str, place: int) -> ValidationError:
    message = _FAULTS[fault] % {
        "most": MOST_MARKS,
        "sign": f"U+{ord(text[place]):04X}",
        "place": place + 1,
    }
    return ValidationError(message, code="character")
