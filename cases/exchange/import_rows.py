"""From the cells of a line to what an act takes: read, looked up, and known again."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from cases.exchange.import_columns import EXTERNAL_ID, columns_of
from cases.exchange.import_fields import TERMS
from cases.exchange.import_lookups import LOOK_UPS, words_of
from cases.exchange.import_names import names_of
from cases.exchange.shapes import Line
from cases.exchange.typed import text_of
from cases.queries.called import Ambiguous, case_of
from cases.rules import typed
from cases.rules.imports import BARRED, NO_SUCH_ROW, Readied
from cases.vocabulary.imports import ImportKind
from cases.vocabulary.individuals import Identification


class Reader:
    """Reads the lines of one file; what was looked up once is not asked for again.

    Only what was found is remembered: an earlier row of the file may add what a later one names.
    """

    def __init__(self, kind: str, mapping: Sequence[str]) -> None:
        self.kind, self.mapping = kind, mapping
        self.columns = columns_of(kind)
        self.found: dict[tuple[str, str], Any] = {}
        self.terms = {name: words_of(name, terms) for name, terms in TERMS.items()}
        self.read: Mapping[str, Callable[[str], Any]] = {
            "text": str,
            "number": typed.whole_number,
            "decimal": typed.decimal,
            "truth": typed.truth,
            "date": typed.day,
            **{name: self._term(name) for name in TERMS},
            **{name: self._link(name, look) for name, look in LOOK_UPS.items()},
        }

    def readied(self, line: Line) -> Readied:
        """Give a line as its act takes it, or with the sentences for which it is refused."""
        given, faults = self._texts(line)
        key, content = _keys(given)
        fields: dict[str, Any] = {}
        for name, text in given.items():
            if name != EXTERNAL_ID:
                try:
                    fields[name] = self.read[self.columns[name].reads](text)
                except ValidationError as refusal:
                    faults.append(f"{name}: {' '.join(refusal.messages)}")
        known = None
        if self.kind == ImportKind.INDIVIDUALS:
            known = case_of(given.get(EXTERNAL_ID, ""))
            fields = _with_names(fields)
        fault = " ".join(faults)
        return Readied(line.number, key, content, {} if fault else fields, fault, known)

    def _texts(self, line: Line) -> tuple[dict[str, str], list[str]]:
        given: dict[str, str] = {}
        faults: list[str] = []
        for name, cell in zip(self.mapping, line.cells, strict=False):
            if not name:
                continue
            try:
                text = text_of(cell)
            except ValidationError as refusal:
                faults.append(f"{name}: {' '.join(refusal.messages)}")
                continue
            if text and name == BARRED:
                faults.append(
                    _(
                        "A file does not set where a case or figure stands, or whose it is. "
                        "Leave this column out."
                    )
                )
            elif text:
                given[name] = text
        return given, faults[:5]

    def _term(self, name: str) -> Callable[[str], str]:
        words = self.terms[name]

        def read(text: str) -> str:
            found = words.get(text.casefold().strip(" ."))
            if found is None:
                listed = ", ".join(TERMS[name].values)
                message = _("“%(text)s” is not one of: %(listed)s.") % {
                    "text": text[: typed.SHOWN],
                    "listed": listed,
                }
                raise ValidationError(message, code="invalid_choice")
            return found

        return read

    def _link(self, name: str, look_up: Callable[[str], Any]) -> Callable[[str], Any]:
        def read(text: str) -> Any:
            if (name, text) not in self.found:
                try:
                    row = look_up(text)
                except Ambiguous:
                    message = _("“%(text)s” may be several rows. Give its id or code.") % {
                        "text": text[: typed.SHOWN]
                    }
                    raise ValidationError(message, code="ambiguous") from None
                if row is None:
                    raise ValidationError(_(NO_SUCH_ROW), code="not_found")
                if isinstance(row, str):
                    return row
                self.found[name, text] = row
            return self.found[name, text]

        return read


def _keys(given: Mapping[str, str]) -> tuple[str, str]:
    """Say by what a row is known again: its external id, or else all that it says."""
    whole = json.dumps(sorted(given.items()), ensure_ascii=False)
    content = _hashed(f"row:{whole}")
    outer = given.get(EXTERNAL_ID)
    return (_hashed(f"id:{outer}") if outer else content), content


def _hashed(text: str) -> str:
    """Hash with the server's secret: whoever steals the table cannot try names against it."""
    return salted_hmac("cases.imports", text, algorithm="sha256").hexdigest()


def _with_names(fields: dict[str, Any]) -> dict[str, Any]:
    names = names_of(fields)
    if names:
        fields["names"] = names
    elif "identification" not in fields:
        fields["identification"] = Identification.DESCRIBED
    return fields
