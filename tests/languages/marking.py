"""A catalogue that only marks, and what of a page passed by it."""

import re
from html.parser import HTMLParser

from django.apps import apps
from django.utils.translation import trans_real

BEGIN, END = "⟦", "⟧"
CONTEXT = "\x04"
SHOWN = ("title", "aria-label", "placeholder", "alt", "value")
UNSEEN = ("script", "style", "svg")
WORD = re.compile(r"\b(?=[A-Za-z]*[a-z])[A-Za-z]{3,}\b")
"""A word; codes have digits or capitals only."""
SHORTEST = 4
"""A name shorter than this may be a part of any word."""
INLINE = {"a", "b", "strong", "em", "span", "q", "kbd", "code", "abbr"}
"""Tags that may stand within a sentence."""


def mark(monkeypatch) -> None:
    """Let every translation give the text itself, in brackets."""

    def one(_self, text: str) -> str:
        return f"{BEGIN}{text.rpartition(CONTEXT)[2]}{END}"

    def several(_self, singular: str, plural: str, number: int) -> str:
        return one(_self, singular if number == 1 else plural)

    monkeypatch.setattr(trans_real.DjangoTranslation, "gettext", one)
    monkeypatch.setattr(trans_real.DjangoTranslation, "ngettext", several)


class Texts(HTMLParser):
    """Collects what a reader sees or hears of a page and no catalogue was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._unseen = 0
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in UNSEEN
        if tag not in INLINE:
            self._depth = 0  # a text cut short has lost its end
        values = dict(attrs)
        is_button = tag == "button" or values.get("type") == "submit"
        for name in SHOWN:
            if values.get(name) and (name != "value" or (tag == "input" and is_button)):
                self.found.append(self._outside(values[name] or "", 0)[0])

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in UNSEEN

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            left, self._depth = self._outside(data, self._depth)
            self.found.append(left)

    def _outside(self, text: str, depth: int) -> tuple[str, int]:
        """Give what stands outside the brackets, and how deep within the text ends."""
        left = []
        for letter in text:
            depth += (letter == BEGIN) - (letter == END)
            left.append(" " if depth > 0 or letter == END else letter)
        return " ".join("".join(left).split()), max(depth, 0)


def unmarked(html: str, known: set[str]) -> list[str]:
    """Give the texts with a word in them that no catalogue was asked for.

    ``known`` is data: names, titles and codes, which nobody translates.
    """
    texts = Texts()
    texts.feed(html)
    data = {text.casefold() for text in known}
    return sorted({text for text in texts.found if WORD.search(without(text, data))})


def without(text: str, known: set[str]) -> str:
    """Take the data out of a text; of a long one a page shows the beginning."""
    left = text.casefold()
    if left in known or (left.endswith("…") and any(one.startswith(left[:-1]) for one in known)):
        return ""
    for data in sorted((one for one in known if one in left), key=len, reverse=True):
        if len(data) >= SHORTEST:
            at = left.find(data)
            while at >= 0:
                left = left[:at] + " " * len(data) + left[at + len(data) :]
                text = text[:at] + " " * len(data) + text[at + len(data) :]
                at = left.find(data)
    return text


def stored_texts() -> set[str]:
    """Give every text in the database that is no term of a vocabulary."""
    found: set[str] = set()
    for model in apps.get_app_config("cases").get_models():
        names = [field.attname for field in model._meta.concrete_fields if not field.choices]
        for row in model._default_manager.all():
            found |= {str(row), *(str(getattr(row, name)) for name in names)}
    return {" ".join(text.split()) for text in found if text.strip()}
