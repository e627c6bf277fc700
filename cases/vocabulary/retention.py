"""How a record ends: anonymised for good, on two people's word."""

from cases.vocabulary.base import Terms


class AnonymisationState(Terms):
    PROPOSED = "proposed", "Somebody proposes it; a second person decides.", "Proposed"
    CARRIED_OUT = "carried_out", "The record was anonymised for good.", "Carried out"
    DROPPED = "dropped", "It was decided to leave the record as it is.", "Dropped"
