"""People whom another registry tells of: what became of each record."""

from cases.vocabulary.base import Terms


class OfferState(Terms):
    OFFERED = "offered", "Somebody has to look at it.", "To be looked at"
    REGISTERED = "registered", "Taken in as a new case.", "A new case"
    NOTED = "noted", "Written as notes on a case.", "Notes on a case"
    LEFT = "left", "Somebody decided to leave it.", "Left"
    REPLACED = "replaced", "A later version of it came.", "Replaced"
    WITHDRAWN = "withdrawn", "Its source took it back, or its time ran out.", "Withdrawn"
