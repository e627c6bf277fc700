"""One token may ask so often, and is told when it may again."""

import pytest

from cases.api import throttling
from cases.api.throttling import MOST_KNOWN, Bucket
from tests.api.collections import address
from tests.api.test_collections import assert_problem

PLACES = address("places")


@pytest.fixture
def three_a_minute(monkeypatch):
    monkeypatch.setattr(throttling, "_bucket", Bucket(3))


def test_all_may_come_at_once_and_then_one_by_one():
    bucket = Bucket(60)
    at_once = [bucket.take("a token", 1000.0) for _ in range(60)]

    assert [left for left, _ in at_once] == list(range(59, -1, -1))
    assert bucket.take("a token", 1000.0) == (0, 1.0)
    assert bucket.take("a token", 1001.0) == (0, 0.0)
    assert bucket.take("a token", 1061.0)[0] == 59
    assert bucket.take("another", 1001.0) == (59, 0.0)


def test_what_is_refused_costs_nothing():
    bucket = Bucket(1)
    bucket.take("a token", 0.0)
    waits = [bucket.take("a token", 30.0)[1] for _ in range(5)]

    assert waits == [30.0] * 5


def test_no_more_tokens_are_remembered_than_so_many():
    bucket = Bucket(1)
    for number in range(MOST_KNOWN + 1):
        bucket.take(number, 0.0)

    assert len(bucket._due) == MOST_KNOWN
    assert bucket.take(0, 0.0) == (0, 0.0)


def test_one_too_many_is_told_when_to_come_again(three_a_minute, api_of):
    client, other = api_of(), api_of()
    answers = [client.get(PLACES) for _ in range(3)]
    refused = client.get(PLACES)

    assert [answer["RateLimit-Remaining"] for answer in answers] == ["2", "1", "0"]
    assert_problem(refused, 429)
    assert 1 <= int(refused["Retry-After"]) <= 20
    assert other.get(PLACES).status_code == 200


def test_a_refused_write_writes_nothing(three_a_minute, api_of):
    client = api_of()
    for _ in range(3):
        client.get(PLACES)
    body = {"kind": "settlement", "name": "Sudzha"}

    assert_problem(client.post(PLACES, body, format="json"), 429)


def test_no_limit_where_none_is_set(monkeypatch, api_of):
    monkeypatch.setattr(throttling, "_bucket", Bucket(0))

    assert "RateLimit-Limit" not in api_of().get(PLACES)
