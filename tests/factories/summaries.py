"""E-mails by the clock."""

from factory.declarations import LazyFunction, SubFactory

from cases import clock
from cases.models import DailySummary, WeeklySummary
from tests.factories.base import CheckedFactory
from tests.factories.organisations import UserFactory


class DailySummaryFactory(CheckedFactory):
    class Meta:
        model = DailySummary

    user = SubFactory(UserFactory)
    day = LazyFunction(clock.today)


class WeeklySummaryFactory(CheckedFactory):
    class Meta:
        model = WeeklySummary

    user = SubFactory(UserFactory)
    day = LazyFunction(clock.today)
