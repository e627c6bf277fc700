"""Tables as files: written once to the end, then handed out."""

from collections.abc import Callable, Iterable, Mapping
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.http import FileResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

from cases.exchange.downloads import POLICY
from cases.exchange.lines import write_csv, write_hxl, write_jsonl
from cases.exchange.tables import Made, Table
from cases.exchange.workbooks import write_xlsx
from cases.vocabulary.exports import FileFormat

IN_MEMORY = 1_000_000
"""A file of more bytes goes to a file that has no name on the disk."""
WRITERS: Mapping[FileFormat, Callable[[Table, Made, IO[bytes]], None]] = {
    FileFormat.CSV: write_csv,
    FileFormat.XLSX: write_xlsx,
    FileFormat.HXL: write_hxl,
    FileFormat.JSONL: write_jsonl,
}
MEDIA_TYPES: Mapping[FileFormat, str] = {
    FileFormat.CSV: "text/csv",
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileFormat.HXL: "text/csv",
    FileFormat.JSONL: "application/jsonl",
}
_ENDINGS = {FileFormat.HXL: "hxl.csv"}


def written(table: Table, file_format: FileFormat, made: Made) -> IO[bytes]:
    """Write a table; ``made`` then knows how many rows it has.

    It is whole before its first byte leaves: a file that breaks off looks like a short one.
    """
    file: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - whoever sends it closes it
    try:
        write(table, file_format, made, file)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def write(table: Table, file_format: FileFormat, made: Made, to: Any) -> None:
    """Write a table to something that takes bytes."""
    WRITERS[file_format](table, made, to)


def name_of(table: str, file_format: FileFormat, made: Made) -> str:
    """Name a file after what it holds and its day."""
    ending = _ENDINGS.get(file_format, file_format.value)
    return f"{table.replace('/', '-')}-{made.at.date().isoformat()}.{ending}"


def sent(file: IO[bytes], file_format: FileFormat, name: str) -> FileResponse:
    """Hand a file out, bit by bit."""
    kind = _content_type(file_format)
    response = FileResponse(file, as_attachment=True, filename=name, content_type=kind)
    _guard(response)
    return response


def downloaded(
    blocks: Iterable[bytes], file_format: FileFormat, table: str, made: Made
) -> StreamingHttpResponse:
    """Hand out what is opened block by block."""
    response = StreamingHttpResponse(blocks, content_type=_content_type(file_format))
    name = name_of(table, file_format, made)
    disposition = content_disposition_header(as_attachment=True, filename=name)
    response.headers["Content-Disposition"] = str(disposition)
    _guard(response)
    return response


def _content_type(file_format: FileFormat) -> str:
    kind = MEDIA_TYPES[file_format]
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def _guard(response: StreamingHttpResponse) -> None:
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Frame-Options"] = "DENY"
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
