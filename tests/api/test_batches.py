"""The batch of 46, in small: route, mediators, headcounts, slots, names."""

import pytest

from cases.models import BatchSlot, BatchStep, RepatriationBatch
from cases.vocabulary.organisations import Role
from tests.api.collections import address
from tests.api.test_collections import assert_problem
from tests.factories import (
    BatchSlotFactory,
    BodyFactory,
    IndividualFactory,
    IndividualNameFactory,
    MediationFactory,
    PlaceFactory,
    RepatriationBatchFactory,
    ReportedCountFactory,
    RouteFactory,
    RouteLegFactory,
)

pytestmark = pytest.mark.django_db
BATCHES, SLOTS = "repatriation-batches", "batch-slots"


@pytest.fixture
def route(organisation):
    ukraine = PlaceFactory(kind="country", name="Ukraine", iso_3166_1="UA")
    sumy = PlaceFactory(kind="oblast", name="Sumy Oblast", parent=ukraine)
    belarus = PlaceFactory(kind="country", name="Belarus", iso_3166_1="BY")
    kursk = PlaceFactory(kind="oblast", name="Kursk Oblast", iso_3166_2="RU-KRS")
    route = RouteFactory(code="ua-by-ru")
    RouteLegFactory(route=route, number=1, from_place=sumy, to_place=belarus)
    RouteLegFactory(route=route, number=2, from_place=belarus, to_place=kursk)
    return route


@pytest.fixture
def batch(route):
    batch = RepatriationBatchFactory(published=True, arrived=True, route=route, code="kursk-46")
    whole = ReportedCountFactory(flow=True, batch=batch, stated_value=5, is_published=True)
    ReportedCountFactory(
        flow=True, batch=batch, population=whole.population, statement=whole.statement,
        part_of=whole, dimension="age", label="child", stated_value=2, is_published=True,
    )  # fmt: skip
    MediationFactory(batch=batch, body=BodyFactory(name="ICRC"), is_published=True)
    BatchSlotFactory.create_batch(3, batch=batch)
    BatchSlotFactory(batch=batch, child=True, individual=IndividualNameFactory().individual)
    BatchSlotFactory(batch=batch, child=True, individual=IndividualFactory(described=True))
    return batch


def test_list_tells_the_story_of_a_batch(batch, api_of):
    shown = api_of(Role.MANAGER).get(address(BATCHES)).json()["results"][0]

    assert shown["countries"] == ["UA", "BY", "RU"]
    assert [leg["to_place"]["name"] for leg in shown["route"]["legs"]] == [
        "Belarus",
        "Kursk Oblast",
    ]
    assert [part["body_name"] for part in shown["mediations"]] == ["ICRC"]
    assert {(c["label"], c["stated_value"]) for c in shown["headcounts"]} == {("", 5), ("child", 2)}
    assert shown["headcounts"][0]["claimant"]["is_unattributed"]
    assert (shown["slots_count"], shown["bound_count"]) == (5, 2)
    assert "reconciliation" not in shown


def test_detail_says_what_is_unnamed(batch, api_of):
    client = api_of(is_movement_cell=True)
    detail = client.get(address(BATCHES, batch.pk)).json()["reconciliation"]

    assert detail["whole"]["in_words"] == (
        "5 slots: 1 named, 1 known by description, 3 with nobody bound."
    )
    assert detail["whole"]["tally"]["unbound"] == 3
    assert [group["label"] for group in detail["subgroups"]] == ["child"]
    assert detail["states"] == ["matched", "matched_unnamed"]
    assert client.get(address(BATCHES, batch.pk, "reconciliation")).json() == detail
    assert client.get("/api/v1/reconciliation/", {"batch": batch.pk}).json() == detail
    assert_problem(client.get("/api/v1/reconciliation/"), 400)
    assert_problem(client.get("/api/v1/reconciliation/", {"batch": batch.route_id}), 404)


def test_auditor_learns_neither_way_nor_people(batch, api_of):
    shown = api_of(Role.AUDITOR).get(address(BATCHES, batch.pk)).json()

    for name in ("route", "countries", "bound_count", "reconciliation", "title"):
        assert shown[name] is None
        assert name in shown["masked"]
    assert shown["mediations"][0]["body_name"] is None


def test_batch_is_announced_with_slots(route, api_of):
    sent = {"code": "b", "title": "B", "kind": "negotiated", "route": str(route.pk), "slots": 4}

    response = api_of(is_movement_cell=True).post(address(BATCHES), sent)

    assert response.json()["slots_count"] == 4
    assert response.json()["route"]["id"] == str(route.pk)


@pytest.mark.parametrize("wrong", [{"slots": 5001}, {"slots": -1}, {"status": "departed"}])
def test_impossible_batches_are_refused(wrong, organisation, api_of):
    sent = {"code": "b", "title": "B", "kind": "negotiated", **wrong}

    problem = assert_problem(api_of(is_movement_cell=True).post(address(BATCHES), sent), 400)

    assert [problem["errors"][0]["field"]] == list(wrong)
    assert not RepatriationBatch.objects.exists()


def test_status_is_not_edited(organisation, api_of):
    batch = RepatriationBatchFactory()

    response = api_of(is_movement_cell=True).patch(
        address(BATCHES, batch.pk), {"status": "agreed"}, headers={"If-Match": '"1"'}
    )

    assert "transition" in assert_problem(response, 400)["detail"]


def test_batch_is_moved_on(organisation, api_of):
    batch, client = RepatriationBatchFactory(), api_of(is_movement_cell=True)
    path = address(BATCHES, batch.pk, "transitions")

    step = client.post(path, {"to_status": "agreed"}, headers={"If-Match": '"1"'})

    assert step.status_code == 201, step.content
    assert step.json()["from_status"] == "proposed"
    assert client.get(address(BATCHES, batch.pk)).json()["status"] == "agreed"
    stale = client.post(path, {"to_status": "scheduled"}, headers={"If-Match": '"1"'})
    assert_problem(stale, 412)
    assert "cannot go" in assert_problem(client.post(path, {"to_status": "closed"}), 400)["detail"]
    assert_problem(client.post(path, {}), 400)
    assert BatchStep.objects.count() == 1


def test_slot_is_bound_and_unbound(organisation, api_of):
    slot, person, client = BatchSlotFactory(), IndividualFactory(), api_of(is_movement_cell=True)

    bound = client.post(address(SLOTS, slot.pk, "bind"), {"individual": str(person.pk)})
    taken = client.post(
        address(SLOTS, slot.pk, "bind"), {"individual": str(IndividualFactory().pk)}
    )
    unbound = client.post(address(SLOTS, slot.pk, "unbind"), headers={"If-Match": bound["ETag"]})

    assert bound.json()["individual"] == str(person.pk)
    assert "already" in assert_problem(taken, 409)["detail"]
    assert taken["ETag"] == bound["ETag"]
    assert unbound.json()["individual"] is None
    assert unbound["ETag"] == '"3"'


def test_binding_to_an_unseen_person_is_as_to_a_random_one(
    organisation, other_organisation, api_of
):
    slot, client = BatchSlotFactory(), api_of(is_movement_cell=True)
    unseen = IndividualFactory(organisation=other_organisation)

    known = client.post(address(SLOTS, slot.pk, "bind"), {"individual": str(unseen.pk)})
    random = client.post(address(SLOTS, slot.pk, "bind"), {"individual": str(slot.pk)})

    assert_problem(known, 400)
    assert known.content == random.content
    assert BatchSlot.objects.get(pk=slot.pk).individual_id is None


def test_slot_is_not_bound_by_editing(organisation, api_of):
    slot, person = BatchSlotFactory(), IndividualFactory()

    response = api_of(is_movement_cell=True).patch(
        address(SLOTS, slot.pk), {"individual": str(person.pk)}, headers={"If-Match": '"1"'}
    )

    assert assert_problem(response, 400)["errors"][0]["code"] == "read_only"


def test_another_organisation_binds_nobody(batch, other_organisation, api_of):
    client = api_of(organisation=other_organisation)
    slot = BatchSlot.objects.filter(individual=None)[0]
    mine = IndividualFactory(organisation=other_organisation)

    assert_problem(client.post(address(SLOTS, slot.pk, "bind"), {"individual": str(mine.pk)}), 403)
    moved = client.post(address(BATCHES, batch.pk, "transitions"), {"to_status": "reconciled"})
    assert_problem(moved, 403)


def test_nobody_unbinds_a_person_they_may_not_see(organisation, api_of):
    slot = BatchSlotFactory(individual=IndividualFactory(restricted=True))

    response = api_of(is_movement_cell=True).post(address(SLOTS, slot.pk, "unbind"))

    assert "whose case you may not read" in assert_problem(response, 403)["detail"]


def test_a_slot_of_a_person_one_may_not_see_is_changed_and_put_back(organisation, api_of):
    slot = BatchSlotFactory(individual=IndividualFactory(restricted=True))
    client, path, matching = (
        api_of(is_movement_cell=True),
        address(SLOTS, slot.pk),
        {"If-Match": '"1"'},
    )
    read = client.get(path).json()
    assert read["individual"] is None

    put = client.put(path, {**read, "presence": "arrived"}, headers=matching)

    assert put.status_code == 200, put.content
    slot.refresh_from_db()
    assert (slot.presence, slot.individual_id is None) == ("arrived", False)


def test_fixed_fields_stay(organisation, api_of):
    slot, client = BatchSlotFactory(), api_of(is_movement_cell=True)
    other = RepatriationBatchFactory()

    moved = client.patch(
        address(SLOTS, slot.pk), {"batch": str(other.pk)}, headers={"If-Match": '"1"'}
    )
    same = client.patch(
        address(SLOTS, slot.pk), {"batch": str(slot.batch_id)}, headers={"If-Match": '"1"'}
    )

    assert "cannot be changed" in assert_problem(moved, 400)["detail"]
    assert same.status_code == 200


def test_country_that_is_not_known_is_left_out(organisation, api_of):
    leg = RouteLegFactory(
        from_place=PlaceFactory(kind="country", name="Nowhere"),
        to_place=PlaceFactory(kind="country", name="Russia", iso_3166_1="RU"),
    )

    assert api_of(is_movement_cell=True).get(address("routes", leg.route_id)).json()[
        "countries"
    ] == ["RU"]
