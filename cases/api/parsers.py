"""JSON, read strictly: what two readers could read in two ways is refused."""

import json
import math
import re
from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser

DEEPEST = 32
LONGEST_NUMBER = 18
# Possessive, and matching unclosed strings too: trying each quotation mark again took minutes.
_STRING = re.compile(rb'"(?:[^"\\]++|\\.?)*+"?', re.DOTALL)


class TooLarge(APIException):
    status_code = 413
    default_detail = "The body is too large."
    default_code = "too_large"


class StrictJSONParser(BaseParser):
    """One object in UTF-8, at most 32 deep, no key twice, only numbers that a column holds."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,  # noqa: ARG002 - DRF's signature
        parser_context: Mapping[str, Any] | None = None,  # noqa: ARG002
    ) -> dict[str, Any]:
        body = _read(stream)
        _check_depth(body)
        try:
            parsed = json.loads(
                body.decode("utf-8"),
                object_pairs_hook=_unique,
                parse_constant=_no_constant,
                parse_float=_finite,
                parse_int=_short,
            )
        except UnicodeDecodeError:
            raise ParseError("The body is not UTF-8.") from None
        except json.JSONDecodeError as fault:
            message = f"The body is not JSON: line {fault.lineno}, column {fault.colno}."
            raise ParseError(message) from None
        if not isinstance(parsed, dict):
            raise ParseError("Send one JSON object.")
        if b"\\u" in body:
            _check_text(parsed)
        return parsed


def _read(stream: IO[Any]) -> bytes:
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    body: bytes = stream.read(limit + 1)
    if len(body) > limit:
        raise TooLarge
    return body


def _check_depth(body: bytes) -> None:
    """Count brackets before the parser recurses: 100,000 of them would break it."""
    depth = 0
    for sign in _STRING.sub(b"", body):
        if sign in b"[{":
            depth += 1
            if depth > DEEPEST:
                message = f"The body is nested more than {DEEPEST} deep."
                raise ParseError(message)
        elif sign in b"]}":
            depth -= 1


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ParseError("The body has one key twice.")
    return found


def _no_constant(word: str) -> None:
    message = f"{word} is not JSON."
    raise ParseError(message)


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ParseError("The body has a number that is too large.")
    return value


def _short(text: str) -> int:
    if len(text) > LONGEST_NUMBER:
        raise ParseError("The body has a number that is too large.")
    return int(text)


def _check_text(value: Any) -> None:
    """Refuse what JSON can escape and a database cannot keep: SQLite takes it and chokes later."""
    if isinstance(value, str):
        if "\x00" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
            raise ParseError("The body has a text with a character that cannot be stored.")
    elif isinstance(value, dict):
        for key, item in value.items():
            _check_text(key)
            _check_text(item)
    elif isinstance(value, list):
        for item in value:
            _check_text(item)
