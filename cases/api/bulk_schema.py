"""How writes of many rows are described."""

from collections.abc import Mapping
from typing import Any

from cases.api.bulk import MOST_ROWS

Shape = dict[str, Any]
_MODE = "`whole`: one bad row, and nothing is written. `each`: good rows are written."
_PROBLEM = "Why the row is refused; null where it was written."
_ROW = "The row as its list shows it; null where it is refused, or may no longer be read."
_NUMBER = "Its place among those that were sent, from 1."


def rows_sent(row: Mapping[str, Any]) -> Shape:
    """Describe many rows that are added."""
    return {
        "type": "object",
        "required": ["rows"],
        "properties": {
            "mode": {
                "type": "string",
                "enum": ["each", "whole"],
                "default": "whole",
                "description": _MODE,
            },
            "rows": {
                "type": "array",
                "items": dict(row),
                "minItems": 1,
                "maxItems": MOST_ROWS,
            },
        },
    }


def changes_sent(row: Mapping[str, Any]) -> Shape:
    """Describe many changes: each names its row and the version that was read."""
    named = {
        "type": "object",
        "required": ["id", "version"],
        "properties": {
            "id": {"type": "string", "format": "uuid"},
            "version": {"type": "integer"},
        },
    }
    return rows_sent({"allOf": [dict(row), named]})


def outcomes(row: Mapping[str, Any], problem: Mapping[str, Any]) -> Shape:
    """Describe what became of many rows."""
    one: Shape = {
        "type": "object",
        "required": ["number", "status", "id", "version", "problem"],
        "properties": {
            "number": {"type": "integer", "description": _NUMBER},
            "status": {"type": "integer", "description": "As if it had been sent alone."},
            "id": {"type": "string", "format": "uuid", "nullable": True},
            "version": {"type": "integer", "nullable": True},
            "row": {"allOf": [dict(row)], "nullable": True, "description": _ROW},
            "problem": {"allOf": [dict(problem)], "nullable": True, "description": _PROBLEM},
        },
    }
    return {
        "type": "object",
        "required": ["results"],
        "properties": {"results": {"type": "array", "items": one}},
    }
