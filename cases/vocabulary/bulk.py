"""One act on many rows."""

from cases.vocabulary.base import Terms


class BulkAct(Terms):
    ASSIGN = "assign", "Give cases to a colleague.", "Assign cases"
    PRIORITY = "priority", "Give cases a priority.", "Set the priority"
    BATCH = "batch", "Give each person a slot in a batch.", "Add to a batch"
    EXPORT = "export", "Write cases into a file.", "Export as CSV"
    ASSIGN_TASKS = "assign_tasks", "Give tasks to a colleague.", "Assign tasks"
    FINISH_TASKS = "finish_tasks", "Mark tasks as done.", "Mark as done"


class BulkState(Terms):
    SELECTED = "selected", "Chosen; nothing is done yet.", "Selected"
    RUNNING = "running", "Confirmed, and being carried out.", "Running"
    ENDED = "ended", "Every row has been tried.", "Ended"


class BulkOutcome(Terms):
    WAITING = "waiting", "Not tried yet.", "Waiting"
    DONE = "done", "Carried out.", "Done"
    UNCHANGED = "unchanged", "It was so already.", "Unchanged"
    REFUSED = "refused", "Refused, with the sentence that a single act would get.", "Refused"
