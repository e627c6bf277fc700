"""The clock."""

from datetime import UTC, datetime

from cases import clock


def test_the_clock_runs_and_can_be_held():
    moment = datetime(2024, 11, 22, 23, 30, tzinfo=UTC)

    with clock.fixed(moment):
        assert clock.now() == moment
        assert clock.today() == moment.date()
    assert clock.now() > moment
