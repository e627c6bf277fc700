"""Makes the files that were approved, as whoever asked for them, and takes away what is over."""

from functools import partial
from tempfile import SpooledTemporaryFile
from urllib.parse import parse_qsl
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext_noop

from cases import clock
from cases.access.actor import AnyActor
from cases.access.gate import Actor, System, acting_as
from cases.actions import exports
from cases.actions.attempts import repeated
from cases.actions.exports import Stored
from cases.exchange import sealing, sources
from cases.exchange.files import IN_MEMORY, write
from cases.exchange.tables import Made
from cases.models import ExportRun
from cases.queries import takings
from cases.queries.exports import over
from cases.queries.snapshot import snapshot
from cases.vocabulary.exports import ExportState, FileFormat

NO_LONGER = gettext_noop("Whoever asked for this may no longer sign in, or no longer take files.")


def build(run: str) -> None:
    """Make the file of one run, unless it is made: an earlier try may have got so far."""
    with acting_as(System("making a file")) as by:
        rows = ExportRun.objects.filter(pk=UUID(run), state=ExportState.APPROVED)
        found = rows.select_related("recorded_by__organisation").first()
        if found is None or found.recorded_by is None:
            return
        user = found.recorded_by
        actor = Actor.of(user)
        if not (user.is_active and user.organisation.is_active and actor.may(exports.ASK)):
            exports.give_up(found, by=by, why=NO_LONGER)
            return
    _make(found, Made(f"{user.email}, {user.organisation.name}", clock.now()), actor)


def _make(run: ExportRun, made: Made, actor: Actor) -> None:
    made.filters = dict(parse_qsl(run.filters))
    made.mark = f"Made for {made.by}, run {run.pk}, on {made.at.date()}. Not to be passed on."
    salt = sealing.new_salt()
    with SpooledTemporaryFile(max_size=IN_MEMORY) as file:
        sealer = sealing.Sealer(file, salt)
        try:
            with acting_as(actor), snapshot(is_long=True):
                table = sources.table_of(run.collection, made.filters)
                write(table, FileFormat(run.format), made, sealer)
                held = takings.versions_of(made.figures)
        except (PermissionDenied, ValidationError) as refusal:
            _give_up(run, " ".join(getattr(refusal, "messages", [str(refusal)])))
            return
        sealer.finish()
        file.seek(0)
        with acting_as(actor), exports.stored(file) as name:
            kept = Stored(name, salt, sealer.sha256, made.rows, sealer.size)
            try:
                repeated(lambda: exports.finish(_anew(run), by=actor, file=kept, held=held))
            except ValidationError as refusal:
                _give_up(_anew(run), " ".join(refusal.messages))


def _anew(run: ExportRun) -> ExportRun:
    """Read a run once more: a transaction that was lost leaves its marks on the row in memory."""
    return ExportRun.objects.get(pk=run.pk)


def _give_up(run: ExportRun, why: str) -> None:
    with acting_as(System("making a file")) as by:
        exports.give_up(run, by=by, why=why)


def purge(_nothing: str) -> None:
    """Take away the files whose time is up, and those that were taken often enough."""
    with acting_as(System("taking files away")) as by:
        for run in over(clock.now()):
            repeated(partial(_purge, run, by))


def _purge(run: ExportRun, by: AnyActor) -> None:
    exports.purge(_anew(run), by=by)
