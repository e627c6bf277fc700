"""Files in a request, and files in an answer: the only bodies that are not JSON."""

from collections.abc import Iterable, Mapping
from typing import IO, Any

from rest_framework.exceptions import ParseError
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser, MultiPartParser
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request


class UploadParser(MultiPartParser):
    """A form with one file; no field twice."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        parsed: Any = super().parse(stream, media_type, parser_context)
        given = [*parsed.data.lists(), *parsed.files.lists()]
        names = [name for name, values in given for _ in values]
        if len(names) != len(set(names)):
            raise ParseError("The form has one field twice.")
        return {name: values[0] for name, values in given}


class AsStored(BaseContentNegotiation):
    """Answers with the file whatever is accepted: there is one form of it."""

    def select_parser(self, _request: Request, _parsers: Iterable[BaseParser]) -> None:
        """Read nothing: there is no body."""

    def select_renderer(
        self,
        _request: Request,
        _renderers: Iterable[BaseRenderer],
        _format_suffix: str | None = None,
    ) -> tuple[BaseRenderer, str]:
        return JSONRenderer(), "application/json"  # of a problem; the file renders itself
