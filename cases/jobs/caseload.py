"""Counts every organisation's people once a day and publishes what may be shown of them."""

from collections.abc import Mapping
from uuid import UUID

from cases import clock
from cases.access.gate import System, acting_as
from cases.actions import caseload
from cases.models import Organisation
from cases.queries import caseload_counts
from cases.queries.snapshot import snapshot
from cases.rules.caseload import Counts
from cases.vocabulary.caseload import Subject


def publish(_argument: str = "") -> None:
    """Publish what has changed enough; the rest stays as it was."""
    with acting_as(System("publishing the counts of people")) as by:
        with snapshot(is_long=True):
            counted: Mapping[Subject, Mapping[str, Counts]] = {
                Subject.PEOPLE: caseload_counts.people(clock.today()),
                Subject.HELP: caseload_counts.help_given(),
            }
            keepers = [str(key) for key in Organisation.objects.values_list("pk", flat=True)]
        for subject, counts in counted.items():
            for keeper in keepers:
                own = {keeper: counts.get(keeper, {})}
                caseload.publish(by=by, organisation_id=UUID(keeper), subject=subject, counts=own)
            caseload.publish(by=by, organisation_id=None, subject=subject, counts=counts)
