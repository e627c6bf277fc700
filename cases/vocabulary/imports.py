"""Files taken in: of what, how, how far they have come, and what became of each row."""

from cases.vocabulary.base import Terms


class ImportKind(Terms):
    INDIVIDUALS = "individuals", "One row a person, with names.", "People"
    BATCHES = "batches", "One row a batch, with how many slots it has.", "Batches"
    SLOTS = "slots", "One row a place in a batch that is recorded.", "Slots of batches"
    COUNTS = "counts", "One row a figure, with the statement that gave it.", "Reported counts"
    PLACES = "places", "One row a place, with its names.", "Places"
    PFIF = (
        "pfif",
        "One record of PFIF, the format of people finders, which waits for somebody to look at it.",
        "People of another registry (PFIF)",
    )


class ImportMode(Terms):
    EACH = "each", "Row by row: good rows are added, bad ones refused.", "Row by row"
    WHOLE = "whole", "All rows or none: one bad row, and nothing is added.", "All or nothing"


class ImportState(Terms):
    UPLOADED = "uploaded", "Kept; it is not said yet what its columns hold.", "Uploaded"
    MAPPED = "mapped", "It is said what its columns hold.", "Columns matched"
    CHECKING = "checking", "A dry run is under way; nothing is written.", "Being checked"
    CHECKED = "checked", "The dry run is over.", "Checked"
    RUNNING = "running", "Rows are being added.", "Running"
    ENDED = "ended", "Every row has been tried.", "Ended"
    REFUSED = "refused", "All or nothing was asked for, and a row is bad.", "Nothing added"
    STOPPED = "stopped", "Stopped before its end, for a reason that is kept.", "Stopped"


class RowOutcome(Terms):
    READY = "ready", "The dry run would add it.", "Would be added"
    ADDED = "added", "Added.", "Added"
    UNCHANGED = "unchanged", "It was added before; nothing is changed.", "Unchanged"
    REFUSED = "refused", "Refused, with the sentence that a single act would get.", "Refused"
