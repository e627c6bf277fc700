"""How long to wait, who counts as one caller, when a session ends, which code is right."""

from datetime import UTC, datetime, timedelta

import pytest

from cases.rules import factors, sessions, throttling
from cases.rules.throttling import ACCOUNT, ADDRESS

NOON = datetime(2024, 11, 22, 12, tzinfo=UTC)
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
"""The secret of RFC 6238's own examples: 12345678901234567890."""


@pytest.mark.parametrize(
    ("attempts", "seconds"),
    [(0, 0), (4, 0), (5, 1), (6, 2), (7, 4), (10, 32), (14, 512), (15, 900), (10**9, 900)],
)
def test_the_wait_doubles_up_to_a_quarter_of_an_hour(attempts, seconds):
    assert throttling.wait_after(attempts, ACCOUNT) == timedelta(seconds=seconds)


def test_a_network_has_much_more_room_than_an_account():
    assert ADDRESS.free >= 20 * ACCOUNT.free


def test_a_rest_begins_the_count_anew():
    rested = NOON + ACCOUNT.rest

    assert throttling.still_counted(7, NOON, rested - timedelta(seconds=1), ACCOUNT) == 7
    assert throttling.still_counted(7, NOON, rested, ACCOUNT) == 0


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "1 second"), (9, "9 seconds"), (60, "1 minute"), (61, "2 minutes"), (900, "15 minutes")],
)
def test_a_wait_in_words(seconds, words):
    assert throttling.in_words(timedelta(seconds=seconds)) == words


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.9", "203.0.113.0/24"),
        ("203.0.113.250", "203.0.113.0/24"),
        ("::ffff:203.0.113.9", "203.0.113.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("", "unknown"),
        ("unix:", "unknown"),
    ],
)
def test_neighbours_count_as_one(address, network):
    assert throttling.neighbourhood(address) == network


@pytest.mark.parametrize(
    ("forwarded", "proxies", "believed"),
    [
        ("", 0, "192.0.2.1"),
        ("198.51.100.7", 0, "192.0.2.1"),
        ("198.51.100.7", 1, "198.51.100.7"),
        ("6.6.6.6, 198.51.100.7", 1, "198.51.100.7"),
        ("6.6.6.6, 198.51.100.7, 10.0.0.1", 2, "198.51.100.7"),
        ("198.51.100.7", 2, "192.0.2.1"),
        ("", 1, "192.0.2.1"),
    ],
)
def test_only_our_own_proxies_say_who_is_calling(forwarded, proxies, believed):
    assert throttling.caller("192.0.2.1", forwarded, proxies) == believed


@pytest.mark.parametrize(
    ("hours_in", "ends_after"),
    [(0, timedelta(minutes=30)), (11, timedelta(minutes=30)), (11.75, timedelta(minutes=15))],
)
def test_a_session_ends_when_unused_and_in_any_case(hours_in, ends_after):
    now = NOON + timedelta(hours=hours_in)
    ends_at = sessions.ends_at(NOON, now, idle=timedelta(minutes=30), longest=timedelta(hours=12))

    assert ends_at == now + ends_after


@pytest.mark.parametrize(
    ("agent", "family"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0",
         "Firefox on Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/128.0 Safari/537.36 Edg/128.0", "Edge on Windows"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/128.0 Mobile Safari/537.36", "Chrome on Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X) Version/17 Safari/605", "Safari on Mac"),
        ("curl/8.5", "Another browser"),
        ("", "Another browser"),
    ],
)  # fmt: skip
def test_a_browser_is_known_by_its_family(agent, family):
    assert sessions.family(agent) == family


@pytest.mark.parametrize(
    ("second", "code"), [(59, "287082"), (1111111109, "081804"), (20000000000, "353130")]
)
def test_codes_are_those_of_the_standard(second, code):
    step = factors.step_at(datetime.fromtimestamp(second, UTC))

    assert factors.code_of(RFC_SECRET, step) == code


@pytest.mark.parametrize("drift", range(-4, 5))
def test_a_phones_clock_may_be_one_step_off(drift):
    here = factors.step_at(NOON)
    code = factors.code_of(RFC_SECRET, here + drift)

    found = factors.matching_step(RFC_SECRET, code, NOON, after=-1)

    assert found == (here + drift if abs(drift) <= 1 else None)


def test_a_step_is_good_only_after_the_last_one_used():
    here = factors.step_at(NOON)
    code = factors.code_of(RFC_SECRET, here)

    assert factors.matching_step(RFC_SECRET, code, NOON, after=here - 1) == here
    assert factors.matching_step(RFC_SECRET, code, NOON, after=here) is None


@pytest.mark.parametrize("code", ["", "28708", "2870822", "٢٨٧٠٨٢", "\x00", "abcdef", "é" * 6])
def test_what_is_no_code_is_wrong_and_no_fault(code):
    assert factors.matching_step(RFC_SECRET, code, NOON, after=-1) is None


def test_a_code_may_be_typed_with_gaps():
    here = factors.step_at(NOON)
    code = factors.code_of(RFC_SECRET, here)

    assert factors.matching_step(RFC_SECRET, f" {code[:3]} {code[3:]}", NOON, after=-1) == here
    assert factors.digest("ABCD-efgh 2345-6789") == factors.digest("abcdefgh23456789")
    assert factors.looks_like_recovery("abcd-efgh-2345-6789")
    assert factors.grouped("abcdefgh23456789") == "abcd-efgh-2345-6789"
