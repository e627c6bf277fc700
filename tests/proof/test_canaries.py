"""Nothing that anybody fetches holds what they are not to read."""

import pytest
from django.db import connection

from tests.matrices import exhaustively
from tests.proof.canaries import set_free
from tests.proof.crawling import Crawler
from tests.proof.stage import ONLOOKERS, set_up

pytestmark = pytest.mark.django_db
SAMPLE = ["partner" if connection.vendor == "postgresql" else "manager"]
"""From whom most is masked, and who comes in another way, each on one of the databases."""


@pytest.mark.parametrize("name", exhaustively([one.name for one in ONLOOKERS], SAMPLE))
def test_no_canary_is_heard(name):
    who = next(one for one in ONLOOKERS if one.name == name)
    stage = set_up(who)
    canaries = set_free(stage, who)
    heard, answers = set(), 0

    for answer in Crawler(stage).everything():
        answers += 1
        assert answer.status < 500, answer.asked
        heard |= {(answer.asked, canary) for canary in canaries if canary in answer.said}

    assert heard == set()
    assert len(canaries) > 50
    assert answers > 500
