"""Ways home and their legs."""

from cases.vocabulary.base import Terms


class LegMode(Terms):
    ROAD = "road", "By road.", "Road"
    RAIL = "rail", "By rail.", "Rail"
    AIR = "air", "By air.", "Air"
    FOOT = "foot", "On foot.", "On foot"
    UNKNOWN = "unknown", "Not said.", "Not said"


class FarEndRole(Terms):
    TRANSIT = "transit", "Passed through on the way.", "Transit"
    HANDOVER = "handover", "Where one side hands people over to the other.", "Handover"
    DESTINATION = "destination", "Where the route ends.", "Destination"
