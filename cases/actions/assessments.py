"""The figure an organisation adopts."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cases import clock
from cases.access.actor import AnyActor
from cases.access.gate import require
from cases.access.roles import Act
from cases.actions import recording
from cases.models import Assessment, AssessmentBasis, Organisation, ReportedCount


@transaction.atomic
def assess(
    *,
    by: AnyActor,
    adopts: Sequence[ReportedCount] = (),
    organisation: Organisation | None = None,
    **fields: Any,
) -> Assessment:
    """Propose the figure to adopt, with the claims it rests on.

    :raises ValidationError: if a claim is about another population.
    """
    require(by, Act.RECORD_COUNTS)
    population = fields.get("population")
    if population is not None and any(count.population_id != population.pk for count in adopts):
        message = _("An assessment rests on claims about its own population. Remove the others.")
        raise recording.refusal("adopts", message, "other_population")
    kept: dict[str, Any] = {"by": by, "act": Act.RECORD_COUNTS, "organisation": organisation}
    assessment = recording.add(Assessment, **kept, **fields)
    for count in adopts:
        recording.add(AssessmentBasis, **kept, assessment=assessment, count=count)
    return assessment


def amend(
    assessment: Assessment, *, by: AnyActor, version: int | None, **changes: Any
) -> Assessment:
    """Change a proposed assessment.

    :raises ValidationError: if it is approved already; propose a new one instead.
    """
    require(by, Act.RECORD_COUNTS)
    _refuse_approved(assessment)
    maker = assessment.recorded_by_id
    if None not in {by.user_id, maker} and by.user_id != maker:
        message = _("Its maker alone changes a proposed assessment. Propose your own.")
        raise recording.refusal("method", message, "not_the_maker")
    return recording.amend(assessment, by=by, act=Act.RECORD_COUNTS, version=version, **changes)


def approve(assessment: Assessment, *, by: AnyActor, version: int | None) -> Assessment:
    """Adopt a proposed figure, as a second person.

    :raises ValidationError: for one's own, or one that is approved already.
    """
    require(by, Act.REVIEW_COUNTS)
    if by.user_id is None or by.user_id == assessment.recorded_by_id:
        message = _("Somebody else than its maker approves an assessment.")
        raise recording.refusal("approved_by", message, "own_assessment")
    _refuse_approved(assessment)
    approval: dict[str, Any] = {"approved_by_id": by.user_id, "approved_at": clock.now()}
    return recording.amend(assessment, by=by, act=Act.REVIEW_COUNTS, version=version, **approval)


def _refuse_approved(assessment: Assessment) -> None:
    if assessment.approved_at is not None:
        message = _("An approved assessment is not changed. Propose a new one.")
        raise recording.refusal("approved_by", message, "approved")
