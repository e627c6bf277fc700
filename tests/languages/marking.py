"""A catalogue that only marks, and what of a page passed by it."""

import re
from html.parser import HTMLParser

from django.apps import apps
from django.utils.translation import trans_real

BEGIN, END = "⟦", "⟧"
CONTEXT = "\x04"
SHOWN = ("title", "aria-label", "placeholder", "alt", "value")
UNSEEN = ("script", "style", "svg")
WORD = re.compile(r"[A-Za-z]{3,}")
SHORTEST = 4
"""A name shorter than this may be a part of any word."""
INNERMOST = re.compile(f"{BEGIN}[^{BEGIN}{END}]*{END}")


def mark(monkeypatch) -> None:
    """Let every translation give the text itself, in brackets."""

    def one(_self, text: str) -> str:
        return f"{BEGIN}{text.rpartition(CONTEXT)[2]}{END}"

    def several(_self, singular: str, plural: str, number: int) -> str:
        return one(_self, singular if number == 1 else plural)

    monkeypatch.setattr(trans_real.DjangoTranslation, "gettext", one)
    monkeypatch.setattr(trans_real.DjangoTranslation, "ngettext", several)


class Texts(HTMLParser):
    """Collects what a reader sees or hears of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in UNSEEN
        values = dict(attrs)
        is_button = tag == "button" or values.get("type") == "submit"
        for name in SHOWN:
            if values.get(name) and (name != "value" or (tag == "input" and is_button)):
                self.found.append(values[name] or "")

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in UNSEEN

    def handle_data(self, data: str) -> None:
        if not self._unseen and data.strip():
            self.found.append(" ".join(data.split()))


def unmarked(html: str, known: set[str]) -> list[str]:
    """Give the texts with a word in them that no catalogue was asked for.

    ``known`` is data: names, titles and codes, which nobody translates.
    """
    texts = Texts()
    texts.feed(html)
    return sorted({text for text in texts.found if WORD.search(_left(text, known))})


def _left(text: str, known: set[str]) -> str:
    left = text
    while (shorter := INNERMOST.sub(" ", left)) != left:
        left = shorter
    left = " ".join(left.partition(BEGIN)[0].split())  # what is cut short has lost its end
    return "" if left in known else without(left, known)


def without(text: str, known: set[str]) -> str:
    for data in sorted((data for data in known if data in text), key=len, reverse=True):
        if len(data) >= SHORTEST:
            text = text.replace(data, " ")
    return text


def stored_texts() -> set[str]:
    """Give every text in the database that is no term of a vocabulary."""
    found: set[str] = set()
    for model in apps.get_app_config("cases").get_models():
        names = [field.attname for field in model._meta.concrete_fields if not field.choices]
        for row in model._default_manager.all():
            found |= {str(row), *(str(getattr(row, name)) for name in names)}
    return {" ".join(text.split()) for text in found if text.strip()}
