"""Talks, and where each party stands."""

from cases.vocabulary.base import Terms


class NegotiationKind(Terms):
    CORRIDOR = "corridor", "Talks on a humanitarian corridor.", "Humanitarian corridor"
    RELEASE = "release", "Talks on the release or return of people.", "Release or return"
    EXCHANGE = "exchange", "Talks on an exchange.", "Exchange"
    OTHER = "other", "None of the others.", "Other"


class NegotiationStatus(Terms):
    PROPOSED = "proposed", "Somebody has proposed talks.", "Proposed"
    IN_TALKS = "in_talks", "At least one party says that talks are under way.", "In talks"
    AGREED = "agreed", "The parties say that they agree.", "Agreed"
    CARRIED_OUT = "carried_out", "What was agreed has been done.", "Carried out"
    ENDED = "ended", "Ended without agreement.", "Ended"


class Stance(Terms):
    PROPOSES = "proposes", "Puts a proposal forward.", "proposes"
    READY_IF = "ready_if", "Is ready on a condition.", "ready if"
    AWAITS_REQUEST = "awaits_request", "Says that no request has come.", "awaits a request"
    REQUESTS = "requests", "Asks for it.", "requests"
    AGREES = "agrees", "Agrees.", "agrees"
    REFUSES = "refuses", "Refuses.", "refuses"
    IN_CONTACT = "in_contact", "Says that it works on it with others.", "in contact"
    EVASIVE = "evasive", "Answers without taking a position.", "evasive"
    SILENT = "silent", "Has not reacted.", "silent"
    HOPES = "hopes", "Expresses hope.", "hopes"
