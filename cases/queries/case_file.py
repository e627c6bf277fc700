"""One case on one page: its steps, names, family, batches, help, tasks and notes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from cases.models import BatchSlot, Grant, Individual, IndividualName
from cases.queries import timeline
from cases.queries.claims import claimant_of
from cases.queries.timeline import Step, label_of, read, related
from cases.rules import kinship
from cases.rules.dates import in_words
from cases.vocabulary.casework import TaskState
from cases.vocabulary.individuals import Certainty


@dataclass(frozen=True)
class Name:
    """One name in one script."""

    id: UUID
    text: str
    part: str
    kind: str
    language_tag: str


@dataclass(frozen=True)
class Tie:
    """A relative: another case within reach, a contact, or somebody out of reach."""

    id: UUID
    tie: str
    generation: int | None
    certainty: str
    is_certain: bool
    relative_id: UUID | None
    relative: str


@dataclass(frozen=True)
class Place:
    """A place in a batch."""

    id: UUID
    batch_id: UUID
    batch: str
    status: str
    status_value: str
    number: int
    presence: str


@dataclass(frozen=True)
class Help:
    """Help, how far it has come and who promised it."""

    id: UUID
    kind: str
    stage: str
    stage_value: str
    promised_by: str
    statement_id: UUID | None
    due: str
    amount: str
    remarks: str


@dataclass(frozen=True)
class ToDo:
    """A task."""

    id: UUID
    title: str
    state: str
    is_open: bool
    due_on: date | None
    assigned_to: str

    def is_overdue(self, today: date) -> bool:
        return self.is_open and self.due_on is not None and self.due_on < today


@dataclass(frozen=True)
class Remark:
    """A note and who wrote it."""

    id: UUID
    text: str
    recorded_at: datetime
    recorded_by: str


@dataclass(frozen=True)
class Share:
    """A grant of the case to another organisation."""

    id: UUID
    recipient: str
    giver: str
    level: str
    purpose: str
    legal_basis: str
    expires_at: datetime
    is_live: bool
    is_revoked: bool


@dataclass(frozen=True)
class Kept:
    """A file, and whether its content is still there."""

    id: UUID
    title: str
    kind: str
    size: int
    is_withdrawn: bool
    recorded_at: datetime


@dataclass(frozen=True)
class CaseFile:
    """Everything within the reader's reach that is kept on one person."""

    steps: tuple[Step, ...]
    names: tuple[Name, ...]
    family: tuple[Tie, ...]
    slots: tuple[Place, ...]
    help: tuple[Help, ...]
    tasks: tuple[ToDo, ...]
    notes: tuple[Remark, ...]
    shares: tuple[Share, ...]
    attachments: tuple[Kept, ...]

    @property
    def generations(self) -> list[tuple[int, list[Tie]]]:
        """The relatives, the oldest generation first; 0 is the person's own, and always there."""
        found: dict[int, list[Tie]] = {0: []}
        for tie in self.family:
            if tie.generation is not None:
                found.setdefault(tie.generation, []).append(tie)
        return sorted(found.items(), reverse=True)

    @property
    def other_relatives(self) -> list[Tie]:
        """Relatives of whom nobody has said how they are related."""
        return [tie for tie in self.family if tie.generation is None]

    @property
    def next_task(self) -> ToDo | None:
        """The open task that is due first; one without a day comes last."""
        waiting = [task for task in self.tasks if task.is_open]
        return min(waiting, key=lambda task: task.due_on or date.max, default=None)

    @property
    def full_name(self) -> str:
        return " · ".join(dict.fromkeys(name.text for name in self.names))


def of(person: Individual) -> CaseFile:
    """Read a case in a fixed number of queries; fields the reader may not read stay empty."""
    return CaseFile(
        steps=timeline.of(person),
        names=tuple(_names(person)),
        family=tuple(_family(person)),
        slots=tuple(map(_slot, _slots(person))),
        help=tuple(map(_help, _assistance(person))),
        tasks=tuple(map(_task, _tasks(person))),
        notes=tuple(_notes(person)),
        shares=tuple(map(_share, _shares(person))),
        attachments=tuple(_attachments(person)),
    )


def _slots(person: Individual) -> Iterable[BatchSlot]:
    """Find the places bound to a person, of movements whose manifest the reader may see."""
    rows = person.slots.filter(BatchSlot.readable("individual"))
    return rows.prefetch_related("batch").order_by("recorded_at", "pk")


def _shares(person: Individual) -> Iterable[Grant]:
    return person.grants.prefetch_related("organisation", "recipient").order_by(
        "-recorded_at", "pk"
    )


def _share(grant: Grant) -> Share:
    return Share(
        id=grant.pk,
        recipient=str(grant.recipient),
        giver=str(grant.organisation),
        level=grant.get_level_display(),
        purpose=label_of(grant, "purpose"),
        legal_basis=label_of(grant, "legal_basis"),
        expires_at=grant.expires_at,
        is_live=grant.is_live,
        is_revoked=grant.revoked_at is not None,
    )


def _names(person: Individual) -> Iterable[Name]:
    if "text" in IndividualName.masked_for_actor():
        return
    for name in person.names.filter(IndividualName.readable("text")).order_by("recorded_at", "pk"):
        part, kind = name.get_part_display(), name.get_kind_display()
        yield Name(name.pk, name.text, part, kind, name.language_tag)


def _family(person: Individual) -> Iterable[Tie]:
    rows = person.family_links.prefetch_related("relative__names", "contact")
    for link in rows.order_by("recorded_at", "pk"):
        relative, contact = read(link, "relative", None), read(link, "contact", None)
        words = (
            _person(relative) if relative else str(contact or _("a relative outside your access"))
        )
        yield Tie(
            id=link.pk,
            tie=label_of(link, "tie") or _("Relative"),
            generation=kinship.generation(read(link, "tie", "")),
            certainty=label_of(link, "certainty"),
            is_certain=read(link, "certainty", "") == Certainty.CONFIRMED,
            relative_id=relative.pk if relative else None,
            relative=words,
        )


def _person(person: Individual) -> str:
    if "text" in IndividualName.masked_for_actor():
        return str(person)
    texts = [name.text for name in person.names.all() if name.text]
    return " · ".join(dict.fromkeys([str(person), *texts])).replace(" · ", " ", 1)


def _slot(slot: Any) -> Place:
    batch = slot.batch
    title = read(batch, "title", "")
    return Place(
        id=slot.pk,
        batch_id=batch.pk,
        batch=f"{batch} {title}".strip(),
        status=batch.get_status_display(),
        status_value=batch.status,
        number=slot.number,
        presence=label_of(slot, "presence"),
    )


def _assistance(person: Individual) -> Iterable[Any]:
    told = "statement__speakers__"
    return person.assistance.prefetch_related(
        "provider", "statement", f"{told}official", f"{told}body", f"{told}contact"
    ).order_by("stage", "recorded_at", "pk")


def _help(row: Any) -> Help:
    statement, due = read(row, "statement", None), read(row, "due_edtf", "")
    by = claimant_of(statement, ()).label if statement else related(row, "provider")
    amount = read(row, "amount", None)
    return Help(
        id=row.pk,
        kind=label_of(row, "kind") or _("Help"),
        stage=label_of(row, "stage"),
        stage_value=read(row, "stage", ""),
        promised_by=by,
        statement_id=statement.pk if statement else None,
        due=in_words(due) if due else "",
        amount=_sum(amount, row.currency) if amount is not None else "",
        remarks=read(row, "remarks", ""),
    )


def _sum(amount: Decimal, currency: str) -> str:
    return f"{number_format(amount, decimal_pos=2, force_grouping=True)} {currency}"


def _tasks(person: Individual) -> Iterable[Any]:
    return person.tasks.prefetch_related("assigned_to").order_by("state", "recorded_at", "pk")


def _task(task: Any) -> ToDo:
    return ToDo(
        id=task.pk,
        title=read(task, "title", "") or str(task),
        state=task.get_state_display(),
        is_open=task.state == TaskState.OPEN,
        due_on=read(task, "due_on", None),
        assigned_to=related(task, "assigned_to"),
    )


def _notes(person: Individual) -> Iterable[Remark]:
    for note in person.notes.prefetch_related("recorded_by").order_by("-recorded_at", "pk"):
        text = read(note, "text", "")
        if text:
            yield Remark(note.pk, text, note.recorded_at, related(note, "recorded_by"))


def _attachments(person: Individual) -> Iterable[Kept]:
    for row in person.attachments.order_by("-recorded_at", "pk"):
        title, is_withdrawn = read(row, "title", ""), row.withdrawn_at is not None
        if title:
            yield Kept(
                row.pk, title, label_of(row, "kind"), row.size, is_withdrawn, row.recorded_at
            )
