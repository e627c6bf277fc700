"""A small slice of the corpus: a few aims, a few shots each, the same in each run."""

import logging
import random

import pytest

from tests.trust.aims import AIMS, Scene
from tests.trust.shots import fire

pytestmark = pytest.mark.django_db
AIMED, SHOTS = 12, 12
SEED = 4417
"""Another slice each run would fail changes that have nothing to do with what it finds."""


@pytest.mark.slow
def test_some_bad_inputs_are_refused_without_a_trace(organisation, api_of, client_of, caplog):
    chance, scene = random.Random(SEED), Scene(organisation, api_of, client_of)
    caplog.set_level(logging.CRITICAL)
    complaints = []

    for name in chance.sample(sorted(AIMS), AIMED):
        client, shots = AIMS[name](scene)
        every = list(shots)
        done = fire(client, chance.sample(every, min(SHOTS, len(every))))
        complaints += done.complaints

    assert complaints == []
