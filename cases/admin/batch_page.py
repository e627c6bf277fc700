"""The page of a batch: headcounts held against slots, the way, the mediators, the steps."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cases.access.gate import can, current_actor
from cases.access.roles import Act
from cases.admin import links, masking, next_steps
from cases.admin.individuals import names_of
from cases.models import (
    BatchSlot,
    Mediation,
    RepatriationBatch,
    ReportedCount,
    RouteLeg,
)
from cases.queries import reconciliation
from cases.queries.claims import claimant_of
from cases.rules.dates import in_words
from cases.vocabulary.individuals import AgeClass
from cases.vocabulary.routes import LegMode


@dataclass(frozen=True)
class Stop:
    """A place on the way and what happens there."""

    place: str
    role: str
    mode: str


@dataclass(frozen=True)
class SlotLine:
    slot: BatchSlot
    age_class: str
    sex: str
    presence: str
    person_id: UUID | None
    person: str
    is_bound: bool


def context_of(batch: RepatriationBatch) -> dict[str, Any]:
    """Gather what the page of a batch shows."""
    is_own = batch.organisation_id == current_actor().organisation_id
    picture = reconciliation.of(batch)
    return {
        "title": masking.value(batch, "title") or str(batch),
        "original": batch,
        "is_for_the_cell": bool(batch.taken_out),
        "facts": list(_facts(batch)),
        "picture": picture,
        "stops": list(_stops(batch)),
        "mediations": list(_mediations(batch)),
        "slots": list(_slots(batch)),
        "steps": list(_steps(batch)),
        "next": next_steps.of_batch(batch, picture),
        "may_keep": is_own and can(current_actor(), Act.KEEP_BATCHES),
        "remarks": masking.value(batch, "remarks", ""),
        "add_slot": links.add_to(BatchSlot, batch=batch.pk),
        "add_mediation": links.add_to(Mediation, batch=batch.pk),
        "add_count": links.add_to(ReportedCount, batch=batch.pk),
    }


def _facts(batch: RepatriationBatch) -> Iterable[tuple[str, str]]:
    yield "Kind", batch.get_kind_display()
    yield "Roster", batch.get_roster_policy_display()
    for name, label in (("departed", "Departed"), ("arrived", "Arrived")):
        written = masking.value(batch, f"{name}_edtf", "")
        if written:
            stated = masking.value(batch, f"{name}_as_stated", "")
            yield label, in_words(written) + (f" (“{stated}”)" if stated else "")
    for name, label in (
        ("releasing_body", "Released by"),
        ("receiving_body", "Received by"),
        ("destination", "Destination"),
    ):
        if name not in batch.taken_out:
            yield label, str(masking.value(batch, name) or "not said")


def _stops(batch: RepatriationBatch) -> Iterable[Stop]:
    route = masking.value(batch, "route")
    legs = list(route.legs.prefetch_related("from_place", "to_place")) if route else []
    legs.sort(key=lambda leg: leg.number)
    if legs:
        yield Stop(str(legs[0].from_place), "Start", "")
    for leg in legs:
        yield Stop(str(leg.to_place), leg.get_far_end_role_display(), _mode(leg))


def _mode(leg: RouteLeg) -> str:
    return "" if leg.mode == LegMode.UNKNOWN else leg.get_mode_display().lower()


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
            age_class="" if age == AgeClass.UNKNOWN.label else age,
            sex=_label(slot, "sex"),
            presence=_label(slot, "presence"),
            person_id=person.pk if person else None,
            person=_named(person) if person else "outside your access" if is_bound else "",
            is_bound=is_bound,
        )


def _named(person: Any) -> str:
    return f"{person} {names_of(person)}".strip()


def _label(record: Any, name: str) -> str:
    is_left_out = name in record.unread_fields()
    return "" if is_left_out else getattr(record, f"get_{name}_display")()
