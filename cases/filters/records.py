"""What every collection is narrowed by."""

from cases.filters.base import GatedFilters
from cases.filters.dates import Moment


class RecordFilters(GatedFilters):
    """What every collection is narrowed by."""

    updated_after = Moment("updated_at", "gt", "Only those changed after this moment.")
    recorded_after = Moment("recorded_at", "gt", "Only those recorded after this moment.")
    recorded_before = Moment("recorded_at", "lt", "Only those recorded before this moment.")
