"""Lists and figures as files: negotiated like JSON, written by the exchange."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponseBase, QueryDict
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer

from cases import clock
from cases.access.actor import Actor
from cases.access.gate import System, acting_as, current_actor
from cases.access.sensitivity import OPERATIONAL
from cases.actions import attempts, reads
from cases.actions.recording import model_name
from cases.api.columns import columns_of
from cases.api.formats import FORMAT, RENDERERS, FormatNegotiation
from cases.exchange.files import name_of, sent, written
from cases.exchange.tables import Column, Made, Table
from cases.models import ReportedCount, User
from cases.models.gate import Gated
from cases.queries import takings
from cases.queries.portions import portions
from cases.queries.snapshot import snapshot
from cases.vocabulary.exports import FileFormat

LEFT_OUT_HEADER = "X-Fields-Left-Out"
ROWS_HEADER = "X-Rows"
MOST_ROWS = 100_000
_PAGED = ("cursor", "page_size", "include")
_NOT_PAGED = "A file holds the whole list. Leave “{name}” out, or ask for JSON."
_TELLS_WHO = (
    "A file that is made at once is not narrowed by what tells who somebody is. Leave “{name}” "
    "out, or ask for the file under exports/."
)
_TOO_LONG = (
    "This list has more than {most:,} rows. Narrow it, or ask for the file under exports/: it is "
    "made in the background."
)


class Files:
    """What a view needs to answer with a file."""

    content_negotiation_class: type[BaseContentNegotiation] = FormatNegotiation
    request: Any

    def has_files(self) -> bool:
        return True

    def get_renderers(self) -> list[BaseRenderer]:
        if not self.has_files():
            return super().get_renderers()  # type: ignore[misc,no-any-return]
        return [renderer() for renderer in RENDERERS]

    @property
    def file_format(self) -> FileFormat | None:
        """The format that is asked for; None for JSON."""
        return getattr(getattr(self.request, "accepted_renderer", None), "made_as", None)

    def file_of(self, model: str, make: Callable[[], Table]) -> HttpResponseBase:
        """Write a table to the end as of one moment, put it on record, and hand it out."""
        file_format = self.file_format
        assert file_format is not None  # noqa: S101 - asked before
        query = self.request.query_params
        filters = {name: query[name] for name in query if name != FORMAT}
        made = Made(_asker(), clock.now(), filters)
        with snapshot():
            table = make()
            file = written(table, file_format, made)
            held = takings.versions_of(made.figures)
        name = name_of(table.name, file_format, made)
        note = partial(
            reads.note_file, model, by=current_actor(), rows=made.rows,
            file_format=file_format, narrowed_by=tuple(filters), name=name, held=held,
        )  # fmt: skip
        attempts.repeated(note)
        response = sent(file, file_format, name)
        response.headers[ROWS_HEADER] = str(made.rows)
        if table.left_out:
            response.headers[LEFT_OUT_HEADER] = ", ".join(table.left_out)
        return response


class ListFiles(Files):
    """A list as a file: all the rows that pass the filters, not a page of them."""

    action: Any
    model: ClassVar[type[Gated]]
    moment: ClassVar[str]

    def has_files(self) -> bool:
        return bool(self.action == "list")

    def list_file(self) -> HttpResponseBase:
        """Answer with the list as a file that tells of nobody who they are."""
        query, actor = self.request.query_params, current_actor()
        assert isinstance(actor, Actor)  # noqa: S101 - somebody signed in, or the view said 401
        refuse_pages(query)
        readable = [column.name for column in _columns(self)]
        narrowed(self, query)  # what is wrong for a list is said as for a list
        with acting_as(actor.up_to(OPERATIONAL)):
            return self.file_of(model_name(self.model), lambda: self._table(query, readable))

    def _table(self, query: QueryDict, readable: list[str]) -> Table:
        rows = _harmlessly_narrowed(self, query)
        if rows[: MOST_ROWS + 1].count() > MOST_ROWS:
            raise ValidationError(_TOO_LONG.format(most=MOST_ROWS), code="too_long")
        table = table_of(self, rows)
        held = {column.name for column in table.columns}
        return replace(table, left_out=tuple(name for name in readable if name not in held))


def refuse_pages(query: QueryDict) -> None:
    """Refuse to cut a file into pages.

    :raises ValidationError: naming the parameter.
    """
    faults = {
        name: ValidationError(_NOT_PAGED.format(name=name), code="paged")
        for name in _PAGED
        if name in query
    }
    if faults:
        raise ValidationError(faults)


def _asker() -> str:
    key: Any = current_actor().user_id
    with acting_as(System("naming who asks")):  # auditors do not read addresses, not even theirs
        user = User.objects.select_related("organisation").get(pk=key)
    return f"{user.email}, {user.organisation.name}"


def narrowed(view: Any, query: QueryDict) -> QuerySet[Any]:
    """Give the rows of a list that pass its filters.

    :raises ValidationError: naming each parameter that cannot be read.
    """
    rows: QuerySet[Any] = view.filterset_class.narrowed(view.get_queryset(), query)
    return rows


def _harmlessly_narrowed(view: Any, query: QueryDict) -> QuerySet[Any]:
    try:
        return narrowed(view, query)
    except ValidationError as refusal:
        faults = {
            name: ValidationError(_TELLS_WHO.format(name=name), code="masked")
            for name in getattr(refusal, "error_dict", {})
        }
        raise ValidationError(faults or refusal) from None


def table_of(view: Any, rows: QuerySet[Any]) -> Table:
    """Give a list as a table, its rows as the list shows them."""
    title = str(view.model._meta.verbose_name_plural).capitalize()
    figures = (("id",),) if issubclass(view.model, ReportedCount) else ()
    return Table(view.basename, title, _columns(view), _shown(view, rows), figures=figures)


def _columns(view: Any) -> tuple[Column, ...]:
    """Give the columns of what a list shows whoever acts."""
    serializer: Any = view.get_serializer()
    return columns_of(serializer, serializer.hidden)


def _shown(view: Any, rows: QuerySet[Any]) -> Iterator[Mapping[str, Any]]:
    for portion in portions(rows, view.moment):
        yield from view.get_serializer(portion, many=True).data
