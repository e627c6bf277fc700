"""What rests on a consent, whom a case is kept from, and who has learned of a person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _, gettext_noop

from cases.access.gate import System, acting_as, current_actor
from cases.access.roles import Reach
from cases.access.sensitivity import PROTECTED
from cases.models import AuditEntry, Consent, Exclusion, Grant, Individual, User
from cases.queries.hanging import keys_on
from cases.queries.looked_for import told_of
from cases.rules.consents import purpose_of_sharing
from cases.vocabulary.audit import Outcome
from cases.vocabulary.referrals import ReferralState

MOST = 500
_READ = ("read", "downloaded", "exported")


@dataclass(frozen=True)
class Disclosure:
    """One time that something of a person left the organisation, or was taken out as a file."""

    at: datetime
    to: str
    act: str
    what: str
    until: datetime | None = None
    by: UUID | None = None

    @property
    def act_in_words(self) -> str:
        """The act in the reader's language; the API has it as it is stored."""
        return _(self.act)


def live_exclusions(individual: Individual) -> list[Exclusion]:
    """Give whom a case is kept from at present."""
    return list(Exclusion.objects.filter(individual=individual, lifted_at__isnull=True))


def grants_resting_on(consent: Consent) -> list[Grant]:
    """Give the live grants that end with a consent.

    A grant from before grants named what they rest on ends with any consent that covers it and
    no other live one does.
    """
    with acting_as(System("looking for what rests on a consent")):
        rows = Grant.objects.filter(individual=consent.individual_id, revoked_at__isnull=True)
        live = [row for row in rows.order_by("recorded_at", "pk") if row.is_live]
        others = [
            row
            for row in Consent.objects.filter(individual=consent.individual_id)
            if row.pk != consent.pk and row.is_live
        ]
        return [
            row
            for row in live
            if row.basis_id == consent.pk
            or (
                row.basis_id is None
                and _covers(consent, row)
                and not any(_covers(other, row) for other in others)
            )
        ]


def _covers(consent: Consent, grant: Grant) -> bool:
    return (
        consent.legal_basis == grant.legal_basis
        and consent.purpose == purpose_of_sharing(grant.recipient.kind)
        and consent.covers(grant.recipient_id, grant.purpose)
    )


def may_list_disclosures() -> bool:
    """Say whether whoever acts may ask who has learned of a person: cleared staff may."""
    actor = current_actor()
    return actor.reach is not Reach.INTAKE and actor.clearance >= PROTECTED


def require_disclosures() -> None:
    """Let whoever acts ask.

    :raises PermissionDenied: for a role that does not read protected fields.
    """
    if not may_list_disclosures():
        message = _("You may not ask who has learned of a person.")
        raise PermissionDenied(message)


def disclosures(person: Individual) -> tuple[Disclosure, ...]:
    """List the past disclosures of a person's data, the latest first.

    They are: what grants opened, what referrals told, what was told in looking for them, each
    reading of protected fields by another organisation, and each file taken out. What a grant
    opened counts whether it was read or not: readings of names in lists are not in the trail.
    """
    if not may_list_disclosures() or person.organisation_id != current_actor().organisation_id:
        return ()  # what another keeper has disclosed is for its own staff
    with acting_as(System("listing who has learned of a person")):
        found = [*_opened(person), *_told(person), *_taken(person)]
        found += [Disclosure(at, to, "told", what) for at, to, what in told_of(person)]
    return tuple(sorted(found, key=lambda one: one.at, reverse=True)[:MOST])


def _opened(person: Individual) -> Iterable[Disclosure]:
    for grant in person.grants.select_related("recipient"):
        yield Disclosure(
            at=grant.recorded_at,
            to=str(grant.recipient),
            act=gettext_noop("opened"),
            what=f"{grant.get_level_display()}, {grant.get_purpose_display().lower()}",
            until=min(grant.revoked_at or grant.expires_at, grant.expires_at),
        )


def _told(person: Individual) -> Iterable[Disclosure]:
    for row in person.referrals.select_related("recipient"):
        words = _("%(referral)s: its summary and reason") % {"referral": row.get_kind_display()}
        yield Disclosure(row.recorded_at, str(row.recipient), gettext_noop("told"), words)
        if row.kind == "transfer" and row.state == ReferralState.ACCEPTED:
            assert row.answered_at is not None  # noqa: S101 - a constraint holds it
            yield Disclosure(
                row.answered_at, str(row.recipient), "handed over", _("The whole case")
            )


def _taken(person: Individual) -> Iterable[Disclosure]:
    """Read the trail of all that hangs on a person, also that of an organisation before."""
    keys: dict[UUID | None, str] = {person.pk: _("the case")}
    keys.update((key, str(model._meta.verbose_name)) for key, model in keys_on(person).items())
    entries = AuditEntry.objects.filter(
        target_id__in=list(keys), act__in=_READ, outcome=Outcome.DONE, actor_id__isnull=False
    ).order_by("-at", "-number")[:MOST]
    readers = _readers({entry.actor_id for entry in entries})
    for entry in entries:
        reader = readers.get(entry.actor_id)
        is_ours = reader is None or reader.organisation_id == entry.organisation_id
        if entry.act == "read" and is_ours:
            continue
        whose = str(reader.organisation) if reader else _("a user who is gone")
        words = f"{keys[entry.target_id]}: {entry.changed}".removesuffix(": ")
        yield Disclosure(entry.at, whose, entry.act, words, by=entry.actor_id)


def _readers(keys: set[UUID | None]) -> Mapping[UUID | None, User]:
    users = User.objects.filter(pk__in=[key for key in keys if key]).select_related("organisation")
    return {user.pk: user for user in users}
