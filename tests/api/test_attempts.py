"""What the API refuses is in the trail, and reads the same for a foreign row as for none."""

from uuid import uuid4

import pytest

from cases.api.urls import RESOURCES
from cases.models import AuditEntry
from cases.vocabulary.audit import Outcome
from cases.vocabulary.organisations import Role
from tests.api.collections import KEPT, address, make, reader, scoped, writer
from tests.factories import IndividualFactory, IndividualNameFactory, ReportedCountFactory

pytestmark = pytest.mark.django_db
SCOPED = [name for name, resource in RESOURCES.items() if scoped(resource)]


def refused():
    """Give what the trail says of refusals, without what differs from one entry to the next."""
    entries = AuditEntry.objects.filter(outcome=Outcome.REFUSED).order_by("number")
    return list(entries.values_list("act", "reason", "model", "changed", "target_id"))


@pytest.mark.parametrize("name", SCOPED)
def test_a_foreign_id_and_a_random_one_are_one_to_the_trail(name, api_of, other_organisation):
    api = api_of(reader(name))
    foreign = make(name, other_organisation).pk
    asked = [foreign, uuid4()]

    answers = [api.get(address(name, key)) for key in asked]

    assert [answer.status_code for answer in answers] == [404, 404]
    found = refused()
    assert [target for *_, target in found] == asked
    assert len({tuple(rest) for *rest, _ in found}) == 1
    assert found[0][:2] == (RESOURCES[name].reads, "not found")


@pytest.mark.parametrize("name", sorted(set(KEPT) & set(SCOPED) - {"outstanding-counts"}))
def test_a_write_to_what_is_not_there_is_one_too(name, api_of, other_organisation):
    api = api_of(writer(name))
    asked = [make(name, other_organisation).pk, uuid4()]

    for key in asked:
        assert api.patch(address(name, key), {}, headers={"If-Match": '"1"'}).status_code == 404

    found = refused()
    assert [(target, act) for act, *_, target in found] == [
        (key, RESOURCES[name].writes) for key in asked
    ]


def test_an_act_that_the_role_may_not_do(api_of):
    answer = api_of(Role.MANAGER).post(address("individuals"), {})

    assert answer.status_code == 403
    assert refused() == [("add or change cases", "not allowed", "individual", "", None)]


def test_a_masked_filter_and_a_masked_field_are_named(api_of):
    manager = api_of(Role.MANAGER)
    assert manager.get(address("individuals"), {"q": "Anna"}).status_code == 400
    assert refused()[0][:2] == ("read cases", "masked")
    assert refused()[0][3] == "q"
    assert "Anna" not in str(list(AuditEntry.objects.values()))


def test_a_link_to_an_unseen_row_is_named(api_of, other_organisation):
    foreign = IndividualFactory(organisation=other_organisation)
    body = {"individual": str(foreign.pk), "text": "Anna", "part": "full", "language_tag": "ru"}

    assert api_of(Role.CASEWORKER).post(address("individual-names"), body).status_code == 400

    found = refused()
    assert [row[:4] for row in found] == [
        ("add or change cases", "not found", "individualname", "individual")
    ]


def test_a_row_that_one_reads_and_may_not_change(api_of, other_organisation):
    place = make("places", other_organisation)

    answer = api_of(Role.CASEWORKER).patch(
        address("places", place.pk), {"name": "Elsewhere"}, headers={"If-Match": '"1"'}
    )

    assert answer.status_code == 403
    assert refused() == [("add or change places", "not allowed", "place", "", place.pk)]


def test_a_mistake_is_no_attempt(api_of):
    api = api_of(Role.CASEWORKER)
    assert api.get(address("individuals"), {"colour": "red"}).status_code == 400
    assert api.post(address("places"), {}).status_code == 400
    assert api.get(address("places", uuid4())).status_code == 404
    assert api.get("/api/v1/nowhere/").status_code == 404
    assert api.delete(address("places", uuid4())).status_code == 405
    assert api.get(address("individuals", "x")).status_code == 404

    assert refused() == [("read cases", "not found", "individual", "", None)]


def test_a_refused_write_leaves_its_refusal_and_nothing_else(api_of):
    api = api_of(Role.CASEWORKER)
    name = IndividualNameFactory(organisation=api.user.organisation)
    before = AuditEntry.objects.count()

    api.patch(address("individual-names", uuid4()), {"text": "B"}, headers={"If-Match": '"1"'})

    assert AuditEntry.objects.count() == before + 1
    name.refresh_from_db()
    assert name.version == 1


def test_to_be_ones_own_second_person_is_an_attempt(api_of, organisation):
    api = api_of(Role.SUPERVISOR)
    figure = ReportedCountFactory(organisation=organisation, recorded_by=api.user)

    answer = api.post(address("reported-counts", figure.pk, "verify"), {})

    assert answer.status_code == 400, answer.content
    (entry,) = refused()
    assert entry[1:3] == ("second person", "reportedcount")
