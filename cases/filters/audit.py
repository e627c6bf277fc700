"""The trail."""

from cases.filters.base import Code, GatedFilters, Key, Term
from cases.filters.dates import Moment
from cases.vocabulary.audit import Door, Outcome


class AuditEntryFilters(GatedFilters):
    at_after = Moment("at", "gt", "Only those after this moment.")
    at_before = Moment("at", "lt", "Only those before this moment.")
    act = Code()
    outcome = Term(Outcome)
    door = Term(Door)
    model = Code()
    actor = Code()
    actor_id = Key()
    target_id = Key()
    request_id = Key()
