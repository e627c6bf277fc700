"""Whether two cases are of one person."""

from cases.vocabulary.base import Terms


class Verdict(Terms):
    SAME = "same", "The two cases are of one person; they may be merged.", "Same person"
    DIFFERENT = (
        "different",
        "The two cases are of two people; they are not offered again.",
        "Different people",
    )
