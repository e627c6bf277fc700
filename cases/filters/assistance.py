"""Help needed, promised or given."""

from cases.filters.base import Code, Link, Term
from cases.filters.dates import MayBeAfter, MayBeBefore
from cases.filters.records import RecordFilters
from cases.models import Body, Individual, Population, Statement
from cases.vocabulary.assistance import AssistanceKind, AssistanceStage


class AssistanceFilters(RecordFilters):
    individual = Link(Individual)
    population = Link(Population)
    kind = Term(AssistanceKind)
    stage = Term(AssistanceStage)
    statement = Link(Statement)
    provider = Link(Body)
    currency = Code()
    due_after = MayBeAfter("due")
    due_before = MayBeBefore("due")
