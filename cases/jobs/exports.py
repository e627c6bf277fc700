"""Makes the files that were approved, as whoever asked for them, and takes away what is over."""

from collections.abc import Mapping
from functools import partial
from hashlib import sha256
from tempfile import SpooledTemporaryFile
from typing import IO
from urllib.parse import parse_qsl
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext_noop

from cases import clock
from cases.access.gate import Actor, System, acting_as
from cases.actions import exports
from cases.actions.attempts import repeated
from cases.actions.exports import Stored
from cases.exchange import sealing, sources
from cases.exchange.files import IN_MEMORY, written
from cases.exchange.tables import Made
from cases.models import ExportRun
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
    made = Made(f"{user.email}, {user.organisation.name}", clock.now(), _filters(found))
    made.mark = f"Made for {made.by}, run {found.pk}, on {made.at.date()}. Not to be passed on."
    try:
        with acting_as(actor), snapshot(is_long=True):
            table = sources.table_of(found.collection, made.filters)
            plain = written(table, FileFormat(found.format), made)
    except (PermissionDenied, ValidationError) as refusal:
        why = " ".join(getattr(refusal, "messages", [str(refusal)]))
        with acting_as(System("making a file")) as by:
            exports.give_up(found, by=by, why=why)
        return
    with plain, acting_as(actor):
        _keep(ExportRun.objects.get(pk=found.pk), plain, made, actor)


def _keep(run: ExportRun, plain: IO[bytes], made: Made, actor: Actor) -> None:
    salt, digest = sealing.new_salt(), _digest(plain)
    size = plain.tell()
    plain.seek(0)
    with SpooledTemporaryFile(max_size=IN_MEMORY) as sealed:
        sealing.sealed(plain, sealed, salt=salt)
        sealed.seek(0)
        with exports.stored(sealed) as name:
            file = Stored(name, salt, digest, made.rows, size)
            repeated(partial(exports.finish, run, by=actor, file=file))


def purge(_nothing: str) -> None:
    """Take away the files whose time is up, and those that were taken often enough."""
    with acting_as(System("taking files away")) as by:
        for run in over(clock.now()):
            repeated(partial(exports.purge, run, by=by))


def _digest(file: IO[bytes]) -> str:
    digest = sha256()
    while block := file.read(sealing.BLOCK):
        digest.update(block)
    return digest.hexdigest()


def _filters(run: ExportRun) -> Mapping[str, str]:
    return dict(parse_qsl(run.filters))
