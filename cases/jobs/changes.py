"""Tells the feed of grants that have ended by time."""

from cases.access.gate import System, acting_as
from cases.actions import changes
from cases.actions.attempts import repeated


def note_ended_grants(_argument: str) -> None:
    """Tell of each once, however often this is done."""
    with acting_as(System("telling of grants that ended")) as by:
        repeated(lambda: changes.note_ended_grants(by=by))
