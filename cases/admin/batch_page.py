"""The page of a batch: headcounts held against slots, the way, the mediators, the steps."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from cases.admin import batch_forms, masking, next_steps, route_line
from cases.admin.in_place import Opened
from cases.models import BatchSlot, RepatriationBatch
from cases.queries import reconciliation
from cases.queries.claims import claimant_of
from cases.queries.individuals import names_of
from cases.rules.dates import in_words
from cases.vocabulary.individuals import AgeClass


@dataclass(frozen=True)
class SlotLine:
    slot: BatchSlot
    age_class: str
    sex: str
    presence: str
    person_id: UUID | None
    person: str
    is_bound: bool


def context_of(
    request: HttpRequest, batch: RepatriationBatch, opened: Opened | None
) -> dict[str, Any]:
    """Gather what the page of a batch shows."""
    picture = reconciliation.of(batch)
    stops = route_line.stops_of(masking.value(batch, "route"))
    slots = list(_slots(batch))
    behind = _behind(request, batch)
    return {
        "title": masking.value(batch, "title") or str(batch),
        "original": batch,
        "is_for_the_cell": bool(batch.taken_out),
        "facts": list(_facts(batch)),
        "picture": picture,
        "stops": stops,
        "way_in_words": route_line.in_words(stops),
        "mediations": list(_mediations(batch)),
        "slots": [line for line in slots if behind is None or line.slot.pk in behind],
        "all_slots": len(slots),
        "is_narrowed": behind is not None,
        "opened": opened,
        "opened_on": opened.on if opened else None,
        "media": opened.media if opened else "",
        "steps": list(_steps(batch)),
        "next": next_steps.of_batch(batch, picture),
        "may_keep": batch_forms.may_keep(batch),
        "remarks": masking.value(batch, "remarks", ""),
    }


def _behind(request: HttpRequest, batch: RepatriationBatch) -> frozenset[UUID] | None:
    """Give the slots behind the number of the grid that was followed, if one was."""
    part, dimension, label = (request.GET.get(n, "") for n in ("show", "dimension", "group"))
    return reconciliation.slots_behind(batch, dimension, label, part) if part else None


def _facts(batch: RepatriationBatch) -> Iterable[tuple[str, str]]:
    yield _("Kind"), batch.get_kind_display()
    yield _("Roster"), batch.get_roster_policy_display()
    for name, label in (("departed", _("Departed")), ("arrived", _("Arrived"))):
        written = masking.value(batch, f"{name}_edtf", "")
        if written:
            yield label, _day(in_words(written), masking.value(batch, f"{name}_as_stated", ""))
    for name, label in (
        ("releasing_body", _("Released by")),
        ("receiving_body", _("Received by")),
        ("destination", _("Destination")),
    ):
        if name not in batch.taken_out:
            yield label, str(masking.value(batch, name) or _("not said"))


def _day(words: str, stated: str) -> str:
    """Say a day, and how the source put it."""
    return _("%(day)s (“%(stated)s”)") % {"day": words, "stated": stated} if stated else words


def _told(rows: Any) -> Any:
    told = "statement__"
    return rows.prefetch_related(
        f"{told}speakers__official",
        f"{told}speakers__body",
        f"{told}speakers__contact",
        f"{told}citations__report",
    ).order_by("recorded_at", "pk")


def _source(row: Any) -> dict[str, Any]:
    statement = masking.value(row, "statement")
    if statement is None:
        return {"claimant": "", "reports": []}
    reports = [citation.report for citation in statement.citations.all()]
    return {"claimant": claimant_of(statement, ()).label, "reports": reports}


def _mediations(batch: RepatriationBatch) -> Iterable[dict[str, Any]]:
    for row in _told(batch.mediations.prefetch_related("body")):
        body = masking.value(row, "body")
        if body is not None:
            yield {"row": row, "body": body, "role": row.get_role_display(), **_source(row)}


def _steps(batch: RepatriationBatch) -> Iterable[dict[str, Any]]:
    for row in _told(batch.steps):
        written = masking.value(row, "occurred_edtf", "")
        yield {
            "row": row,
            "label": row.get_to_status_display(),
            "occurred": in_words(written) if written else "",
            **_source(row),
        }


def _slots(batch: RepatriationBatch) -> Iterable[SlotLine]:
    rows = batch.slots.prefetch_related("individual__names").order_by("number")
    for slot in rows:
        person = masking.value(slot, "individual")
        is_bound = "individual" not in slot.unread_fields() and slot.individual_id is not None
        age = _label(slot, "age_class")
        yield SlotLine(
            slot=slot,
            age_class="" if age == str(AgeClass.UNKNOWN.label) else age,
            sex=_label(slot, "sex"),
            presence=_label(slot, "presence"),
            person_id=person.pk if person else None,
            person=_named(person) if person else _("outside your access") if is_bound else "",
            is_bound=is_bound,
        )


def _named(person: Any) -> str:
    return f"{person} {names_of(person)}".strip()


def _label(record: Any, name: str) -> str:
    is_left_out = name in record.unread_fields()
    return "" if is_left_out else getattr(record, f"get_{name}_display")()
