"""What readers of the dashboards keep."""

from datetime import UTC, date, datetime

from factory.declarations import LazyAttribute, Sequence, SubFactory

from cases.models import FrozenPage, SavedView
from cases.queries.kept_pages import Frozen
from cases.rules.kept_pages import fingerprint
from cases.vocabulary.kept_pages import KeptPage
from tests.factories.base import RecordFactory

USER = "tests.factories.organisations.UserFactory"
MOMENT = datetime(2026, 1, 2, 3, tzinfo=UTC)


class SavedViewFactory(RecordFactory):
    class Meta:
        model = SavedView

    recorded_by = SubFactory(USER)
    name = Sequence(lambda number: f"View {number}")
    page = KeptPage.OUTSTANDING
    query = "population=held"


class FrozenPageFactory(RecordFactory):
    """A page without figures."""

    class Meta:
        model = FrozenPage

    recorded_by = SubFactory(USER)
    name = Sequence(lambda number: f"Snapshot {number}")
    page = KeptPage.OVERVIEW
    query = ""
    valid_at = date(2026, 1, 2)
    known_at = MOMENT
    content = LazyAttribute(lambda row: Frozen(row.valid_at, row.known_at).as_text())
    sha256 = LazyAttribute(lambda row: fingerprint(row.content))
