"""Organisations that keep cases, and what their users are for."""

from cases.vocabulary.base import Terms


class OrganisationKind(Terms):
    NGO = "ngo", "A non-governmental organisation that keeps cases.", "NGO"
    OFFICIAL = "official", "A public office, such as an ombudsman's staff.", "Public office"
    NETWORK = "network", "A network or secretariat of several organisations.", "Network"


class Language(Terms):
    """The languages of the pages, each by its own name."""

    ENGLISH = "en-gb", "English, as the tracker is written.", "English"
    RUSSIAN = "ru", "Russian.", "Русский"
    UKRAINIAN = "uk", "Ukrainian.", "Українська"


class Role(Terms):
    CASEWORKER = (
        "caseworker",
        "Takes in people, follows their cases and records what is said about them.",
        "Caseworker",
    )
    SUPERVISOR = (
        "supervisor",
        "Does what a caseworker does, and approves what needs a second person.",
        "Supervisor",
    )
    MANAGER = (
        "manager",
        "Reads figures and the operational side of cases; sees no names.",
        "Manager",
    )
    PARTNER = (
        "partner",
        "A partner system: reaches the API only, and reads its own intake and what is granted.",
        "Partner system",
    )
    AUDITOR = (
        "auditor",
        "Reads the audit trail and open fields; changes nothing.",
        "Auditor",
    )
    ADMINISTRATOR = (
        "administrator",
        "Manages users and tokens; sees no cases.",
        "Administrator",
    )
