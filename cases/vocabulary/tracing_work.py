"""What is done to find somebody, and what is said of whom it may be."""

from cases.vocabulary.base import Terms


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
