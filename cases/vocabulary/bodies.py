"""Institutions that speak, mediate, release, receive or publish."""

from cases.vocabulary.base import Terms


class BodyKind(Terms):
    STATE = "state", "A state or its government as a whole.", "State"
    GOVERNMENT_OFFICE = (
        "government_office",
        "A ministry, presidential office or other part of a government.",
        "Government office",
    )
    REGIONAL_AUTHORITY = (
        "regional_authority",
        "The authority of an oblast or district.",
        "Regional authority",
    )
    OMBUDSMAN = "ombudsman", "A human rights commissioner and their office.", "Ombudsman"
    MILITARY = "military", "Armed forces.", "Military"
    HUMANITARIAN = (
        "humanitarian",
        "A humanitarian organisation, such as the ICRC.",
        "Humanitarian organisation",
    )
    INTERNATIONAL = "international", "An intergovernmental organisation.", "International body"
    OUTLET = "outlet", "A newspaper, broadcaster or news site.", "News outlet"
    AGENCY = "agency", "A news agency whose reports others relay.", "News agency"
    SOCIETY = "society", "An association or learned society.", "Society"
    COMMUNITY = (
        "community",
        "People speaking together without an office, such as displaced residents.",
        "Community",
    )
    OTHER = "other", "None of the others.", "Other"
