"""Reading one person's protected fields is an act: the trail says who did.

Such an entry speaks for no row: somebody may have saved between the reading and its entry.
"""

from collections.abc import Collection

from django.db import transaction

from cases.access.actor import Actor, AnyActor
from cases.actions import audit, recording
from cases.models import Attachment, ImportRun, ReportText
from cases.models.base import Record
from cases.models.gate import Gated


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
    model: str, *, by: AnyActor, rows: int, file_format: str, narrowed_by: Collection[str] = ()
) -> None:
    """Write into the trail that a list or a figure leaves as a file; call it before it does.

    The values of the filters stay out: somebody's name may be one.
    """
    narrowed = f", narrowed by {', '.join(sorted(narrowed_by))}" if narrowed_by else ""
    audit.note(
        by=by,
        act="exported",
        model=model,
        organisation_id=by.organisation_id,
        reason=f"{rows} rows as {file_format}{narrowed}"[:500],
    )
