"""Asking another organisation to help with a case, or to take it over."""

from cases.vocabulary.base import Terms


class ReferralKind(Terms):
    REFERRAL = (
        "referral",
        "Services are asked of the other organisation; the case stays where it is.",
        "Referral",
    )
    TRANSFER = (
        "transfer",
        "The other organisation is asked to keep the case from now on.",
        "Transfer",
    )


class ReferralState(Terms):
    REQUESTED = "requested", "Waiting for an answer.", "Requested"
    ACCEPTED = "accepted", "The other organisation has accepted.", "Accepted"
    REJECTED = "rejected", "The other organisation has declined, and said why.", "Rejected"
    WITHDRAWN = "withdrawn", "Taken back before it was answered.", "Withdrawn"
    EXPIRED = "expired", "Not answered in time.", "Expired"
