"""Reading one person's protected fields is an act: the trail says who did.

Such an entry speaks for no row: somebody may have saved between the reading and its entry.
"""

from django.db import transaction

from cases.access.actor import Actor, AnyActor
from cases.actions import recording
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
