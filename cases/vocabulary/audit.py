"""What the trail records an attempt as."""

from cases.vocabulary.base import Terms


class Outcome(Terms):
    DONE = "done", "The act was carried out.", "Done"
    REFUSED = "refused", "The act was refused.", "Refused"
