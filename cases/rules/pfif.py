"""What of a person the People Finder Interchange Format may tell: nothing that it has no word for.

PFIF 1.4 (https://zesty.ca/pfif/1.4/) knows no status for somebody who is held, and none for
somebody on the way: for those nothing is said.
"""

from collections.abc import Mapping
from datetime import date

from cases.vocabulary.individuals import Sex
from cases.vocabulary.status import ReturnStatus

STATUSES: Mapping[str, str] = {
    ReturnStatus.REPORTED: "information_sought",
    ReturnStatus.UNACCOUNTED_FOR: "believed_missing",
    ReturnStatus.RETURNED_TO_COUNTRY: "believed_alive",
    ReturnStatus.TEMPORARY_ACCOMMODATION: "believed_alive",
    ReturnStatus.WITH_FAMILY: "believed_alive",
    ReturnStatus.HOME: "believed_alive",
    ReturnStatus.RESETTLED_ELSEWHERE: "believed_alive",
}
"""A death is in no feed: people tell the family."""
SEXES: Mapping[str, str] = {Sex.FEMALE: "female", Sex.MALE: "male", Sex.OTHER: "other"}
OF_AGE = 18
BAND = 10


def age_range(stated: int | None, as_of: date | None, on: date) -> str:
    """Widen an age to a band of ten years, as of a day; children are one band.

    Without a day on which it was so an age says nothing about today.
    """
    if stated is None or as_of is None or as_of > on:
        return ""
    years = on.year - as_of.year
    lowest, highest = stated + max(years - 1, 0), stated + years + 1
    if highest < OF_AGE:
        return f"0-{OF_AGE - 1}"
    return f"{lowest // BAND * BAND}-{highest // BAND * BAND + BAND - 1}"
