"""Sessions as rows; ones that a browser can use are made by signing in."""

from datetime import timedelta
from uuid import uuid4

from factory.declarations import LazyFunction, SubFactory

from cases import clock
from cases.models import Session
from tests.factories.base import CheckedFactory
from tests.factories.organisations import UserFactory


class SessionFactory(CheckedFactory):
    class Meta:
        model = Session

    id = LazyFunction(uuid4)
    user = SubFactory(UserFactory)
    data = "nothing"
    browser = "Firefox on Linux"
    expires_at = LazyFunction(lambda: clock.now() + timedelta(hours=1))
