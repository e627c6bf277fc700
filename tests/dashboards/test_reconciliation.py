"""All batches by gap, the grid of one, and what would close it."""

import pytest

from cases.vocabulary.batches import BatchStatus, Presence
from cases.vocabulary.organisations import Role
from tests.dashboards.test_pages import text
from tests.factories import BatchSlotFactory, IndividualFactory, RepatriationBatchFactory
from tests.queries.scenes import flow, held_and_returned, says

pytestmark = pytest.mark.django_db
PAGE = "/dashboard/reconciliation/"


def batch_of(returned, claimed, slots, title, bound=0):
    """So many claimed and so many slots, the first of them bound."""
    batch = RepatriationBatchFactory(arrived=True, title=title)
    for number in range(slots):
        person = {"individual": IndividualFactory()} if number < bound else {}
        BatchSlotFactory(batch=batch, number=number + 1, **person)
    if claimed:
        flow(returned, claimed, says("Moskalkova"), as_of_edtf="2025-08-10", batch=batch)
    return batch


@pytest.fixture
def returned(db):
    return held_and_returned()[1]


def test_the_widest_gap_comes_first_and_says_what_would_close_it(client_of, returned):
    for claimed, slots, title in ((3, 3, "Even"), (2, 3, "Over"), (9, 2, "Short"), (0, 1, "None")):
        batch_of(returned, claimed, slots, title)
    words = text(client_of(Role.MANAGER).get(PAGE))
    order = sorted(("Even", "Over", "Short", "None"), key=lambda t: words.index(f" {t} "))
    assert order[:2] == ["Short", "Over"]
    assert order[-1] == "None"
    assert "Short: 7 slots too few" in words
    assert "7 more slots, named or not; or a correction of the claim." in words
    assert "Over: 1 slot too many" in words
    assert "1 slot marked as not arrived; or a correction of the claim." in words
    assert "3 slots bound to a person, where names are to be had." in words
    assert "A source that says how many came." in words


def test_a_batch_that_fits_is_closed_and_whoever_did_not_come_is_no_slot(client_of, returned):
    batch = batch_of(returned, 1, 1, "Fits", bound=1)
    BatchSlotFactory(batch=batch, number=7, presence=Presence.NO_SHOW)
    assert "Nothing: it is closed." in text(client_of(Role.MANAGER).get(PAGE))


def test_the_grid_of_a_batch_is_one_click_away(client_of, returned):
    manager, batch = client_of(Role.MANAGER), batch_of(returned, 9, 2, "Short")
    page = manager.get(PAGE).content.decode()
    assert f"{PAGE}?batch={batch.pk}" in page
    words = text(manager.get(PAGE, {"batch": str(batch.pk)}))
    assert "Whole batch" in words
    assert "Nobody bound" in words


def test_slots_of_a_movement_that_is_not_over_are_not_told(client_of, returned):
    batch = RepatriationBatchFactory(status=BatchStatus.IN_TRANSIT)
    BatchSlotFactory(batch=batch)
    words = text(client_of(Role.MANAGER).get(PAGE))
    assert batch.code in words
    assert "Not shown to your role, or the movement is not over." in words


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"batch": "x"}, 404),
        ({"batch": "00000000-0000-4000-8000-000000000000"}, 404),
        ({"page": "2"}, 400),
        ({"batch": ["a", "b"]}, 400),
    ],
)
def test_what_is_no_batch_gets_a_sentence(client_of, query, status):
    assert client_of(Role.MANAGER).get(PAGE, query).status_code == status


def test_an_empty_tracker_says_so(client_of):
    assert "No return has been recorded yet." in text(client_of(Role.MANAGER).get(PAGE))
