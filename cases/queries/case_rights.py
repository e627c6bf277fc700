"""What a person's case may be used for, whom it is kept from, asked of, and how long it is kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cases.access.gate import current_actor
from cases.models import Individual
from cases.queries.timeline import label_of, read, related
from cases.rules.dates import in_words
from cases.vocabulary.referrals import ReferralState
from cases.vocabulary.retention import AnonymisationState


@dataclass(frozen=True)
class Basis:
    """A consent or another legal basis."""

    id: UUID
    purpose: str
    to: str
    legal_basis: str
    given: str
    notice: str
    ends_on: date | None
    is_live: bool
    is_withdrawn: bool


@dataclass(frozen=True)
class KeptFrom:
    """Somebody who must not learn of the person."""

    id: UUID
    whom: str


@dataclass(frozen=True)
class Asked:
    """A request to another organisation."""

    id: UUID
    kind: str
    recipient: str
    state: str
    is_waiting: bool


@dataclass(frozen=True)
class Held:
    """A legal hold that stands."""

    id: UUID
    until: date


@dataclass(frozen=True)
class Rights:
    """What the page of a person shows of them."""

    bases: tuple[Basis, ...]
    kept_from: tuple[KeptFrom, ...]
    referrals: tuple[Asked, ...]
    holds: tuple[Held, ...]
    proposal_id: UUID | None


NONE = Rights((), (), (), (), None)


def of(person: Individual) -> Rights:
    """Read them in a fixed number of queries; for the keeper's own readers."""
    if person.organisation_id != current_actor().organisation_id:
        return NONE
    proposal = person.anonymisations.filter(state=AnonymisationState.PROPOSED).first()
    holds = person.legal_holds.filter(lifted_at__isnull=True).order_by("until", "pk")
    return Rights(
        bases=tuple(_bases(person)),
        kept_from=tuple(_kept_from(person)),
        referrals=tuple(_referrals(person)),
        holds=tuple(
            Held(row.pk, row.until)
            for row in holds
            if "until" not in row.unread_fields() and row.is_live
        ),
        proposal_id=proposal.pk if proposal else None,
    )


def _bases(person: Individual) -> Iterable[Basis]:
    rows = person.consents.prefetch_related("recipient", "body").order_by("-recorded_at", "pk")
    for row in rows:
        if "purpose" in row.unread_fields():
            return  # a role that reads none of it
        given, version = read(row, "given_edtf", ""), read(row, "notice_version", "")
        yield Basis(
            id=row.pk,
            purpose=label_of(row, "purpose"),
            to=related(row, "recipient") or related(row, "body"),
            legal_basis=label_of(row, "legal_basis"),
            given=in_words(given) if given else "",
            notice=f"{version}, {row.notice_language}" if version else "",
            ends_on=row.expires_on,
            is_live=row.is_live,
            is_withdrawn=row.withdrawn_at is not None,
        )


def _kept_from(person: Individual) -> Iterable[KeptFrom]:
    rows = person.exclusions.filter(lifted_at__isnull=True).prefetch_related("excluded", "body")
    for row in rows.order_by("recorded_at", "pk"):
        whom = related(row, "excluded") or related(row, "body")
        if whom:
            yield KeptFrom(row.pk, whom)


def _referrals(person: Individual) -> Iterable[Asked]:
    rows = person.referrals.prefetch_related("recipient").order_by("-recorded_at", "pk")
    for row in rows:
        now = row.state_now
        yield Asked(
            id=row.pk,
            kind=row.get_kind_display(),
            recipient=str(row.recipient),
            state=str(now.label),
            is_waiting=now == ReferralState.REQUESTED,
        )
