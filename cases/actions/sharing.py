"""What sharing rests on, whom nothing is shared with, and the end of what was shared."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cases import clock
from cases.access.actor import AnyActor
from cases.access.gate import System, acting_as, require
from cases.access.roles import Act
from cases.actions import recording
from cases.models import Consent, Grant, Individual, Organisation, Referral
from cases.queries.consents import live_exclusions
from cases.rules import consents
from cases.rules.consents import purpose_of_sharing
from cases.vocabulary.referrals import ReferralState

KEEP = Act.KEEP_CASES


def end_grants(grants: Iterable[Grant], *, by: AnyActor, reason: str) -> None:
    """Revoke grants as the consequence of another act: whoever may take that one need not share."""
    require(by, KEEP)
    with acting_as(System("ending what an act takes its basis from")):
        for grant in grants:
            end_grant(grant, by=by, reason=reason)


def end_grant(grant: Grant, *, by: AnyActor, reason: str) -> Grant:
    """Revoke a grant, of which whoever calls has found that it may be."""
    require(by, KEEP)
    ended = {"revoked_at": clock.now(), "revoked_by_id": by.user_id}
    return recording.settle(grant, ended, by=by, act="revoked", reason=reason)


def end_requests(requests: Iterable[Referral], *, by: AnyActor, reason: str) -> None:
    """Withdraw what waits for an answer, as the consequence of another act."""
    require(by, KEEP)
    with acting_as(System("ending what an act takes its basis from")):
        for request in requests:
            answer = {"answered_at": clock.now(), "answered_by_id": by.user_id, "answer": reason}
            withdrawn = {"state": ReferralState.WITHDRAWN, **answer}
            recording.settle(request, withdrawn, by=by, act="withdrawn", reason=reason)


def close(person: Individual, *, by: AnyActor, reason: str) -> None:
    """End all that a case's keeper has opened to others, and all that it has asked of them."""
    require(by, KEEP)
    end_grants(live_grants(individual=person), by=by, reason=reason)
    end_requests(waiting(individual=person), by=by, reason=reason)


def live_grants(**which: Any) -> list[Grant]:
    """Find the grants that stand, seen or unseen."""
    with acting_as(System("looking for what is open to others")):
        rows = Grant.objects.filter(**which).order_by("recorded_at", "pk")
        return [grant for grant in rows if grant.is_live]


def waiting(**which: Any) -> list[Referral]:
    """Find the requests that wait for an answer, seen or unseen."""
    with acting_as(System("looking for requests that wait for an answer")):
        rows = Referral.objects.filter(state=ReferralState.REQUESTED, **which)
        return list(rows.order_by("recorded_at", "pk"))


def refuse_excluded(
    individual: Individual, recipient: Organisation | None, *, body: Any = None
) -> None:
    """Refuse to share with whoever must not learn of a person.

    :raises ValidationError: naming the field; a name in the free text counts as well.
    """
    with acting_as(System("asking who must not learn of a person")):
        rows = live_exclusions(individual)
        told = Individual.objects.values_list("do_not_share_with", flat=True)
        text = told.get(pk=individual.pk)
    for field, whom, column in (("recipient", recipient, "excluded_id"), ("body", body, "body_id")):
        if whom is None:
            continue
        is_named = consents.is_named_in(text, whom.name)
        if is_named or any(getattr(row, column) == whom.pk for row in rows):
            message = _("They must not learn of this person: see whom the case is kept from.")
            raise recording.refusal(field, message, "excluded")


def basis_for(
    individual: Individual,
    *,
    recipient: Organisation,
    use: str,
    legal_basis: str | None = None,
    until: datetime | None = None,
    named: Consent | None = None,
) -> Consent:
    """Give the live basis on which a case may be shared; the named one, or one that covers it.

    :raises ValidationError: where there is none.
    """
    with acting_as(System("looking for what sharing rests on")):
        found = Consent.objects.filter(
            individual=individual, purpose=purpose_of_sharing(recipient.kind)
        ).order_by("-recorded_at", "pk")
        fit = [
            row
            for row in found
            if row.is_live
            and row.covers(recipient.pk, use)
            and legal_basis in {None, row.legal_basis}
            and (named is None or named.pk == row.pk)
        ]
    if not fit:
        message = _(
            "Nothing on record allows sharing this case with %(recipient)s for this use. "
            "Record the consent, or another legal basis, first."
        ) % {"recipient": recipient}
        raise recording.refusal("basis", message, "no_basis")
    # The one that holds longest, so that an end of its own is in the way as late as may be.
    basis = max(fit, key=lambda row: (row.expires_on is None, row.expires_on or clock.today()))
    if until is not None and basis.expires_on is not None and until.date() > basis.expires_on:
        message = _("What it rests on ends on %(day)s. Choose an earlier end.") % {
            "day": date_format(basis.expires_on)
        }
        raise recording.refusal("basis", message, "basis_ends")
    return basis
