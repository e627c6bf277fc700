"""Every bad input at every aim: no 5xx, no long wait, and no trace of what was refused."""

import logging
import os
import random
from typing import Any

import pytest

from tests.trust.aims import AIMS, Scene
from tests.trust.shots import fire

pytestmark = [pytest.mark.django_db, pytest.mark.exhaustive]
SHARE = float(os.environ.get("CORPUS_SHARE", "1"))
SEED = os.environ.get("CORPUS_SEED", "")


@pytest.mark.parametrize("name", AIMS)
def test_bad_inputs_are_refused_without_a_trace(
    name, organisation, api_of, client_of, record_property
):
    client, shots = AIMS[name](Scene(organisation, api_of, client_of))
    chance = random.Random(f"{SEED} {name}")
    chosen = (shot for shot in shots if chance.random() < SHARE)

    logging.disable(logging.CRITICAL)
    try:
        done: Any = fire(client, chosen)
    finally:
        logging.disable(logging.NOTSET)

    for kind in ("fired", "accepted"):
        record_property(kind, getattr(done, kind))
    for kind in ("faults", "slow", "traces"):
        record_property(kind, len(getattr(done, kind)))
    assert done.fired
    assert done.complaints == []
