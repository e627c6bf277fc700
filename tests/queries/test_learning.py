"""On which days something became known, and what."""

from datetime import UTC, date, datetime

import pytest

from cases.queries.learning import MOST_DAYS, learned
from tests.factories import PopulationFactory
from tests.queries.scenes import flow, held_and_returned, says, stock

pytestmark = pytest.mark.django_db


def at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 12, tzinfo=UTC)


def test_days_are_those_of_stocks_and_of_who_left():
    held, returned = held_and_returned()
    stock(held, 30, says("A"), recorded_at=at(2025, 7, 4))
    flow(returned, 8, says("B"), recorded_at=at(2025, 9, 1))
    stock(PopulationFactory(), 7, says("C"), recorded_at=at(2025, 8, 1))
    assert [(one.day, one.recorded) for one in learned(held)] == [
        (date(2025, 7, 4), ("30",)),
        (date(2025, 9, 1), ("8",)),
    ]


def test_a_figure_that_ceased_to_count_is_news_too():
    held, _ = held_and_returned()
    stock(held, 30, says("A"), recorded_at=at(2025, 7, 4), retracted=True)
    *_, last = learned(held)
    assert last.ended == ("30",)


def test_of_many_days_the_latest_are_listed():
    held, _ = held_and_returned()
    for number in range(MOST_DAYS + 2):
        stock(held, 30, says("A"), recorded_at=at(2024, 1 + number % 12, 1 + number // 12))
    assert len(learned(held)) == MOST_DAYS
