"""What the trail records of an attempt: how it ended, where it came in, why it was refused."""

from cases.vocabulary.base import Terms


class Outcome(Terms):
    DONE = "done", "The act was carried out.", "Done"
    REFUSED = "refused", "The act was refused.", "Refused"


class Door(Terms):
    API = "api", "The API, where partner systems call.", "API"
    ADMIN = "admin", "The pages on which staff record.", "Admin"
    DASHBOARD = "dashboard", "The pages on which managers read.", "Dashboard"
    COMMAND = "command", "A command on the server.", "Command"
    SITE = "site", "A page of none of these: signing in and out.", "Site"


class Refusal(Terms):
    NOT_ALLOWED = (
        "not allowed",
        "The role may not do this, or the row is another's to change.",
        "Not allowed",
    )
    NOT_FOUND = (
        "not found",
        "There is no such row, or none that the reader may see: the trail does not tell which.",
        "Not found",
    )
    MASKED = "masked", "A field was named that the role may not read.", "Masked"
    LOOK_UP = "look-up", "A list was narrowed by what it may not be narrowed by.", "Look-up"
    NOT_STAFF = "not staff", "The account does not open this door.", "Not staff"
    SECOND_PERSON = "second person", "Somebody was to approve their own.", "Second person needed"
    SIGN_IN = "sign-in", "The sign-in failed.", "Sign-in failed"
