"""A catalogue that only marks, and what of a page passed by it."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from django.apps import apps
from django.utils.translation import trans_real

BEGIN, END = "⟦", "⟧"
CONTEXT = "\x04"
SHOWN = ("title", "aria-label", "placeholder", "alt", "value")
UNSEEN = ("script", "style", "svg")
WORD = re.compile(r"[A-Za-z]{3,}")
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


def unmarked(html: str, known: set[str]) -> Iterator[str]:
    """Give the texts with a word in them that no catalogue was asked for.

    ``known`` is data: names, titles and codes, which nobody translates.
    """
    texts = Texts()
    texts.feed(html)
    for text in texts.found:
        left = text
        while (shorter := INNERMOST.sub(" ", left)) != left:
            left = shorter
        left = left.partition(BEGIN)[0]  # cut short in the page, with its end
        for data in sorted(known, key=len, reverse=True):
            left = left.replace(data, " ")
        if WORD.search(left):
            yield text


def stored_texts() -> set[str]:
    """Give every text in the database."""
    found: set[str] = set()
    for model in apps.get_app_config("cases").get_models():
        for row in model._default_manager.all():
            found.add(str(row))
            found |= {str(value) for value in vars(row).values() if isinstance(value, str)}
    return {" ".join(text.split()) for text in found if len(text.strip()) > 1}
