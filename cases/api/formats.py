"""Which form of an answer is asked for: JSON, or one of the files."""

from typing import Any, ClassVar

from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request

from cases.exchange.files import MEDIA_TYPES
from cases.vocabulary.exports import FileFormat

FORMAT = "format"


class FileRenderer(BaseRenderer):
    """Stands for a format in the negotiation; the exchange writes the file."""

    made_as: ClassVar[FileFormat]
    charset = None

    def render(self, data: Any, *_args: Any, **_kwargs: Any) -> Any:
        """Give what is a file already."""
        return data


class CsvRenderer(FileRenderer):
    made_as, format, media_type = FileFormat.CSV, "csv", MEDIA_TYPES[FileFormat.CSV]


class XlsxRenderer(FileRenderer):
    made_as, format, media_type = FileFormat.XLSX, "xlsx", MEDIA_TYPES[FileFormat.XLSX]


class HxlRenderer(FileRenderer):
    made_as, format, media_type = FileFormat.HXL, "hxl", MEDIA_TYPES[FileFormat.HXL]


class JsonlRenderer(FileRenderer):
    made_as, format, media_type = FileFormat.JSONL, "jsonl", MEDIA_TYPES[FileFormat.JSONL]


# `Accept: text/csv` takes the first that fits: HXL is asked for by its name.
RENDERERS = (JSONRenderer, CsvRenderer, HxlRenderer, XlsxRenderer, JsonlRenderer)


class FormatNegotiation(DefaultContentNegotiation):
    """Takes `?format=` at its word, whatever `Accept` says: an address is easier to write."""

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        named = request.query_params.get(FORMAT)
        if not named:
            chosen: tuple[BaseRenderer, str]
            chosen = super().select_renderer(request, renderers, format_suffix)
            return chosen
        found: BaseRenderer = next(iter(self.filter_renderers(renderers, named)))
        return found, str(found.media_type)
