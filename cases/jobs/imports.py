"""Goes through imported files, as whoever started it and under the rights of the moment."""

from contextlib import suppress
from uuid import UUID

from django.core.exceptions import ValidationError

from cases.access.actor import AnyActor
from cases.access.gate import System, acting_as
from cases.actions import imports, offers
from cases.actions.attempts import repeated
from cases.actions.import_rows import NotOurTurn
from cases.jobs.import_portions import Portion, RightsLost, S
from cases.models import ImportRun
from cases.rules import imports as rules
from cases.vocabulary.imports import ImportState


def forget(_argument: str) -> None:
    """Delete what is old."""
    with acting_as(System("tidying up imports")) as by:
        imports.forget_old(by=by)
        offers.forget_old(by=by)


def carry_out(run_id: str) -> str | None:
    """Do a portion of a run; give what to go on with, or None where it has ended."""
    with acting_as(System("carrying out an import")) as by:
        run = ImportRun.objects.filter(pk=UUID(run_id)).first()
        if run is None or run.state not in rules.AT_WORK:
            return None
        try:
            to = Portion(run).done()
        except RightsLost as loss:
            to, why = S.STOPPED, str(loss)
        except (FileNotFoundError, ValidationError):
            to, why = S.STOPPED, rules.FAILED
        except NotOurTurn:
            return None
        else:
            why = ""
        if to is None:
            return run_id
        _end(run, by, to, why)
    return None


def _end(run: ImportRun, by: AnyActor, to: ImportState, why: str) -> None:
    with suppress(ValidationError):  # its user has stopped it meanwhile
        repeated(lambda: imports.end(run, by=by, to=to, why=why))
