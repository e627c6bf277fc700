"""Figures: reported, verified, superseded, retracted; never edited."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.forms.models import model_to_dict
from django.utils.translation import gettext as _

from cases import clock
from cases.access.actor import AnyActor
from cases.access.gate import require
from cases.access.roles import Act
from cases.actions import discrepancies, recording
from cases.models import CountLink, Organisation, Population, RepatriationBatch, ReportedCount
from cases.models.base import LONG
from cases.queries import collisions
from cases.rules import counts
from cases.vocabulary.counts import CountState, LinkKind

RECORD = Act.RECORD_COUNTS


def define_population(
    *, by: AnyActor, organisation: Organisation | None = None, **fields: Any
) -> Population:
    """Define a group that numbers can be about."""
    return recording.add(Population, by=by, act=RECORD, organisation=organisation, **fields)


def amend_population(
    population: Population, *, by: AnyActor, version: int | None, **changes: Any
) -> Population:
    """Change a population."""
    return recording.amend(population, by=by, act=RECORD, version=version, **changes)


@transaction.atomic
def report(
    *, by: AnyActor, organisation: Organisation | None = None, **fields: Any
) -> ReportedCount:
    """Record a figure that somebody gave; empty bounds are filled in from the qualifier.

    A live figure for the same thing that cannot also be so opens a discrepancy.

    :raises ValidationError: where the bounds contradict the qualifier, among other rules.
    """
    if fields.get("state", CountState.DRAFT) != CountState.DRAFT:
        message = _("A figure begins as a draft; somebody else verifies it.")
        raise recording.refusal("state", message, "not_a_draft")
    # One at a time: two figures recorded at once would not see that they contradict.
    _hold(fields.get("population"), fields.get("batch"))
    count = recording.add(
        ReportedCount, by=by, act=RECORD, organisation=organisation, **_with_bounds(fields)
    )
    for other in collisions.of(count):
        discrepancies.open_for(count, other, by=by, organisation=organisation)
    return count


@transaction.atomic
def supersede(
    count: ReportedCount, *, by: AnyActor, version: int | None, **changes: Any
) -> ReportedCount:
    """Replace a figure by a better reading of its source; the old one is kept as it was.

    Fields that are not given are taken over. A new number without bounds gets its own.

    :returns: the new figure.
    """
    require(by, RECORD)
    _hold(changes.get("population", count.population), changes.get("batch"), count.batch_id)
    _end(count, by=by, version=version, state=CountState.SUPERSEDED)
    discrepancies.end_for(count, by=by, why="A side was read again: the figure is superseded.")
    fields = {**_as_given(count), **changes}
    if {"qualifier", "stated_value"} & changes.keys() and not {"low", "high"} & changes.keys():
        fields["low"] = fields["high"] = None
    return report(by=by, organisation=count.organisation, supersedes=count, **fields)


@transaction.atomic
def retract(
    count: ReportedCount, *, by: AnyActor, version: int | None, reason: str
) -> ReportedCount:
    """Withdraw a figure; it stays readable, and counts no longer.

    :raises ValidationError: without a reason, or where it counts no longer already.
    """
    require(by, RECORD)
    if not reason.strip():
        raise recording.refusal("reason", _("Say why the figure is withdrawn."), "reason_missing")
    _hold(None, None, count.batch_id)
    discrepancies.end_for(count, by=by, why=f"A side was retracted: {reason}"[:LONG])
    return _end(count, by=by, version=version, state=CountState.RETRACTED, reason=reason)


@transaction.atomic
def verify(count: ReportedCount, *, by: AnyActor, version: int | None) -> ReportedCount:
    """Confirm, as a second reader, that the source says so.

    :raises ValidationError: for one's own figure, or one that counts no longer.
    """
    require(by, Act.REVIEW_COUNTS)
    if by.user_id is not None and by.user_id == count.recorded_by_id:
        message = _("A figure is verified by somebody who did not record it.")
        raise recording.refusal("verified_by", message, "own_figure")
    verifier: dict[str, Any] = {"verified_by_id": by.user_id, "state": CountState.VERIFIED}
    counts.STATE.check(count.state, CountState.VERIFIED)
    return recording.amend(count, by=by, act=Act.REVIEW_COUNTS, version=version, **verifier)


@transaction.atomic
def link(*, by: AnyActor, organisation: Organisation | None = None, **fields: Any) -> CountLink:
    """Say how two figures relate: the organisation that keeps the first one does.

    Two numbers that are said to contradict each other are a discrepancy, unless it is recorded.
    """
    if "from_count" in fields:
        recording.require_own(by, fields["from_count"])
    tie = recording.add(CountLink, by=by, act=RECORD, organisation=organisation, **fields)
    if tie.kind == LinkKind.CONTRADICTS:
        ends = (tie.from_count, tie.to_count)
        are_numbers = not any(end.interval.is_open for end in ends)
        if are_numbers and not collisions.are_known(*ends):
            discrepancies.open_for(*ends, by=by, organisation=organisation)
    return tie


def amend_link(tie: CountLink, *, by: AnyActor, version: int | None, **changes: Any) -> CountLink:
    """Mend how two figures relate."""
    return recording.amend(tie, by=by, act=RECORD, version=version, **changes)


def _hold(
    population: Population | None, batch: RepatriationBatch | None, batch_id: UUID | None = None
) -> None:
    """Hold what the rules about several figures are about."""
    recording.hold(Population, population.pk if population else None)
    recording.hold(RepatriationBatch, batch.pk if batch else None, batch_id)


def _with_bounds(fields: dict[str, Any]) -> dict[str, Any]:
    """Fill in the bounds a qualifier implies; given bounds stay, to be checked."""
    low, high = fields.get("low"), fields.get("high")
    if low is not None or high is not None or "qualifier" not in fields:
        return fields
    implied = counts.implied_bounds(fields["qualifier"], fields.get("stated_value"))
    return {**fields, "low": implied.low, "high": implied.high}


def _end(
    count: ReportedCount, *, by: AnyActor, version: int | None, state: str, reason: str = ""
) -> ReportedCount:
    require(by, RECORD)
    recording.require_own(by, count)
    recording.compare(count, version)
    counts.STATE.check(count.state, state)
    count.state = state
    if state == CountState.RETRACTED:
        count.retracted_at, count.retraction_reason = clock.now(), reason
    else:
        count.superseded_at = clock.now()
    count.full_clean()
    before = recording.swap(count, ["state"])
    count.save()
    recording.trail(
        count,
        by=by,
        act=str(state),
        changed=["state"],
        versions=(before, before + 1),
        reason=reason,
    )
    return count


def _as_given(count: ReportedCount) -> dict[str, Any]:
    """Give the fields of a figure that a new reading takes over."""
    kept = model_to_dict(count, exclude=["id", "state", "supersedes"])
    return {name: getattr(count, name) for name in kept if count._meta.get_field(name).editable}
