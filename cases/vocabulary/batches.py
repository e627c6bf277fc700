"""Returns of one or more people."""

from cases.vocabulary.base import Terms


class BatchKind(Terms):
    NEGOTIATED = "negotiated", "Returned after negotiation between the sides.", "Negotiated"
    EXCHANGE_COMPONENT = (
        "exchange_component",
        "Civilians returned as part of an exchange of prisoners.",
        "Component of an exchange",
    )
    CORRIDOR = "corridor", "Returned through a humanitarian corridor.", "Corridor"
    INDIVIDUAL = "individual", "One or a few people, case by case.", "Individual return"
    SELF_ORGANISED = "self_organised", "Returned by their own means.", "Self-organised"


class BatchStatus(Terms):
    PROPOSED = "proposed", "Somebody has proposed the return.", "Proposed"
    AGREED = "agreed", "The sides agree to it.", "Agreed"
    SCHEDULED = "scheduled", "A date is set.", "Scheduled"
    DEPARTED = "departed", "The people have set out.", "Departed"
    IN_TRANSIT = "in_transit", "On the way, through a third country if there is one.", "In transit"
    HANDED_OVER = "handed_over", "The receiving side has taken them over.", "Handed over"
    ARRIVED = "arrived", "They are in their country.", "Arrived"
    RECONCILED = (
        "reconciled",
        "Every claimed headcount is matched, or the difference is accepted.",
        "Reconciled",
    )
    CLOSED = "closed", "Nothing is left to do.", "Closed"
    PARTIALLY_ARRIVED = (
        "partially_arrived",
        "Some arrived; others were held back or taken to hospital.",
        "Partially arrived",
    )
    POSTPONED = "postponed", "Put off.", "Postponed"
    CANCELLED = "cancelled", "Called off.", "Cancelled"
    FAILED = "failed", "Was to take place and did not.", "Failed"


class RosterPolicy(Terms):
    NAMES_KNOWN = "names_known", "Names are known to those who may know them.", "Names known"
    WITHHELD = "withheld", "Names are withheld for privacy.", "Withheld for privacy"
    UNKNOWN = "unknown", "Nobody says who they are.", "Unknown"


class Presence(Terms):
    PLANNED = "planned", "Planned to travel.", "Planned"
    BOARDED = "boarded", "Set out.", "Boarded"
    ARRIVED = "arrived", "Arrived.", "Arrived"
    HOSPITALISED = "hospitalised", "Taken to hospital on the way or on arrival.", "Hospitalised"
    NO_SHOW = "no_show", "Did not come.", "Did not come"
    REMOVED = "removed", "Taken off the batch.", "Removed"


class MediationRole(Terms):
    MEDIATOR = "mediator", "Mediates between the sides.", "Mediator"
    FACILITATOR = "facilitator", "Helps the return along.", "Facilitator"
    TRANSIT_HOST = "transit_host", "Lets people pass through its territory.", "Transit host"
    GUARANTOR = "guarantor", "Vouches for what was agreed.", "Guarantor"
    RELEASING = "releasing", "Releases the people.", "Releasing party"
    RECEIVING = "receiving", "Receives the people.", "Receiving party"


class ReconciliationState(Terms):
    NO_CLAIM = "no_claim", "Nobody has claimed a headcount.", "No claim"
    SHORT = "short", "Fewer slots than claimed.", "Short"
    OVER = "over", "More slots than claimed.", "Over"
    MATCHED = "matched", "As many slots as claimed, and every one bound to a person.", "Matched"
    MATCHED_UNNAMED = (
        "matched_unnamed",
        "As many slots as claimed, some with nobody bound.",
        "Matched with unnamed",
    )
