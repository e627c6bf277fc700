"""Many rows at once, by several at once: none waits in a circle, and each row is changed once."""

from functools import partial

from cases.models import IdempotencyKey, Place
from tests.api.collections import address
from tests.factories import PlaceFactory

PATH = address("places", "bulk")


def test_the_same_rows_in_any_order(together, api_of):
    places, client = [PlaceFactory() for _ in range(8)], api_of()
    rows = [{"id": str(place.pk), "version": 1, "name": "Suja"} for place in places]
    bodies = [{"mode": "each", "rows": order} for order in (rows, rows[::-1]) * 3]

    answers = together(*(partial(client.patch, PATH, body) for body in bodies))

    assert {answer.status_code for answer in answers} <= {207, 412}  # some, or none, of the rows
    some = [answer.json()["results"] for answer in answers if answer.status_code == 207]
    told = [one["status"] for results in some for one in results]
    assert sorted(told) == [200] * len(places) + [412] * (len(told) - len(places))
    assert {place.version for place in Place.objects.filter(name="Suja")} == {2}


def test_the_same_key_writes_its_rows_once(together, api_of):
    client, body = api_of(), {"rows": [{"kind": "settlement", "name": "Suja"}] * 3}
    post = partial(client.post, PATH, body, headers={"Idempotency-Key": "once"})

    answers = together(*[post] * 4)

    assert {answer.status_code for answer in answers} == {201}
    assert len({tuple(one["id"] for one in a.json()["results"]) for a in answers}) == 1
    assert Place.objects.filter(name="Suja").count() == 3
    assert IdempotencyKey.objects.count() == 1
