"""How the tracker's own people are grouped where they are only counted."""

from cases.vocabulary.base import Terms


class Phase(Terms):
    OUTSTANDING = (
        "outstanding",
        "Reported, not accounted for, located or listed; not on the way yet.",
        "Still outstanding",
    )
    ON_THE_WAY = "on_the_way", "In transit, or handed over to the receiving side.", "On the way"
    BACK = "back", "In their country, wherever they stay there.", "Back"
    OTHERWISE = (
        "otherwise",
        "Settled elsewhere, do not wish to return, or have died.",
        "Ended otherwise",
    )


class AgeBand(Terms):
    INFANT = "0-4", "Under 5 years old.", "0–4"
    CHILD = "5-11", "From 5 to 11 years old.", "5–11"
    YOUTH = "12-17", "From 12 to 17 years old.", "12–17"
    ADULT = "18-59", "From 18 to 59 years old.", "18–59"
    ELDER = "60", "60 years old or older.", "60 and over"
    UNKNOWN = "unknown", "Not known, or not closely enough for one group.", "Not known"


class Waiting(Terms):
    MONTH = "30", "In the tracker for less than 30 days.", "Under 30 days"
    QUARTER = "90", "In the tracker for 30 to 89 days.", "30–89 days"
    HALF_YEAR = "180", "In the tracker for 90 to 179 days.", "90–179 days"
    YEAR = "365", "In the tracker for 180 to 364 days.", "180–364 days"
    LONGER = "longer", "In the tracker for 365 days or more.", "A year or more"


class HelpStage(Terms):
    NEEDED = "needed", "Needed, and nobody has promised it.", "Needed"
    PROMISED = "promised", "Promised, also on a condition; not begun.", "Promised"
    UNDER_WAY = "under_way", "Begun.", "Under way"
    DELIVERED = "delivered", "Given.", "Delivered"
    COMPLAINED = "complained", "Said to be missing or poor.", "Complained of"
    NOT_WANTED = "not_wanted", "Declined, or not needed.", "Declined or not needed"


class Subject(Terms):
    PEOPLE = "people", "People, each counted once.", "People"
    HELP = "help", "Records of help, each counted once.", "Help"
    WORK = "work", "Cases that somebody works on, for one organisation alone.", "Work"
