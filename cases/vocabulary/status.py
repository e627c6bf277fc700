"""Where a person is on the way home, and where the work on their case stands."""

from cases.vocabulary.base import Terms


class Axis(Terms):
    RETURN = "return", "Where the person is on the way home.", "Return"
    WORK = "work", "Where the work on the case stands.", "Work"


class ReturnStatus(Terms):
    REPORTED = "reported", "Somebody has reported the person.", "Reported"
    UNACCOUNTED_FOR = "unaccounted_for", "Nobody knows where they are.", "Unaccounted for"
    LOCATED_HELD = "located_held", "Known to be held.", "Located, held"
    LOCATED_IN_AREA = (
        "located_in_area",
        "Known to be in an area they cannot leave freely.",
        "Located in the area",
    )
    LOCATED_ELSEWHERE = "located_elsewhere", "Known to be somewhere else.", "Located elsewhere"
    LISTED_FOR_RETURN = "listed_for_return", "On a list for return.", "Listed for return"
    IN_TRANSIT = "in_transit", "On the way.", "In transit"
    HANDED_OVER = "handed_over", "Taken over by the receiving side.", "Handed over"
    RETURNED_TO_COUNTRY = (
        "returned_to_country",
        "In their country; not yet home.",
        "Returned to country",
    )
    TEMPORARY_ACCOMMODATION = (
        "temporary_accommodation",
        "In temporary accommodation after the return.",
        "In temporary accommodation",
    )
    HOSPITALISED = "hospitalised", "In hospital after the return.", "Hospitalised"
    WITH_FAMILY = "with_family", "With family or lawful guardian.", "With family"
    HOME = "home", "Back in the home place.", "Home"
    RESETTLED_ELSEWHERE = "resettled_elsewhere", "Settled somewhere else.", "Resettled elsewhere"
    RETURN_FAILED = "return_failed", "A return was begun and failed.", "Return failed"
    DOES_NOT_WISH_TO_RETURN = (
        "does_not_wish_to_return",
        "Has said freely that they do not wish to return.",
        "Does not wish to return",
    )
    DECEASED = (
        "deceased",
        "Dead, on two origins or one official document, and a second person's word.",
        "Deceased",
    )
    OUT_OF_SCOPE = "out_of_scope", "Not a person this tracker is for.", "Out of scope"
    DUPLICATE = "duplicate", "The same person as another case.", "Duplicate"


class WorkStatus(Terms):
    DRAFT = "draft", "Being taken in.", "Draft"
    OPEN = "open", "Worked on.", "Open"
    ON_HOLD = "on_hold", "Waiting for something outside.", "On hold"
    PENDING_CLOSURE = (
        "pending_closure",
        "Proposed for closure; a second person decides.",
        "Pending closure",
    )
    CLOSED = "closed", "Closed.", "Closed"
    REOPENED = "reopened", "Opened again after closure.", "Reopened"


class ProposalState(Terms):
    PENDING = "pending", "Proposed by one person; another decides.", "Pending"
    APPROVED = "approved", "Approved by a second person: the step is taken.", "Approved"
    DECLINED = "declined", "Declined by a second person, with a reason.", "Declined"
    WITHDRAWN = "withdrawn", "Taken back by whoever proposed it.", "Withdrawn"
    OVERTAKEN = "overtaken", "The case moved on before anybody decided.", "Overtaken"
