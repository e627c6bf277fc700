"""Reading one person's protected fields is an act: the trail says who did.

Such an entry speaks for no row: somebody may have saved between the reading and its entry.
"""

from collections.abc import Collection, Sequence

from django.db import transaction

from cases import clock
from cases.access.actor import Actor, AnyActor
from cases.access.gate import System, acting_as
from cases.actions import audit, recording
from cases.models import Attachment, FiguresTaken, ImportRun, ReportText
from cases.models.base import Record
from cases.models.exports import LONGEST_FILE
from cases.models.gate import Gated
from cases.queries import takings
from cases.queries.takings import Held
from cases.rules.exports import MOST_FIGURES


@transaction.atomic
def note_download(kept: Attachment | ReportText | ImportRun, *, by: AnyActor) -> None:
    """Write into the trail who takes the content of a file; call it before it is handed out."""
    recording.trail(kept, by=by, act="downloaded")


@transaction.atomic
def note(record: Gated, *, by: AnyActor) -> None:
    """Write into the trail which protected fields of a person ``by`` reads, if any."""
    fields = record.read_as_protected()
    if fields and isinstance(by, Actor) and isinstance(record, Record):
        recording.trail(record, by=by, act="read", changed=fields)


def is_noted(model: type[Gated]) -> bool:
    """Say whether whoever acts reads anything of a single row that the trail is to tell."""
    return bool(model.protected_for_actor())


@transaction.atomic
def note_file(
    model: str,
    *,
    by: AnyActor,
    rows: int,
    file_format: str,
    narrowed_by: Collection[str] = (),
    name: str = "",
    held: Sequence[Held] = (),
) -> None:
    """Write into the trail that a list or a figure leaves as a file; call it before it does.

    The values of the filters stay out: somebody's name may be one. ``held`` are the figures in
    it: whoever took them is told when they change.
    """
    narrowed = f", narrowed by {', '.join(sorted(narrowed_by))}" if narrowed_by else ""
    audit.note(
        by=by,
        act="exported",
        model=model,
        organisation_id=by.organisation_id,
        reason=f"{rows} rows as {file_format}{narrowed}"[:500],
    )
    note_figures(held, by=by, name=name)


@transaction.atomic
def note_figures(held: Sequence[Held], *, by: AnyActor, name: str) -> None:
    """Remember which figures left in a file, in which version, for whoever took it."""
    if held and isinstance(by, Actor):
        with acting_as(System("forgetting which figures left long ago")):
            FiguresTaken.objects.filter(
                recorded_by=by.user_id, recorded_at__lt=clock.now() - takings.REMEMBERED
            ).delete()
        FiguresTaken(
            organisation_id=by.organisation_id,
            recorded_by_id=by.user_id,
            recorded_at=clock.now(),
            file=name[:LONGEST_FILE],
            held=takings.written(held[:MOST_FIGURES]),
            is_cut=len(held) > MOST_FIGURES,
        ).save(force_insert=True)
