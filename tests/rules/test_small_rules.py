"""Speakers, legs, names and the chain of the trail."""

import pytest

from cases.rules import audit, reports, routes
from tests.refusals import sentence_of


@pytest.mark.parametrize(
    ("attribution", "speakers"),
    [("named", 1), ("collective", 2), ("unattributed", 0), ("anonymous", 0), ("anonymous", 1)],
)
def test_nobody_and_several_may_speak(attribution, speakers):
    reports.check_speakers(attribution, speakers)


def test_the_attribution_fits_the_speakers():
    assert "needs a speaker" in sentence_of(reports.check_speakers, "named", 0)
    assert "has no speaker" in sentence_of(reports.check_speakers, "unattributed", 1)


def test_a_leg_begins_where_the_one_before_ends():
    routes.check_joins("minsk", "minsk", 2, ("Minsk", "Minsk"))

    said = sentence_of(routes.check_joins, "minsk", "kyiv", 2, ("Minsk", "Kyiv"))

    assert said == (
        "Leg 2 begins at Kyiv, but the leg before it ends at Minsk. "
        "Begin leg 2 at Minsk, or mend the leg before."
    )


def test_each_link_of_the_chain_depends_on_all_before():
    first = audit.link(audit.START, {"act": "recorded", "number": 1})
    second = audit.link(first, {"act": "recorded", "number": 2})

    assert first == audit.link(audit.START, {"number": 1, "act": "recorded"})
    assert second != audit.link(audit.START, {"act": "recorded", "number": 2})
    assert len(first) == 64
