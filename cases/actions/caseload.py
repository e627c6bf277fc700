"""Publishing the counts of people: at most what may be shown, and only when enough has changed."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from cases import clock
from cases.access.actor import AnyActor
from cases.access.gate import System
from cases.actions import audit
from cases.models import CaseloadRelease
from cases.rules import caseload
from cases.rules.caseload import Counts
from cases.vocabulary.caseload import Subject


@transaction.atomic
def publish(
    *, by: AnyActor, organisation_id: UUID | None, subject: Subject, counts: Mapping[str, Counts]
) -> bool:
    """Publish the counts of one organisation, or without one those of all, if enough has changed.

    :raises PermissionDenied: for anybody but the system.
    :returns: whether something new is shown from now on.
    """
    if not isinstance(by, System):
        message = _("You may not publish counts of people; the tracker does so by itself.")
        raise PermissionDenied(message)
    rows = CaseloadRelease.objects.select_for_update()
    row = rows.filter(organisation=organisation_id, subject=subject).first()
    if row is not None and not may_replace(row, counts):
        return False
    row = row or CaseloadRelease(organisation_id=organisation_id, subject=subject)
    row.made_at = clock.now()
    row.counted = _json(counts)
    row.shown = shown_of(subject, counts, is_common=organisation_id is None)
    row.save()
    audit.note(
        by=by,
        act="published counts",
        model="caseloadrelease",
        organisation_id=organisation_id,
        target_id=row.pk,
        changed=["shown"],
    )
    return True


def shown_of(subject: Subject, counts: Mapping[str, Counts], *, is_common: bool) -> str:
    """Give what is shown of counts, as it is kept; nothing where too few stand behind it.

    Who works on how many cases is told as it is: whoever is shown it may list the cases.
    """
    if subject is Subject.WORK:
        return _json([part.get(caseload.WORK, {}) for part in counts.values()])
    publish_as = caseload.publish if subject is Subject.PEOPLE else caseload.publish_help
    shown = publish_as(counts, caseload.least_shown(is_common=is_common), is_common=is_common)
    return "" if shown is None else _json(_plain(shown))


def may_replace(row: CaseloadRelease, counts: Mapping[str, Counts]) -> bool:
    """Say whether counts may stand in place of what is published."""
    before = json.loads(row.counted)
    if row.subject == Subject.WORK:
        return bool(before != counts)
    is_common = row.organisation_id is None
    threshold = caseload.least_shown(is_common=is_common)
    return caseload.may_replace(before, counts, threshold, is_common=is_common)


def _plain(shown: caseload.Shown) -> dict[str, list[dict[str, Any]]]:
    return {name: [asdict(table) for table in tables] for name, tables in shown.items()}


def _json(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), default=str)
