"""Counters of attempts to get in."""

from factory.declarations import Sequence

from cases.models import SignInCount
from tests.factories.base import CheckedFactory


class SignInCountFactory(CheckedFactory):
    class Meta:
        model = SignInCount

    key = Sequence(lambda n: f"{n:064x}")
    attempts = 1
