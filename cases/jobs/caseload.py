"""Counts every organisation's people once a day and publishes what may be shown of them."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID

from cases import clock
from cases.access.gate import System, acting_as
from cases.actions import caseload
from cases.models import CaseloadRelease, Organisation
from cases.queries import caseload_counts
from cases.queries.snapshot import snapshot
from cases.rules.caseload import Counts, agree, difference
from cases.vocabulary.caseload import Subject

_LATE = timedelta(days=2)


def publish(_argument: str = "") -> None:
    """Publish what has changed enough; the rest stays as it was."""
    with acting_as(System("publishing the counts of people")) as by:
        with snapshot(is_long=True):
            counted = counts()
            keepers = [str(key) for key in Organisation.objects.values_list("pk", flat=True)]
        for subject, found in counted.items():
            for keeper in keepers:
                own = {keeper: found.get(keeper, {})}
                caseload.publish(by=by, organisation_id=UUID(keeper), subject=subject, counts=own)
            if subject is not Subject.WORK:
                caseload.publish(by=by, organisation_id=None, subject=subject, counts=found)


def counts() -> Mapping[Subject, Mapping[str, Counts]]:
    """Count everything that is published, as of now."""
    return {
        Subject.PEOPLE: caseload_counts.people(clock.today()),
        Subject.HELP: caseload_counts.help_given(),
        Subject.WORK: caseload_counts.work(),
    }


@dataclass(frozen=True)
class Finding:
    """One summary beside a recount. ``fault`` is empty where it is what it is to be."""

    organisation: str
    subject: str
    made_at: datetime
    differs_by: int
    """How many people's worth has changed since, in the view where it is most."""
    fault: str

    @property
    def is_fault(self) -> bool:
        return bool(self.fault)

    def as_plain(self) -> dict[str, object]:
        return {**asdict(self), "made_at": self.made_at.isoformat()}


def compare() -> list[Finding]:
    """Hold every summary against a recount in the same view of the database.

    It may lag behind by what is held back, and by a day; what is shown must be what the rule
    gives for its counts, and its views must agree with one another.
    """
    with acting_as(System("recounting")), snapshot(is_long=True):
        counted = counts()
        rows = list(CaseloadRelease.objects.order_by("subject", "organisation", "pk"))
        return [_finding(row, counted[Subject(row.subject)]) for row in rows]


def _finding(row: CaseloadRelease, counted: Mapping[str, Counts]) -> Finding:
    keeper = str(row.organisation_id) if row.organisation_id else ""
    now = {keeper: counted.get(keeper, {})} if keeper else counted
    before: Mapping[str, Counts] = json.loads(row.counted)
    return Finding(
        organisation=keeper or "all",
        subject=row.subject,
        made_at=row.made_at,
        differs_by=difference(before, now),
        fault=_fault(row, before, now),
    )


def _fault(row: CaseloadRelease, before: Mapping[str, Counts], now: Mapping[str, Counts]) -> str:
    subject, is_common = Subject(row.subject), row.organisation_id is None
    if row.shown != caseload.shown_of(subject, before, is_common=is_common):
        return "what is shown does not follow from its counts"
    if not agree(before):
        return "its views count different numbers of people"
    if clock.now() - row.made_at > _LATE and caseload.may_replace(row, now):
        return "enough has changed to publish, and nothing was for two days"
    return ""
