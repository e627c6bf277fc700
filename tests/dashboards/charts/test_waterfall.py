"""The bridge on paper: what is taken off, what would be left, and which ends are open."""

from cases.dashboards.charts.waterfall import Bar, Row, Waterfall, draw
from cases.rules.counts import Interval


def row(kind, low, high, **fields) -> Row:
    return Row(kind, "id", kind, kind, Interval(low, high), kind, **fields)


def fall(taken, low, high, **fields) -> Row:
    return row("fall", low, high, taken_off=Interval(*taken), **fields)


def drawn(*rows: Row, width=1080) -> Waterfall:
    return draw("wide", rows, width=width)


def seeds() -> Waterfall:
    """Thirty less eight, and more than twenty."""
    return drawn(
        row("start", 30, 30), fall((8, 8), 22, 22), row("expected", 22, 22), row("end", 21, None)
    )


def at(chart: Waterfall, label: str) -> int:
    return next(tick.at for tick in chart.ticks if tick.label == label)


def test_a_fall_begins_where_the_level_before_ends():
    start, eight, expected, _ = seeds().bars
    assert start.is_point
    assert eight.right == start.right
    assert eight.left == expected.right
    assert eight.soft_width == 0


def test_an_open_end_reaches_the_frame_and_an_exact_number_is_a_point():
    chart = seeds()
    end = chart.bars[-1]
    assert (end.is_open_above, end.is_point) == (True, False)
    assert end.right == at(chart, "40")
    assert chart.bars[2].is_point


def test_what_is_left_is_carried_down_but_not_to_the_later_claim():
    chart = seeds()
    assert [bar.link_to is None for bar in chart.bars] == [False, False, True, True]
    assert chart.zone is not None
    left, width = chart.zone
    assert left <= chart.bars[2].right <= left + width


def test_what_may_lie_outside_is_drawn_as_perhaps():
    _, perhaps, _ = drawn(
        row("start", 30, 30), fall((0, 8), 22, 30, is_certain=False), row("expected", 22, 30)
    ).bars
    assert perhaps.right == perhaps.left
    assert perhaps.soft_width > 0


def test_a_fall_without_an_upper_bound_may_reach_nought():
    chart = drawn(row("start", 30, 30), fall((5, None), None, 25), row("expected", None, 25))
    assert chart.bars[1].soft_left == at(chart, "0")


def test_more_left_than_were_there_stops_at_nought():
    chart = drawn(row("start", 5, 5), fall((8, 8), 0, -3), row("expected", 0, -3))
    for bar in chart.bars:
        assert isinstance(bar, Bar)
        assert min(bar.left, bar.right, bar.soft_left) >= at(chart, "0")


def test_about_has_no_bounds_and_no_zone():
    chart = drawn(row("start", None, None), row("expected", None, None), row("end", 1, 2))
    assert chart.bars[0].is_unknown
    assert chart.zone is None


def test_a_long_name_is_wrapped_on_a_narrow_sheet():
    long = Row("start", "id", "Displaced residents and others " * 3, "30", Interval(30, 30), "")
    narrow = drawn(long, row("expected", 30, 30), width=340)
    assert len(narrow.bars[0].label) > 2
    assert narrow.bars[0].top < narrow.bars[1].top < narrow.axis_at < narrow.height
