"""Many attempts at the same moment: counted one by one, a code used by one of them."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from cases.actions import factors, throttling
from cases.actions.throttling import Throttled
from cases.models import User
from cases.rules.throttling import ACCOUNT
from tests.signing_in import add_factor, system

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite",
        reason="The tests' SQLite is in memory; a writer there has the whole file in any case.",
    ),
]
CROWD = 16


def at_once(do):
    """Call a function from many threads, all starting together; give what each got."""
    ready = Barrier(CROWD)

    def one(_number):
        try:
            ready.wait(timeout=30)
            with system():
                return do()
        except (ValidationError, Throttled) as refusal:
            return type(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(CROWD) as pool:
        return list(pool.map(one, range(CROWD)))


def test_of_many_guesses_at_once_only_the_free_ones_are_tried():
    def guess():
        throttling.take(throttling.of_address("192.0.2.1"), throttling.of_account("a@example.org"))
        return "tried"

    got = at_once(guess)

    assert got.count("tried") <= ACCOUNT.free + 1  # a second may pass, and with it one wait
    assert got.count("tried") + got.count(Throttled) == CROWD


@pytest.mark.parametrize("kind", ["app", "recovery code"])
def test_of_many_uses_of_one_code_one_counts(user_of, kind):
    user = user_of()
    shown, codes = add_factor(user)
    code = shown() if kind == "app" else codes[0]

    got = at_once(lambda: factors.use(User.objects.get(pk=user.pk), code))

    assert sorted(got) == [False] * (CROWD - 1) + [True]
