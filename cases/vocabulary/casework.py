"""To-dos, and the rules that set them."""

from cases.vocabulary.base import Terms


class TaskState(Terms):
    OPEN = "open", "To be done.", "Open"
    DONE = "done", "Done.", "Done"
    DROPPED = "dropped", "No longer to be done.", "Dropped"


class Reminder(Terms):
    NO_CONTACT = (
        "no_contact",
        "Nothing has been heard or done in an open case for longer than its priority allows.",
        "Get in touch",
    )
    PROMISE_OVERDUE = (
        "promise_overdue",
        "The day by which help was promised is over, and it is not recorded as given.",
        "Ask after promised help",
    )
    GRANT_ENDING = (
        "grant_ending",
        "The case is shared with another organisation, and that ends soon.",
        "Renew or end a share",
    )
