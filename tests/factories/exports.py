"""Files that were asked for, and what left in them."""

from datetime import timedelta

from factory.declarations import LazyFunction, SubFactory, Trait

from cases import clock
from cases.models import ExportRun, FiguresTaken
from cases.vocabulary.exports import ExportState, FileFormat
from tests.factories.base import CheckedFactory, RecordFactory
from tests.factories.organisations import OrganisationFactory, UserFactory

USER = "tests.factories.organisations.UserFactory"


class ExportRunFactory(RecordFactory):
    """A file that nobody has decided on."""

    class Meta:
        model = ExportRun

    class Params:
        decided = Trait(
            recorded_by=SubFactory(USER),
            decided_by=SubFactory(USER),
            decided_at=LazyFunction(clock.now),
        )
        approved = Trait(decided=True, state=ExportState.APPROVED)
        declined = Trait(decided=True, state=ExportState.DECLINED, decision_reason="Too much.")
        ready = Trait(
            decided=True,
            state=ExportState.READY,
            built_at=LazyFunction(clock.now),
            expires_at=LazyFunction(lambda: clock.now() + timedelta(hours=24)),
            rows=1,
            size=100,
            sha256="0" * 64,
            stored_name="f" * 40,
            salt="a" * 64,
        )

    collection = "individuals"
    filters = "priority=urgent"
    format = FileFormat.CSV
    reason = "The hospital asks for a list."


class FiguresTakenFactory(CheckedFactory):
    """A file with one figure, which is not there any more."""

    class Meta:
        model = FiguresTaken

    organisation = SubFactory(OrganisationFactory)
    recorded_by = SubFactory(UserFactory)
    file = "outstanding-2026-01-02.csv"
    held = "7f0a4a3e-14a5-4a43-8a1e-3d0a5c1b2c3d 1 more than 20"
