"""Carries out bulk work, as the user who confirmed it and under the rights of the moment."""

import time
from uuid import UUID

from django.utils.translation import gettext_noop

from cases.access.gate import Actor, System, acting_as, current_actor
from cases.actions import bulk
from cases.actions.attempts import repeated
from cases.models import BulkRun

PATIENCE = 60.0
"""Seconds after which the rest is left to the next turn: others wait too."""
NO_LONGER = gettext_noop("Whoever confirmed this may no longer sign in.")
NOT_NOW = gettext_noop("Whoever confirmed this may no longer do it.")


def carry_out(run: str) -> str | None:
    """Do the rows of a run that wait, until all are tried or the time is up."""
    with acting_as(System("carrying out bulk work")) as by:
        rows = BulkRun.objects.filter(pk=UUID(run)).select_related("user__organisation")
        found = rows.select_related("assigned_to", "batch").first()
        if found is None:
            return None
        user = found.user
        if not (user.is_active and user.organisation.is_active):
            bulk.give_up(found, by=by, why=NO_LONGER)
            return None
        if not Actor.of(user).may(bulk.NEEDED[found.act]):
            bulk.give_up(found, by=by, why=NOT_NOW)
            return None
    with acting_as(Actor.of(user)):
        return run if go_on(found, for_seconds=PATIENCE) else None


def go_on(run: BulkRun, *, for_seconds: float) -> bool:
    """Do one row after another, as whoever acts.

    :returns: whether the time was up before the end.
    """
    end = time.monotonic() + for_seconds
    while repeated(lambda: bulk.try_next(run, by=current_actor())):
        if time.monotonic() > end:
            return True
    return False
