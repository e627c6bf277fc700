"""What other registries tell of people, and whom among ours it may be about."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from cases.access.gate import current_actor
from cases.models import Individual, PersonOffer
from cases.models.offers import TAKEN
from cases.queries import duplicates
from cases.queries.duplicates import Candidate
from cases.rules import dates, pfif_records
from cases.rules.names.ranking import NOT_KNOWN, Wanted, born
from cases.rules.names.sounds import words
from cases.rules.pfif_records import Registered
from cases.vocabulary.individuals import NamePart, Sex
from cases.vocabulary.offers import OfferState

MOST_LISTED = 100


@dataclass(frozen=True)
class Waiting:
    """A record that waits to be looked at, as a list tells of it."""

    key: UUID
    name: str
    source: str
    notes: int
    source_at: datetime
    came_at: datetime


def waiting() -> list[Waiting]:
    """List the records that wait within sight, the oldest first, up to a limit."""
    rows = PersonOffer.objects.filter(state=OfferState.OFFERED).order_by("recorded_at", "pk")
    found = (row for row in rows[:MOST_LISTED] if "content" not in row.unread_fields())
    return [_listed(row, record_of(row)) for row in found]


def offer(key: UUID) -> PersonOffer | None:
    """Give one within sight to whoever may read it."""
    row = PersonOffer.objects.filter(pk=key).first()
    return row if row is not None and "content" not in row.unread_fields() else None


def record_of(row: PersonOffer) -> Registered:
    """Read what an offer that waits says."""
    return pfif_records.of_json(json.loads(row.content))


def already_of(row: PersonOffer) -> list[Individual]:
    """Give the cases that it is a copy of, or that earlier versions of it went into."""
    same = PersonOffer.objects.filter(
        organisation=row.organisation_id, record_key=row.record_key, state__in=TAKEN
    )
    targets = [*same.values_list("target_id", flat=True), row.target_id]
    keys = [key for key in targets if key is not None]
    return list(_own().filter(pk__in=keys).prefetch_related("names").order_by("case_number"))


def alike(record: Registered) -> tuple[Candidate, ...]:
    """Give the cases of one's own organisation that a record may be about, the likest first."""
    own = current_actor().organisation_id
    found = duplicates.among(_texts(record), _wanted(record))
    return tuple(one for one in found if one.person.organisation_id == own)


def case_numbered(number: str) -> Individual | None:
    """Give a case of one's own organisation by its number."""
    return _own().filter(case_number=number.strip().upper()).first()


def _own() -> QuerySet[Individual]:
    return Individual.objects.filter(organisation=current_actor().organisation_id)


def _listed(row: PersonOffer, record: Registered) -> Waiting:
    fields = record.fields
    parts = [fields.get(name, "") for name in ("given_name", "family_name")]
    name = fields.get("full_name") or " ".join(part for part in parts if part)
    source = fields.get("source_name") or record.record_id.partition("/")[0]
    return Waiting(row.pk, name, source, len(record.notes), row.source_at, row.recorded_at)


def _texts(record: Registered) -> list[str]:
    """Give the names to look for; a given name alone finds half the list, beside a whole one."""
    told = pfif_records.names(record)
    texts = [name["text"] for name in told if name["part"] == NamePart.FULL]
    if parts := [name["text"] for name in told if name["part"] != NamePart.FULL]:
        texts.append(" ".join(parts))
    whole = [text for text in texts if len(words(text)) > 1]
    return whole or texts


def _wanted(record: Registered) -> Wanted:
    facts = pfif_records.facts(record)
    days = dates.bounds(facts.get("birth_edtf", ""))
    ages = pfif_records.ages(record)
    if days == NOT_KNOWN and ages is not None:
        on = date.fromisoformat(record.fields["source_date"][:10])
        first, last = born(ages[1], on, on)[0], born(ages[0], on, on)[1]
        days = (first, last)
    return Wanted(sex=facts.get("sex", Sex.UNKNOWN), born=days)
