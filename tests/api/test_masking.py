"""What a reader is not cleared for is null, named, and of no use in a filter."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.api.urls import RESOURCES
from cases.models import Individual
from cases.vocabulary.organisations import Role
from tests.api.collections import READERS, address, make
from tests.api.test_collections import assert_problem
from tests.factories import (
    BatchSlotFactory,
    IndividualFactory,
    IndividualNameFactory,
    MediationFactory,
    RepatriationBatchFactory,
    TaskFactory,
)

pytestmark = pytest.mark.django_db
ROLES = [Role.MANAGER, Role.AUDITOR]


def clearance(role):
    return {Role.MANAGER: 2, Role.AUDITOR: 1}[role]


@pytest.mark.parametrize("role", ROLES)
def test_fields_above_the_clearance_are_null_and_named(role, organisation, api_of):
    client = api_of(role)
    for name in sorted({*RESOURCES} - READERS.keys()):
        shown = client.get(address(name, make(name, organisation).pk)).json()

        classes = RESOURCES[name].model.SENSITIVITY
        hidden = {field for field, harm in classes.items() if harm > clearance(role)}
        assert set(shown["masked"]) >= hidden & shown.keys()
        assert {shown[field] for field in shown["masked"]} <= {None}


def test_filters_on_masked_fields_are_refused(organisation, api_of):
    client = api_of(Role.AUDITOR)
    for name, resource in RESOURCES.items():
        for parameter, narrowing in resource.filterset_class.base_filters.items():
            foundations = narrowing.foundations(resource.model)
            if any(on.SENSITIVITY[field] > 1 for on, field in foundations):
                problem = assert_problem(client.get(address(name), {parameter: "2024-11-22"}), 400)
                assert problem["errors"][0]["code"] == "masked"
                assert problem["errors"][0]["field"] == parameter


def test_every_filter_rests_on_a_classified_field():
    for resource in RESOURCES.values():
        for narrowing in resource.filterset_class.base_filters.values():
            for on, field in narrowing.foundations(resource.model):
                assert field in on.SENSITIVITY, (resource, field)


def test_manager_finds_nobody_by_name(organisation, api_of):
    IndividualNameFactory(text="Анна", organisation=organisation)

    assert_problem(api_of(Role.MANAGER).get(address("individuals"), {"q": "anna"}), 400)
    assert len(api_of().get(address("individuals"), {"q": "anna"}).json()["results"]) == 1


def test_masked_columns_are_not_selected(organisation, api_of):
    IndividualFactory(circumstances="a secret")
    client = api_of(Role.MANAGER)
    with CaptureQueriesContext(connection) as queries:
        client.get(address("individuals"))
    assert not any('."circumstances"' in query["sql"] for query in queries)


def test_restricted_person_leaves_no_id_behind(organisation, api_of):
    person = IndividualFactory(restricted=True)
    batch = RepatriationBatchFactory(published=True)
    slot = BatchSlotFactory(batch=batch, individual=person)
    task = TaskFactory(batch=batch, individual=None)
    cleared, plain = api_of(is_cleared_for_restricted=True), api_of()

    shown = plain.get(address("batch-slots", slot.pk)).json()

    assert shown["individual"] is None
    assert shown["masked"] == []
    assert cleared.get(address("batch-slots", slot.pk)).json()["individual"] == str(person.pk)
    assert plain.get(address("batch-slots"), {"individual": person.pk}).json()["results"] == []
    assert str(person.pk) not in plain.get(address("repatriation-batches")).content.decode()
    assert plain.get(address("tasks", task.pk)).status_code == 200


def test_published_batch_of_another_organisation_hides_its_people(
    organisation, other_organisation, api_of
):
    batch = RepatriationBatchFactory(published=True, organisation=organisation)
    slot = BatchSlotFactory(batch=batch, bound=True)
    MediationFactory(batch=batch, is_published=True)

    client = api_of(organisation=other_organisation)

    assert client.get(address("batch-slots", slot.pk)).json()["individual"] is None
    shown = client.get(address("repatriation-batches", batch.pk)).json()
    assert shown["bound_count"] == 1
    assert shown["reconciliation"]["whole"]["tally"]["bound_elsewhere"] == 1
    assert shown["recorded_by"] is None


def test_masked_field_sent_back_is_refused(organisation, api_of, monkeypatch):
    classes = {**Individual.SENSITIVITY, "circumstances": 5}
    monkeypatch.setattr(Individual, "SENSITIVITY", classes)
    person, client = IndividualFactory(circumstances="kept"), api_of()
    path, matching = address("individuals", person.pk), {"If-Match": '"1"'}
    read = client.get(path).json()

    refused = client.patch(path, {"circumstances": "overwritten"}, headers=matching)
    put = client.put(path, {**read, "priority": "urgent"}, headers=matching)

    assert read["masked"] == ["circumstances"]
    assert assert_problem(refused, 400)["errors"][0]["code"] == "masked"
    assert put.status_code == 200, put.content
    assert Individual.objects.get(pk=person.pk).circumstances == "kept"
    assert Individual.objects.get(pk=person.pk).priority == "urgent"


def test_nobody_records_what_they_could_not_read(organisation, api_of):
    before = Individual.objects.count()

    response = api_of().post(address("individuals"), {"sensitivity": "restricted"})

    assert_problem(response, 400)
    assert response.json()["errors"][0]["field"] == "sensitivity"
    assert Individual.objects.count() == before
