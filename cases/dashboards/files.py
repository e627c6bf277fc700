"""What a page shows, as a file: whole before its first byte, on record before it leaves."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import cast

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.utils.translation import gettext as _, gettext_lazy

from cases import clock
from cases.access.gate import current_actor
from cases.actions import reads, recording
from cases.actions.attempts import repeated
from cases.dashboards import tables
from cases.dashboards.deeds import door
from cases.exchange.files import name_of, sent, written
from cases.exchange.tables import Made, Table
from cases.models import ReportedCount, User
from cases.queries import takings
from cases.queries.sessions import account_of
from cases.queries.snapshot import snapshot
from cases.vocabulary.exports import FileFormat

NO_TABLE = gettext_lazy("No page has such a table.")
TABLES: Mapping[str, Callable[[QueryDict], Table]] = {
    "overview": tables.overview,
    "returns": tables.returns,
    "outstanding": tables.of_population,
    "bridge": tables.bridges,
    "discrepancies": tables.contradictions,
    "changes": tables.changes,
}
FORMATS = (FileFormat.CSV, FileFormat.XLSX, FileFormat.HXL)


@door("GET")
def take(request: HttpRequest, table: str) -> HttpResponseBase:
    """Hand out a table of a page, narrowed as the page is."""
    make, params = TABLES.get(table), request.GET.copy()
    if make is None:
        raise Http404(NO_TABLE)
    file_format = _format(params.getlist("format"))
    params.pop("format", None)
    filters = {name: str(value) for name, value in params.items()}
    made = Made(_asker(cast("User", request.user)), clock.now(), filters)
    with snapshot():
        found = make(params)
        file = written(found, file_format, made)
        held = takings.versions_of(made.figures)
    name = name_of(found.name, file_format, made)
    note = partial(
        reads.note_file, recording.model_name(ReportedCount), by=current_actor(), rows=made.rows,
        file_format=file_format, narrowed_by=tuple(filters), name=name, held=held,
    )  # fmt: skip
    repeated(note)
    return sent(file, file_format, name)


def _format(given: list[str]) -> FileFormat:
    known = ", ".join(one.value for one in FORMATS)
    if len(given) != 1 or given[0] not in FORMATS:
        message = _("Say as what: format is one of %(known)s.") % {"known": known}
        raise ValidationError(message, code="format")
    return FileFormat(given[0])


def _asker(user: User) -> str:
    account = account_of(user.pk)
    return f"{account.email}, {user.organisation.name}"
