"""Second factors; ones whose codes are right are made by the actions."""

from factory.declarations import LazyFunction, Sequence, SubFactory, Trait

from cases import clock
from cases.models import Factor, RecoveryCode
from cases.rules.factors import digest
from tests.factories.base import CheckedFactory
from tests.factories.organisations import UserFactory


class FactorFactory(CheckedFactory):
    class Meta:
        model = Factor

    class Params:
        asked = Trait(
            reset_asked_by=SubFactory(UserFactory), reset_asked_at=LazyFunction(clock.now)
        )

    user = SubFactory(UserFactory)
    secret = "sealed"
    last_step = 0


class RecoveryCodeFactory(CheckedFactory):
    class Meta:
        model = RecoveryCode

    user = SubFactory(UserFactory)
    digest = Sequence(lambda n: digest(f"code {n}"))
