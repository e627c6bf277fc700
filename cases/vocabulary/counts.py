"""Reported figures: what they are about, how they are qualified, how they relate."""

from cases.vocabulary.base import Terms


class PopulationCategory(Terms):
    HELD = "held", "Held by another party, in whatever word a side uses for it.", "Held"
    MISSING = "missing", "Unaccounted for.", "Missing"
    STRANDED = (
        "stranded",
        "Living in an area they cannot leave freely.",
        "Stranded in an area",
    )
    AWAITING_RETURN = "awaiting_return", "Agreed or listed for return.", "Awaiting return"
    TAKEN = "taken", "Moved across a front line or border by another party.", "Taken"
    DISPLACED = "displaced", "Left home because of the fighting.", "Displaced"
    EVACUATED = "evacuated", "Ordered or helped to leave by their own authorities.", "Evacuated"
    SHELTERED = "sheltered", "Housed in temporary shelter.", "Sheltered"
    RETURNED = "returned", "Returned to their country.", "Returned"
    OTHER = "other", "None of the others.", "Other"


class Measure(Terms):
    STOCK = "stock", "How many are so at a moment.", "Stock"
    FLOW_OF_EVENT = "flow_of_event", "How many moved in one event.", "Flow of one event"
    FLOW_OF_PERIOD = "flow_of_period", "How many moved in a period.", "Flow of a period"
    CUMULATIVE = "cumulative", "How many in all since a beginning.", "Cumulative"
    UNKNOWN = "unknown", "The source does not let anyone decide.", "Undecidable"


class Qualifier(Terms):
    EXACT = "exact", "The number itself: low = high = value.", "exactly"
    MORE_THAN = "more_than", "More than the value: low = value + 1, high open.", "more than"
    AT_LEAST = "at_least", "The value or more: low = value, high open.", "at least"
    LESS_THAN = "less_than", "Fewer than the value: high = value − 1.", "fewer than"
    AT_MOST = "at_most", "The value or fewer: high = value.", "at most"
    ALMOST = "almost", "Just under the value: high = value − 1, low open.", "almost"
    ABOUT = "about", "Near the value; gives no bounds.", "about"
    BETWEEN = "between", "Between a low and a high figure, both given.", "between"
    SEVERAL = "several", "A number nobody gives; at least two.", "several"
    DIRECTION_ONLY = (
        "direction_only",
        "Says only that another figure is too low or too high; gives no number.",
        "direction only",
    )
    UNKNOWN = "unknown", "How the value is meant cannot be decided.", "unknown"


class Unit(Terms):
    PERSON = "person", "People.", "people"
    HOUSEHOLD = "household", "Households.", "households"
    FACILITY = "facility", "Buildings or sites.", "facilities"
    EVENT = "event", "Events or operations.", "events"


class CountState(Terms):
    DRAFT = "draft", "Entered, not yet checked against its source.", "Draft"
    VERIFIED = "verified", "Checked against its source by a second reader.", "Verified"
    DISPUTED = "disputed", "Its reading of the source is disputed.", "Disputed"
    SUPERSEDED = "superseded", "Replaced by a later row; kept as it was.", "Superseded"
    RETRACTED = "retracted", "Withdrawn with a reason; kept as it was.", "Retracted"


class Dimension(Terms):
    AGE = "age", "A subgroup by age.", "Age"
    SEX = "sex", "A subgroup by sex.", "Sex"
    PLACE = "place", "A subgroup by place.", "Place"
    CONDITION = "condition", "A subgroup by condition, such as wheelchair users.", "Condition"


class LinkKind(Terms):
    RESTATES = "restates", "The same figure said again.", "restates"
    ROUNDS = "rounds", "The other figure, rounded.", "rounds"
    CORROBORATES = "corroborates", "Another origin that supports the other.", "corroborates"
    CONTRADICTS = "contradicts", "Cannot be so together with the other.", "contradicts"
    REFINES = "refines", "Similar, under another or narrower definition.", "refines"
    DENIES = "denies", "Rejects the other.", "denies"


class DiscrepancyKind(Terms):
    VALUE = "value", "Two figures for one thing.", "Value"
    IDENTITY = "identity", "Who somebody is, or what they are called.", "Identity"
    OFFICE = "office", "Which office somebody holds.", "Office"
    DATE = "date", "When something was.", "Date"
    TERM = "term", "What a thing is called, or how it came about.", "Term"


class DiscrepancyState(Terms):
    OPEN = "open", "Under review.", "Open"
    BOTH_STAND = "both_stand", "Reviewed: both versions stand side by side.", "Both stand"
    RESOLVED = "resolved", "Reviewed and explained.", "Resolved"


class BridgeVerdict(Terms):
    CONSISTENT = "consistent", "The two stocks and the flows between can all be so.", "Consistent"
    INCONSISTENT = (
        "inconsistent",
        "The two stocks and the flows between cannot all be so.",
        "Inconsistent",
    )
    NOT_COMPARABLE = (
        "not_comparable",
        "A bound or a date is missing that the comparison needs.",
        "Not comparable",
    )
