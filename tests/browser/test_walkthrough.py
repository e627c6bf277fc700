"""The guide's walk, done as it is written: a family of three, their return, the batch's grid."""

from typing import Any

import pytest
from django.conf import settings

from cases.access.gate import System, acting_as
from cases.models import BatchSlot, FamilyLink, StatusEvent
from tests import walkthrough
from tests.browser.shots import keep

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def section():
    guide = (settings.BASE_DIR / "docs" / "staff.md").read_text("utf-8")
    return guide.split("## Try it: take in a family of three\n")[1].split("\n## ")[0]


def test_a_newcomer_takes_in_a_family_as_the_guide_says(page):
    written = section()

    walk, before, after = walkthrough.take(page, keep)

    assert before == [
        "Whole batch: 46 slots: 1 named, 1 known by description, 44 with nobody bound.",
        "Child: 12 slots: 1 named, 0 known by description, 11 with nobody bound.",
    ]
    assert after == [
        "Whole batch: 46 slots: 3 named, 1 known by description, 42 with nobody bound.",
        "Child: 12 slots: 2 named, 0 known by description, 10 with nobody bound.",
    ]
    assert [words for words in (*walk.said, *before, *after) if words not in written] == []
    assert page.faults == []
    recorded_as_written()


def recorded_as_written():
    with acting_as(System("tests")):
        girl, grandmother = (
            BatchSlot.objects.get(batch__code=walkthrough.BATCH, number=number).individual
            for number in (2, 14)
        )
        ties: Any = FamilyLink.objects.filter(individual=girl)
        assert {tie.tie: tie.relative or tie.contact.reference for tie in ties} == {
            "grandparent": grandmother,
            "mother": "K-9001",
        }
        for person in (girl, grandmother):
            steps: Any = StatusEvent.objects.filter(individual=person).order_by("recorded_at")
            assert [(s.to_status, s.place.name, s.occurred_edtf) for s in steps] == [
                ("in_transit", "Belarus", "2024-11-22"),
                ("returned_to_country", "Russia", "2024-11-22"),
            ]
