"""Positions and ticks, by hand."""

from datetime import date

import pytest

from cases.dashboards.charts.scales import CountScale, TimeScale, count_steps, padded


@pytest.mark.parametrize(
    ("highest", "steps"),
    [
        (1, (0, 1, 2)),
        (40, (0, 20, 40, 60)),
        (46, (0, 20, 40, 60)),
        (4050, (0, 2000, 4000, 6000)),
        (152_000, (0, 50_000, 100_000, 150_000, 200_000)),
    ],
)
def test_steps_are_round_few_and_reach_beyond_the_highest(highest, steps):
    assert count_steps(highest) == steps


def test_a_count_scale_begins_at_nought_and_stops_at_its_top():
    scale = CountScale(top_value=40, top=10, bottom=110)
    assert [scale.at(value) for value in (0, 10, 20, 40, 400)] == [110, 85, 60, 10, 10]


def test_a_time_scale_keeps_days_within_its_ends():
    scale = TimeScale(date(2025, 1, 1), date(2025, 1, 11), 0, 100)
    days = (date(2025, 1, 1), date(2025, 1, 6), date(2025, 1, 11), date(2024, 1, 1))
    assert [scale.at(day) for day in days] == [0, 50, 100, 0]


def test_one_day_is_no_division_by_nought():
    assert TimeScale(date(2025, 1, 1), date(2025, 1, 1), 0, 100).at(date(2025, 1, 1)) == 0


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        (date(2025, 1, 15), date(2025, 4, 2), ["Feb 2025", "Mar 2025", "Apr 2025"]),
        (
            date(2024, 7, 1),
            date(2025, 7, 1),
            ["Jul 2024", "Oct 2024", "Jan 2025", "Apr 2025", "Jul 2025"],
        ),
        (date(1999, 6, 1), date(2026, 1, 1), ["2000", "2005", "2010", "2015", "2020", "2025"]),
    ],
)
def test_ticks_stand_at_the_beginnings_of_months_and_years(first, last, labels):
    assert [tick.label for tick in TimeScale(first, last, 0, 500).ticks(6)] == labels


def test_ticks_are_few_over_any_time():
    assert len(TimeScale(date(1000, 1, 1), date(2199, 12, 31), 0, 500).ticks(3)) <= 3


def test_there_is_air_at_both_ends():
    assert padded(date(2025, 1, 11), date(2025, 1, 11)) == (date(2025, 1, 1), date(2025, 1, 21))
