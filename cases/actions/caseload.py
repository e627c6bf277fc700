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

_SHOWN_OF = {Subject.PEOPLE: caseload.publish, Subject.HELP: caseload.publish_help}


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
    is_common = organisation_id is None
    threshold = caseload.COMMON_THRESHOLD if is_common else caseload.OWN_THRESHOLD
    rows = CaseloadRelease.objects.select_for_update()
    row = rows.filter(organisation=organisation_id, subject=subject).first()
    if row is not None:
        before = json.loads(row.counted)
        if not caseload.may_replace(before, counts, threshold, is_common=is_common):
            return False
    row = row or CaseloadRelease(organisation_id=organisation_id, subject=subject)
    row.made_at = clock.now()
    row.counted = _json(counts)
    shown = _SHOWN_OF[subject](counts, threshold, is_common=is_common)
    row.shown = "" if shown is None else _json(_plain(shown))
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


def _plain(shown: caseload.Shown) -> dict[str, list[dict[str, Any]]]:
    return {name: [asdict(table) for table in tables] for name, tables in shown.items()}


def _json(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), default=str)
