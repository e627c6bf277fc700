"""Hands out a sealed file, opened block by block; the download was counted before."""

import logging
from collections.abc import Iterator
from typing import IO, Any, cast

from django.core.files.storage import default_storage
from django.http import StreamingHttpResponse

from cases.access.gate import System, acting_as
from cases.exchange import sealing
from cases.exchange.files import downloaded
from cases.exchange.tables import Made
from cases.models import ExportRun
from cases.queries.attachments import Damaged
from cases.vocabulary.exports import FileFormat

log = logging.getLogger(__name__)


def opened(taken: ExportRun) -> ExportRun:
    """Read what opens the file of a run: no reader of rows is cleared for it."""
    with acting_as(System("handing a file out")):
        return ExportRun.objects.get(pk=taken.pk)


def handed_out(run: ExportRun) -> StreamingHttpResponse:
    """Answer with the file of a run that was `opened`.

    :raises Damaged: where it is not in the storage.
    """
    made = Made("", run.built_at or run.recorded_at)
    blocks = _blocks(_file_of(run), run.salt)
    return downloaded(blocks, FileFormat(run.format), run.collection, made)


def _file_of(run: ExportRun) -> IO[bytes]:
    try:
        file: Any = default_storage.open(run.stored_name)
    except FileNotFoundError:
        log.exception("The file of %s is missing", run)
        raise Damaged from None
    return cast("IO[bytes]", file)


def _blocks(file: IO[bytes], salt: str) -> Iterator[bytes]:
    with file:
        yield from sealing.opened(file, salt=salt)
