"""Addresses in rows that the database writes: it does not know by which name we are asked."""

from secrets import token_hex
from typing import Any

from django.db.models import F
from django.urls import reverse
from rest_framework.request import Request

from cases.queries.json_rows import Column, Kind

_HOST = f"our-own-host-{token_hex(16)}"
"""Stands in for scheme and host. Nobody can have written it into a text."""


def address(name: str, *, route: str, parameter: str) -> Column:
    """Give the column that leads to a list of what hangs on the row."""
    listed = f"{_HOST}{reverse(f'api:{route}-list')}?{parameter}="
    return Column(name, F("pk"), Kind.KEY, before=listed)


def settled(text: str, request: Request) -> str:
    """Put in the host that the caller asked."""
    if _HOST not in text:
        return text
    asked: Any = request.build_absolute_uri("/")
    return text.replace(_HOST, asked.rstrip("/"))
