"""Cases referred or handed over."""

from cases.filters.base import Link, Term
from cases.filters.dates import Moment
from cases.filters.records import RecordFilters
from cases.models import Individual, Organisation
from cases.vocabulary.referrals import ReferralKind, ReferralState


class ReferralFilters(RecordFilters):
    individual = Link(Individual)
    organisation = Link(Organisation)
    recipient = Link(Organisation)
    kind = Term(ReferralKind)
    state = Term(ReferralState)
    answer_before = Moment("answer_by", "lt", "Only those to be answered before this moment.")
