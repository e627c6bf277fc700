"""To-dos and notes."""

from cases.filters.base import Link, Term
from cases.filters.dates import Day
from cases.filters.records import RecordFilters
from cases.models import Individual, RepatriationBatch, User
from cases.vocabulary.casework import Reminder, TaskState


class TaskFilters(RecordFilters):
    individual = Link(Individual)
    batch = Link(RepatriationBatch)
    assigned_to = Link(User)
    state = Term(TaskState)
    rule = Term(Reminder)
    due_after = Day("due_on", "gte", "Only those due on this day or after it.")
    due_before = Day("due_on", "lte", "Only those due on this day or before it.")


class NoteFilters(RecordFilters):
    individual = Link(Individual)
