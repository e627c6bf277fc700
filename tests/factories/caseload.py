"""Published counts."""

from factory.declarations import LazyAttribute, Sequence, SubFactory

from cases.models import CaseloadRelease
from cases.vocabulary.caseload import Subject
from tests.factories.base import CheckedFactory
from tests.factories.organisations import OrganisationFactory


class CaseloadReleaseFactory(CheckedFactory):
    class Meta:
        model = CaseloadRelease

    organisation = SubFactory(OrganisationFactory)
    subject = Sequence(lambda n: Subject.values[n % len(Subject.values)])
    shown = LazyAttribute(lambda row: "[{}]" if row.subject == Subject.WORK else "")
