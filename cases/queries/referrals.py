"""What the other side of a referral is told of a person before it accepts."""

from typing import Any

from cases import clock
from cases.models import Individual, Referral
from cases.queries.areas import district_of
from cases.rules import dates, individuals
from cases.vocabulary.individuals import AgeClass
from cases.vocabulary.referrals import ReferralKind, ReferralState


def summary_of(person: Individual) -> dict[str, Any]:
    """Give the least that is needed to decide: sex, child or adult, district, how far they are.

    The number of the case, and since when it is kept, let both sides speak of the same one.
    """
    taken_over = Referral.objects.filter(
        individual=person,
        recipient=person.organisation_id,
        kind=ReferralKind.TRANSFER,
        state=ReferralState.ACCEPTED,
    ).order_by("-answered_at", "pk").first()  # fmt: skip
    since = taken_over.answered_at if taken_over else person.recorded_at
    return {
        "case_number": person.case_number,
        "kept_since": since,
        "sex": person.sex,
        "age_class": age_class_of(person),
        "area_id": district_of(person.home_place_id),
        "return_status": person.return_status,
    }


def age_class_of(person: Individual) -> AgeClass:
    """Say whether somebody is a child, as far as it is known."""
    born = dates.bounds(person.birth_edtf)[1]
    if born is None and person.age_as_stated is None:
        return AgeClass.UNKNOWN
    is_minor = individuals.is_minor(person.age_as_stated, born_latest=born, on=clock.today())
    return AgeClass.CHILD if is_minor else AgeClass.ADULT
