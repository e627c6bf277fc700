"""Cells of tables: what a spreadsheet would run, and what no file may hold."""

import re

_FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n", "\x00", "＝", "＋", "－", "＠")
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def harmless(text: str) -> str:
    """Keep a spreadsheet from running what somebody typed as a name.

    Full-width signs count: some spreadsheets take them for their narrow twins.
    """
    return f"'{text}" if text.startswith(_FORMULA_BEGINS) else text


def fit_for_xml(text: str) -> str:
    """Take out the characters that XML 1.0 forbids, even as references."""
    return _NOT_IN_XML.sub("", text)
