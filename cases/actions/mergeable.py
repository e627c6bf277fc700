"""What stands against putting two cases together: asked of all rows, seen or unseen."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _, gettext_lazy

from cases import clock
from cases.access.actor import AnyActor
from cases.access.gate import System, acting_as
from cases.access.roles import Act
from cases.actions import recording, sharing
from cases.models import (
    Anonymisation,
    BatchSlot,
    Consent,
    FamilyLink,
    Grant,
    Individual,
    Merge,
    Referral,
    StatusProposal,
    TracingCandidate,
)
from cases.queries import duplicates, tracing
from cases.queries.merges import STANDING
from cases.rules import merges as rules
from cases.vocabulary.duplicates import Verdict
from cases.vocabulary.referrals import ReferralState
from cases.vocabulary.retention import AnonymisationState
from cases.vocabulary.status import ProposalState
from cases.vocabulary.tracing_work import CandidateState

CONTRADICTING: Any = gettext_lazy(
    "One of the two is confirmed for a tracing request, and the other was rejected for it. "
    "Take one of the decisions back first."
)


def check(kept: Individual, duplicate: Individual, *, by: AnyActor) -> None:
    """Refuse what would not be one case afterwards, or would decide something in passing.

    :raises ValidationError: with the sentence of the first thing that stands against it.
    """
    rules.check_two(kept.pk, duplicate.pk)
    with acting_as(System("asking whether two cases can be one")):
        _check_decided(kept, duplicate)
        _check_chain(kept, duplicate)
        for person in (kept, duplicate):
            recording.refuse_anonymised(person)
        rules.check_cases(vars(kept), vars(duplicate))
        rules.check_waiting(_waiting(kept, duplicate))
        rules.check_family(
            _between(kept, duplicate), _relatives(kept, duplicate), _relatives(duplicate, kept)
        )
        rules.check_places(**_places(kept, duplicate))
        grants = _live_grants(kept, duplicate)
        _check_kept_from(grants, kept, duplicate)
        _check_consents(kept, duplicate)
        if tracing.contradicting(kept, duplicate):
            raise rules.refused(CONTRADICTING, "traced_apart")
    if grants and not by.may(Act.SHARE_CASES):
        raise rules.refused(rules.SHARED, "shared")


def _check_decided(kept: Individual, duplicate: Individual) -> None:
    decision = duplicates.standing(kept, duplicate)
    if decision is not None and decision.verdict == Verdict.DIFFERENT:
        raise rules.refused(rules.DECIDED, "decided_different")


def _check_chain(kept: Individual, duplicate: Individual) -> None:
    standing = Merge.objects.filter(STANDING)
    rules.check_chain(
        is_kept_merged=standing.filter(duplicate=kept).exists(),
        is_duplicate_merged=standing.filter(duplicate=duplicate).exists(),
        has_duplicate_others=standing.filter(individual=duplicate).exists(),
    )


def _waiting(*people: Individual) -> Iterable[str]:
    """Name what of two cases waits for somebody's decision."""
    for label, rows in (
        (_("a step"), StatusProposal.objects.filter(state=ProposalState.PENDING)),
        (_("a request to another organisation"), Referral.objects.filter(
            state=ReferralState.REQUESTED)),
        (_("the end of the record"), Anonymisation.objects.filter(
            state=AnonymisationState.PROPOSED)),
        (_("who a tracing request looks for"), TracingCandidate.objects.filter(
            state=CandidateState.PROPOSED)),
    ):  # fmt: skip
        found: Any = rows
        if found.filter(individual__in=people).exists():
            yield label


def _between(kept: Individual, duplicate: Individual) -> list[str]:
    both = (kept, duplicate)
    ties = FamilyLink.objects.filter(individual__in=both, relative__in=both)
    return list(ties.values_list("certainty", flat=True))


def _relatives(person: Individual, other: Individual) -> list[tuple[Any, str]]:
    ties = FamilyLink.objects.filter(individual=person).exclude(relative=other.pk)
    whom = ties.annotate(whom=Coalesce("relative", "contact"))
    return list(whom.values_list("whom", "tie"))


def _places(kept: Individual, duplicate: Individual) -> dict[str, Any]:
    """Say where a person would have two places, or be in two movements that are not over."""
    slots = [BatchSlot.objects.filter(individual=person) for person in (kept, duplicate)]
    held = [dict(rows.values_list("batch", "batch__code")) for rows in slots]
    live = [set(rows.filter(is_live=True).values_list("batch", flat=True)) for rows in slots]
    shared = held[0].keys() & held[1].keys()
    return {
        "is_in_two_movements": bool(all(live) or shared & (live[0] | live[1])),
        "shared_batches": [held[0][batch] for batch in shared],
    }


def _live_grants(*people: Individual) -> list[Grant]:
    live = Q(revoked_at__isnull=True, expires_at__gt=clock.now())
    rows = Grant.objects.filter(live, individual__in=people).prefetch_related("recipient")
    return list(rows.order_by("pk"))


def _check_kept_from(grants: Iterable[Grant], kept: Individual, duplicate: Individual) -> None:
    """Refuse to open a case to somebody who must not learn of its other half."""
    for grant in grants:
        other = duplicate if grant.individual_id == kept.pk else kept
        try:
            sharing.refuse_excluded(other, grant.recipient)
        except ValidationError:
            raise rules.refused(rules.KEPT_FROM, "kept_from") from None


def _check_consents(kept: Individual, duplicate: Individual) -> None:
    """Refuse to bring back what was withdrawn: the other case may still allow it."""
    rows = list(Consent.objects.filter(individual__in=[kept, duplicate]))
    withdrawn = [
        (row.individual_id, row.purpose, row.withdrawn_at)
        for row in rows
        if row.withdrawn_at is not None
    ]
    allowed = [(row.individual_id, row.purpose, row.recorded_at) for row in rows if row.is_live]
    rules.check_withdrawn(withdrawn, allowed)
