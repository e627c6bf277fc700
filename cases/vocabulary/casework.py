"""To-dos."""

from cases.vocabulary.base import Terms


class TaskState(Terms):
    OPEN = "open", "To be done.", "Open"
    DONE = "done", "Done.", "Done"
    DROPPED = "dropped", "No longer to be done.", "Dropped"
