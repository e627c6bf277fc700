"""Somebody looks for somebody: how far it is, how it ended, and what the person found wishes."""

from cases.vocabulary.base import Terms


class TracingState(Terms):
    RECEIVED = "received", "Somebody has asked; nothing was done yet.", "Received"
    IN_PROGRESS = "in_progress", "The person is looked for.", "In progress"
    PROPOSED = (
        "proposed",
        "A case may be the person; a second person decides.",
        "Person proposed",
    )
    FOUND = (
        "found",
        "It is known which case is the person; the enquirer is not answered yet.",
        "Person found",
    )
    CLOSED = "closed", "Ended, with an outcome.", "Closed"


class TracingOutcome(Terms):
    INFORMED = (
        "found_informed",
        "Found alive; the enquirer was told, as the person found agreed.",
        "Found alive, enquirer informed",
    )
    NO_CONTACT = (
        "found_no_contact",
        "Found alive; does not wish contact. The enquirer learns no whereabouts.",
        "Found alive, no contact wished",
    )
    DECEASED = (
        "found_deceased",
        "Found dead, as the case itself says on two people's word.",
        "Found deceased",
    )
    NOT_FOUND = "not_found", "Not found by any means at hand.", "Not found"
    WITHDRAWN = "withdrawn", "Taken back by the enquirer.", "Taken back by the enquirer"
    DUPLICATE = "duplicate", "The same search as another request.", "Duplicate request"


class ContactWish(Terms):
    UNKNOWN = "unknown", "The person found was not asked yet.", "Not asked yet"
    CONTACT = (
        "contact",
        "Agrees that the enquirer learns where they are or how to reach them.",
        "Agrees to contact",
    )
    ALIVE_ONLY = (
        "alive_only",
        "The enquirer may learn that they are alive, and no more.",
        "May be said to be alive",
    )
    NOTHING = "nothing", "The enquirer is told nothing.", "Nothing may be said"
