"""What of bulk work is no page: a run ends when no row waits."""

import pytest

from cases.actions import bulk
from cases.vocabulary.bulk import BulkState
from tests.factories import BulkItemFactory

pytestmark = pytest.mark.django_db


def test_a_run_of_which_a_row_waits_does_not_end():
    item = BulkItemFactory()

    bulk._end(item.run)
    item.run.refresh_from_db()

    assert item.run.state != BulkState.ENDED
