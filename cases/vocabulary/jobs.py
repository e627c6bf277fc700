"""Work in the background."""

from cases.vocabulary.base import Terms


class JobState(Terms):
    WAITING = "waiting", "To be carried out.", "Waiting"
    RUNNING = "running", "In the hands of a worker.", "Running"
    DONE = "done", "Carried out.", "Done"
    FAILED = "failed", "Tried in vain.", "Failed"
