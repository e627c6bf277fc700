"""Log lines: one event, one line, nothing that could forge a second, nobody's data."""

import logging
import re
import traceback
from types import TracebackType
from typing import Final

from django.db import Error

ESCAPES: Final = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160))} | {
    ord("\n"): "\\n",
    ord("\t"): "\\t",
    **{code: f"\\u{code:04x}" for code in (0x2028, 0x2029, *range(0x202A, 0x202F))},
    **{code: f"\\u{code:04x}" for code in (0x200E, 0x200F, 0x061C, *range(0x2066, 0x206A))},
    **{code: f"\\u{code:04x}" for code in range(0xD800, 0xE000)},
}
QUERY: Final = re.compile(r"(/[^\s?]*)\?[^\s\"']+")
ExceptionInfo = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


class OneLineFormatter(logging.Formatter):
    """Fold a traceback into its line, escape control characters, leave out query strings."""

    def __init__(self) -> None:
        line = "%(asctime)s %(request_id)s %(levelname)s %(name)s %(message)s"
        super().__init__(line, defaults={"request_id": "-"})

    def format(self, record: logging.LogRecord) -> str:
        return super().format(record).translate(ESCAPES)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's
        record.message = QUERY.sub(r"\1?…", record.message)
        return super().formatMessage(record)

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802 - logging's
        """Write a traceback without what a database says of the row it refused: its values."""
        fault, written = ei[1], []
        while fault is not None:
            frames = "".join(traceback.format_tb(fault.__traceback__))
            written.append(f"{frames}{type(fault).__name__}{_said(fault)}")
            fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
        return "\n".join(reversed(written))


def _said(fault: BaseException) -> str:
    is_of_database = isinstance(fault, Error) or hasattr(fault, "sqlstate")
    return "" if is_of_database or not str(fault) else f": {fault}"
