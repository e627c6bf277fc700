"""Somebody looks for somebody: how far it is, what was done, who was found, how it ended."""

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


class TracingActionKind(Terms):
    CHECKED_RECORDS = "checked_records", "Lists or records were looked through.", "Records checked"
    ASKED_BODY = (
        "asked_body",
        "A body was asked, such as the ICRC, a ministry or a hospital.",
        "A body was asked",
    )
    ANSWER_CAME = "answer_came", "A body that was asked has answered.", "An answer came"
    SPOKE = "spoke", "Somebody who may know was spoken to.", "Somebody was spoken to"
    FIELD_VISIT = "field_visit", "A place was visited.", "A place was visited"
    ASKED_PERSON = (
        "asked_person",
        "The person found was asked what the enquirer may be told.",
        "The person found was asked",
    )
    TOLD_PERSON = (
        "told_person",
        "The person found was told who looks for them.",
        "The person found was told who asks",
    )
    UPDATED_ENQUIRER = (
        "updated_enquirer",
        "The enquirer was told how the search goes, and nothing of where anybody is.",
        "The enquirer was told how it goes",
    )
    TOLD_ENQUIRER = (
        "told_enquirer",
        "The enquirer was told where the person is, or how to reach them.",
        "The enquirer was told where",
    )
    OTHER = "other", "Something else.", "Other"
    STEP = (
        "step",
        "The request was closed, opened again or gone back with; the tracker records it.",
        "Step of the request",
    )


class CandidateState(Terms):
    PROPOSED = (
        "proposed",
        "May be the person who is sought; a second person decides.",
        "May be the person",
    )
    CONFIRMED = "confirmed", "Is the person who is sought.", "Is the person"
    REJECTED = (
        "rejected",
        "Is somebody else. Not offered again for this request.",
        "Is somebody else",
    )
    WITHDRAWN = "withdrawn", "Taken back; nothing is decided.", "Taken back, undecided"
