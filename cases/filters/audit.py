"""The trail."""

from cases.filters.base import Code, GatedFilters, Key, Term
from cases.filters.dates import Moment
from cases.vocabulary.audit import Outcome


class AuditEntryFilters(GatedFilters):
    act = Code()
    model = Code()
    outcome = Term(Outcome)
    target_id = Key()
    actor_id = Key()
    at_after = Moment("at", "gt", "Only those after this moment.")
    at_before = Moment("at", "lt", "Only those before this moment.")
