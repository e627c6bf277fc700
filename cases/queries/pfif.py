"""People whose name may be published, and those of whom it no longer may."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from cases import clock
from cases.models import Consent, Individual, IndividualName, Merge
from cases.models.gate import reads_masked
from cases.queries.merges import STANDING
from cases.rules.pfif import SEXES, STATUSES, age_range
from cases.vocabulary.consents import ProcessingPurpose
from cases.vocabulary.individuals import CaseSensitivity, NamePart


@dataclass(frozen=True)
class Entry:
    """One person of the feed, and when what it tells of them last changed.

    ``is_over`` is for somebody who was published and is not any more.
    """

    individual_id: UUID
    at: datetime
    is_over: bool
    until: datetime | None = None
    """The moment from which the consent no longer holds, if it has an end."""


@dataclass(frozen=True)
class Published:
    """What the feed tells of a person: by consent the name, and nothing that finds them."""

    entry: Entry
    source: str
    full_name: str
    given_name: str
    family_name: str
    alternate_names: tuple[str, ...]
    sex: str
    age: str
    status: str


def require_names() -> None:
    """Let whoever reads names pass.

    :raises PermissionDenied: for anybody else: a feed of names without names misleads.
    """
    if reads_masked(IndividualName, "text"):
        message = _("You may not read names, so there is no feed of people for you.")
        raise PermissionDenied(message)


def entries() -> list[Entry]:
    """Give everybody who is or was published, by when that last changed, the earliest first."""
    given = defaultdict(list)
    for consent in Consent.objects.filter(purpose=ProcessingPurpose.PUBLISH_NAME):
        given[consent.individual_id].append(consent)
    people = Individual.objects.filter(pk__in=list(given)).only(
        "pk", "organisation", "updated_at", "sensitivity", "anonymised_at"
    )
    renamed = _renamed(given)
    found = [_entry(one, given[one.pk], renamed.get(one.pk)) for one in people]
    found += _merged_away(given)
    return sorted(found, key=lambda entry: (entry.at, entry.individual_id))


def _entry(person: Individual, consents: list[Consent], renamed: datetime | None) -> Entry:
    """Say how it stands with one person; what is restricted is not for publication."""
    live = [consent for consent in consents if consent.is_live]
    ends = [end for consent in live if (end := _end(consent))]
    changed = [person.updated_at, *(consent.updated_at for consent in consents)]
    changed += [renamed] if renamed else []
    if live and person.anonymised_at is None and person.sensitivity == CaseSensitivity.STANDARD:
        until = max(ends) if len(ends) == len(live) else None
        return Entry(person.pk, max(changed), is_over=False, until=until)
    if live:
        return Entry(person.pk, person.updated_at, is_over=True)
    return Entry(person.pk, max(filter(None, map(_ended, consents))), is_over=True)


def _ended(consent: Consent) -> datetime | None:
    """Say when a consent ceased to hold, as far as anybody could know by then."""
    end = consent.withdrawn_at or _end(consent)
    return max(end, consent.recorded_at) if end else None


def _end(consent: Consent) -> datetime | None:
    if consent.expires_on is None or consent.expires_on == date.max:
        return None
    return datetime.combine(consent.expires_on + timedelta(days=1), time.min, tzinfo=UTC)


def _renamed(people: Iterable[UUID]) -> Mapping[UUID, datetime]:
    rows = IndividualName.objects.filter(individual__in=list(people)).order_by("updated_at")
    return dict(rows.values_list("individual", "updated_at"))


def _merged_away(people: Iterable[UUID]) -> list[Entry]:
    """End the entries of cases that were put into one that is published: it goes on alone."""
    merges = Merge.objects.filter(STANDING, individual__in=list(people))
    return [
        Entry(duplicate, at, is_over=True)
        for duplicate, at in merges.values_list("duplicate", "recorded_at")
        if duplicate not in set(people)
    ]


def published(found: Iterable[Entry]) -> dict[UUID, Published]:
    """Read what the feed tells of those who are published, and have a name to publish."""
    wanted = {entry.individual_id: entry for entry in found if not entry.is_over}
    people = Individual.objects.filter(pk__in=list(wanted)).prefetch_related(
        "names", "organisation"
    )
    told = (_published(person, wanted[person.pk]) for person in people)
    return {one.entry.individual_id: one for one in told if one.full_name}


def _published(person: Individual, entry: Entry) -> Published:
    names = sorted(person.names.all(), key=lambda name: (name.recorded_at, str(name.pk)))
    by_part = defaultdict(list)
    for name in names:
        by_part[name.part].append(name.text)
    given, family = by_part[NamePart.GIVEN], by_part[NamePart.FAMILY]
    built = " ".join([*given[:1], *by_part[NamePart.PATRONYMIC][:1], *family[:1]])
    full = next(iter(by_part[NamePart.FULL]), built)
    others = dict.fromkeys(text for text in by_part[NamePart.FULL][1:] if text != full)
    return Published(
        entry=entry,
        source=person.organisation.name,
        full_name=full,
        given_name=given[0] if given else "",
        family_name=family[0] if family else "",
        alternate_names=tuple(others),
        sex=SEXES.get(person.sex, ""),
        age=age_range(person.age_as_stated, _as_of(person), clock.today()),
        status=STATUSES.get(person.return_status, ""),
    )


def _as_of(person: Any) -> date | None:
    """Give the last day on which the age may have been so."""
    last: date | None = person.age_as_of_latest
    return last
