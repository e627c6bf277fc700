"""What is drawn, and where."""

from datetime import date

import pytest

from cases.dashboards.charts.bands import draw
from cases.dashboards.charts.geometry import Chart, Figure, Lane, Mark
from cases.rules.counts import Interval

DAY = date(2025, 9, 1)
JULY = date(2025, 7, 4)


def figure(text="30", low=30, high=30, value=30, earliest=JULY, latest=JULY, **fields) -> Figure:
    return Figure("id", text, Interval(low, high), value, earliest, latest, text, **fields)


def chart(*figures: Figure, events=(), width=960) -> Chart:
    return draw("wide", [Lane("A claimant", figures)], events, day=DAY, width=width)


def mark(**fields) -> Mark:
    return chart(figure(**fields)).lanes[0].marks[0]


def test_an_exact_figure_is_a_point_at_its_value():
    drawn = chart(figure())
    lane, point = drawn.lanes[0], drawn.lanes[0].marks[0]
    assert point.kind == "point"
    assert point.top == point.bottom == point.edge
    steps = {step.label: step.at for step in lane.steps}
    assert steps["20"] > point.edge > steps["40"]


def test_more_than_is_a_band_open_above():
    drawn = chart(figure("more than 20", low=21, high=None, value=20))
    band = drawn.lanes[0].marks[0]
    assert (band.kind, band.is_open_above, band.is_open_below) == ("band", True, False)
    assert (band.top, band.edge) == (drawn.lanes[0].top, band.bottom)


def test_almost_is_a_band_open_below():
    drawn = chart(figure("almost 50", low=None, high=49, value=50))
    band = drawn.lanes[0].marks[0]
    assert (band.is_open_above, band.is_open_below) == (False, True)
    assert (band.bottom, band.edge) == (drawn.lanes[0].bottom, band.top)


def test_between_is_a_band_closed_at_both_ends():
    band = mark(text="20 to 30", low=20, high=30, value=None)
    assert (band.kind, band.is_open_above, band.is_open_below) == ("band", False, False)
    assert band.height > 0


@pytest.mark.parametrize(("value", "kind"), [(3000, "hollow"), (None, "unknown")])
def test_about_is_hollow_and_no_number_is_unknown(value, kind):
    drawn = mark(text="about", low=None, high=None, value=value)
    assert drawn.kind == kind
    assert drawn.height == 0
    assert not drawn.is_open_above


def test_a_partial_date_is_as_wide_as_the_days_it_may_mean():
    day = mark()
    month = mark(earliest=date(2025, 7, 1), latest=date(2025, 7, 31))
    assert day.width == 12
    assert month.width > 100


def test_an_open_end_reaches_the_day_asked_for_and_an_open_beginning_the_edge():
    drawn = chart(figure(latest=None), figure(earliest=None))
    first, second = drawn.lanes[0].marks
    assert first.right == drawn.day_at
    assert second.left == drawn.left


def test_an_undated_figure_stands_apart():
    drawn = chart(figure(), figure(earliest=None, latest=None))
    assert drawn.undated_at is not None
    assert drawn.lanes[0].marks[1].centre == drawn.undated_at
    assert drawn.undated_at > drawn.right
    assert chart(figure()).undated_at is None


def test_a_claim_trails_until_the_next_or_the_day_asked_for():
    later = date(2025, 8, 1)
    drawn = chart(figure(), figure("31", 31, 31, 31, later, later))
    first, second = drawn.lanes[0].marks
    assert first.trail_to == second.left
    assert second.trail_to == drawn.day_at


def test_lanes_share_one_scale_and_follow_each_other():
    lanes = [Lane("A", (figure(),)), Lane("B", (figure("1,500", 1500, 1500, 1500),))]
    drawn = draw("wide", lanes, [], day=DAY, width=960)
    one, other = drawn.lanes
    assert [step.label for step in one.steps] == [step.label for step in other.steps]
    assert one.bottom < other.top
    assert drawn.axis_at > other.bottom
    assert drawn.height > drawn.axis_at


def test_a_text_that_does_not_fit_on_the_right_stands_on_the_left():
    late = figure("a long text indeed", earliest=DAY, latest=DAY)
    assert chart(figure(earliest=date(2024, 1, 1)), late).lanes[0].marks[1].anchor == "end"


def test_a_text_wider_than_both_sides_ends_at_the_frame():
    drawn = chart(figure("x" * 60, earliest=date(2024, 1, 1), latest=DAY), width=340)
    assert drawn.lanes[0].marks[0].text_at == 340


def test_texts_do_not_run_into_each_other():
    drawn = chart(figure(), figure(), figure("5", 5, 5, 5))
    assert [m.has_text for m in drawn.lanes[0].marks] == [True, False, True]


def test_a_long_name_is_wrapped():
    lanes = [Lane("Displaced residents of Kursk Oblast and Armed forces of Ukraine", (figure(),))]
    assert len(draw("narrow", lanes, [], day=DAY, width=340).lanes[0].label) == 2


def test_events_have_a_strip_of_their_own():
    drawn = chart(figure(), events=[figure("8", 8, 8, 8)])
    [event] = drawn.events
    assert event.kind == "event"
    assert drawn.lanes[0].bottom < event.edge < drawn.axis_at


def test_nothing_said_yet_is_drawn_without_a_fault():
    assert draw("wide", [], [], day=DAY, width=960).lanes == ()
