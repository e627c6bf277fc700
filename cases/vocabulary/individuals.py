"""People, their names and their ties."""

from cases.vocabulary.base import Terms


class Identification(Terms):
    NAMED = "named", "Full name known.", "Named"
    PARTLY_NAMED = "partly_named", "A part of the name is known.", "Partly named"
    DESCRIBED = "described", "Known by description or relation only.", "Described"
    ANONYMOUS = "anonymous", "Deliberately kept without a name.", "Anonymous"


class Sex(Terms):
    FEMALE = "female", "Female.", "Female"
    MALE = "male", "Male.", "Male"
    OTHER = "other", "Other.", "Other"
    UNKNOWN = "unknown", "Not known.", "Not known"


class AgeClass(Terms):
    CHILD = "child", "Under 18.", "Child"
    ADULT = "adult", "18 or over.", "Adult"
    ELDERLY = "elderly", "Of pension age, as the source says it.", "Elderly"
    UNKNOWN = "unknown", "Not known.", "Not known"


class NamePart(Terms):
    FULL = "full", "The whole name.", "Full name"
    GIVEN = "given", "Given name.", "Given name"
    PATRONYMIC = "patronymic", "Patronymic.", "Patronymic"
    FAMILY = "family", "Family name.", "Family name"


class FamilyTie(Terms):
    MOTHER = "mother", "The mother of the individual.", "Mother"
    FATHER = "father", "The father of the individual.", "Father"
    PARENT = "parent", "A parent; which of the two is not said.", "Parent"
    CHILD = "child", "A child of the individual.", "Child"
    GRANDPARENT = "grandparent", "A grandparent of the individual.", "Grandparent"
    GRANDCHILD = "grandchild", "A grandchild of the individual.", "Grandchild"
    SIBLING = "sibling", "A sister or brother.", "Sibling"
    SPOUSE = "spouse", "Husband, wife or partner.", "Spouse"
    GUARDIAN = "guardian", "A lawful guardian.", "Guardian"
    WARD = "ward", "A person under the individual's guardianship.", "Ward"
    RELATIVE = "relative", "Another relative.", "Relative"


class Certainty(Terms):
    CONFIRMED = "confirmed", "Confirmed.", "Confirmed"
    PROBABLE = "probable", "Probable.", "Probable"
    POSSIBLE = "possible", "Possible.", "Possible"


class Priority(Terms):
    ROUTINE = "routine", "No special urgency.", "Routine"
    HIGH = "high", "Before routine cases.", "High"
    URGENT = "urgent", "At once: a child alone, an illness, a deadline.", "Urgent"


class CaseSensitivity(Terms):
    STANDARD = "standard", "Seen by the organisation's cleared staff.", "Standard"
    RESTRICTED = (
        "restricted",
        "Seen only by staff who are cleared for restricted cases.",
        "Restricted",
    )
