"""Contradictions under review."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cases.access.actor import AnyActor
from cases.access.gate import System, acting_as, require
from cases.access.roles import Act
from cases.actions import recording
from cases.models import (
    Discrepancy,
    DiscrepancyMember,
    Organisation,
    RepatriationBatch,
    ReportedCount,
)
from cases.models.base import SHORT
from cases.rules.discrepancies import REVIEW
from cases.vocabulary.counts import DiscrepancyKind, DiscrepancyState

RECORD = Act.RECORD_COUNTS
_SIDES = 2


@transaction.atomic
def open_discrepancy(
    *,
    by: AnyActor,
    members: Sequence[Mapping[str, Any]],
    organisation: Organisation | None = None,
    **fields: Any,
) -> Discrepancy:
    """Open a contradiction; ``members`` are mappings of statement, count and version_text.

    :raises ValidationError: with fewer than two sides.
    """
    require(by, RECORD)
    if len(members) < _SIDES:
        message = _("A discrepancy has at least two sides. Add the other one.")
        raise recording.refusal("members", message, "one_side")
    discrepancy = recording.add(Discrepancy, by=by, act=RECORD, organisation=organisation, **fields)
    for member in members:
        add_side(by=by, discrepancy=discrepancy, organisation=organisation, **member)
    return discrepancy


def add_side(
    *,
    by: AnyActor,
    discrepancy: Discrepancy,
    organisation: Organisation | None = None,
    **fields: Any,
) -> DiscrepancyMember:
    """Add a side to a contradiction; as public as the contradiction itself."""
    recording.require_own(by, discrepancy)
    fields["is_published"] = discrepancy.is_published
    return recording.add(
        DiscrepancyMember,
        by=by,
        act=RECORD,
        organisation=organisation,
        discrepancy=discrepancy,
        **fields,
    )


def amend_side(
    member: DiscrepancyMember, *, by: AnyActor, version: int | None, **changes: Any
) -> DiscrepancyMember:
    """Mend one side."""
    return recording.amend(member, by=by, act=RECORD, version=version, **changes)


@transaction.atomic
def amend(
    discrepancy: Discrepancy, *, by: AnyActor, version: int | None, **changes: Any
) -> Discrepancy:
    """Change or decide a contradiction: both stand, or resolved, with a rationale.

    Its sides become as public as itself. Whether a batch is reconciled may rest on the decision.

    :raises ValidationError: where one decision would follow on another.
    """
    require(by, RECORD)
    with acting_as(System("finding the batches that a decision is about")):
        sides = DiscrepancyMember.objects.filter(discrepancy=discrepancy, count__isnull=False)
        batches = [side.count.batch_id for side in sides.select_related("count") if side.count]
    recording.hold(RepatriationBatch, *batches)
    discrepancy = recording.amend(
        discrepancy, by=by, act=RECORD, version=version, machine=REVIEW, **changes
    )
    if "is_published" in changes:
        for side in discrepancy.members.all():
            amend_side(side, by=by, version=None, is_published=discrepancy.is_published)
    return discrepancy


def end_for(count: ReportedCount, *, by: AnyActor, why: str) -> None:
    """End the contradictions that the tracker found about a figure which counts no longer.

    As the system, which opened them: whoever takes back a figure may not see them all.
    """
    require(by, RECORD)
    ended = {"state": DiscrepancyState.RESOLVED, "rationale": why}
    with acting_as(System("ending the contradictions of a figure")) as system:
        found = Discrepancy.objects.filter(
            members__count=count,
            is_automatic=True,
            state=DiscrepancyState.OPEN,
            organisation=count.organisation_id,
        )
        for discrepancy in found.distinct():
            amend(discrepancy, by=system, version=None, **ended)


def open_for(
    count: ReportedCount,
    other: ReportedCount,
    *,
    by: AnyActor,
    organisation: Organisation | None = None,
) -> Discrepancy:
    """Open the contradiction between two figures that cannot both be so (counting rule 6)."""
    return open_discrepancy(
        by=by,
        organisation=organisation,
        title=f"{count.population.title}: {other.stated_text} or {count.stated_text}"[:SHORT],
        kind=DiscrepancyKind.VALUE,
        is_automatic=True,
        is_published=count.is_published and other.is_published,
        members=[
            {"statement": side.statement, "count": side, "version_text": side.stated_text}
            for side in (other, count)
        ],
    )
