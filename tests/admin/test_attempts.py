"""What the admin refuses is in the trail, also what only a form says."""

from uuid import uuid4

import pytest

from cases import models as m
from cases.vocabulary.audit import Outcome
from cases.vocabulary.organisations import Role
from tests.admin.samples import f, posted, url

pytestmark = pytest.mark.django_db


def refused():
    entries = m.AuditEntry.objects.filter(outcome=Outcome.REFUSED).order_by("number")
    return list(entries.values_list("act", "reason", "model", "changed", "target_id"))


def test_a_foreign_id_and_a_random_one_are_one_to_the_trail(client_of, other_organisation):
    client = client_of(Role.CASEWORKER)
    foreign = f.IndividualFactory(organisation=other_organisation)
    asked = [foreign.pk, uuid4()]

    for key in asked:
        for kind in ("change", "page"):
            assert client.get(url(m.Individual, kind, key)).status_code == 404

    expected = ("read cases", "not found", "individual", "")
    assert refused() == [(*expected, key) for key in asked for _ in range(2)]


def test_a_partner_system_does_not_open_the_admin(client_of):
    answer = client_of(Role.PARTNER).get(url(m.Individual))

    assert answer.status_code == 302
    assert refused() == [("open the admin", "not staff", "individual", "", None)]


def test_a_page_that_the_role_may_not_open(client_of):
    assert client_of(Role.CASEWORKER).get(url(m.User)).status_code == 403

    assert refused() == [("read users", "not allowed", "user", "", None)]


def test_a_form_that_the_role_may_not_send(client_of):
    assert client_of(Role.MANAGER).post(url(m.Individual, "add"), {}).status_code == 403

    assert refused() == [("add or change cases", "not allowed", "individual", "", None)]


@pytest.mark.parametrize(
    ("role", "look_up", "reason"),
    [
        (Role.MANAGER, "circumstances__startswith", "masked"),
        (Role.CASEWORKER, "circumstances__startswith", "look-up"),
        (Role.CASEWORKER, "organisation__key__regex", "look-up"),
    ],
)
def test_a_list_narrowed_by_what_it_may_not_be(role, look_up, reason, client_of):
    assert client_of(role).get(url(m.Individual), {look_up: "Qzxsought"}).status_code == 400

    assert refused() == [("read cases", reason, "individual", "", None)]
    assert "Qzxsought" not in str(list(m.AuditEntry.objects.values()))


def test_a_link_to_an_unseen_row_in_a_form(client_of, other_organisation):
    client = client_of(Role.CASEWORKER)
    foreign = f.IndividualFactory(organisation=other_organisation)
    form = client.get(url(m.Note, "add")).context["adminform"].form

    answer = client.post(
        url(m.Note, "add"), {**posted(form), "individual": foreign.pk, "text": "Spoke."}
    )

    assert answer.status_code == 200
    assert refused() == [("add or change tasks and notes", "not found", "note", "individual", None)]


def test_what_the_action_behind_a_form_refuses(client_of):
    client = client_of(Role.CASEWORKER)
    keeper = client.user.organisation
    batch = f.RepatriationBatchFactory(organisation=keeper)
    data = {"version": 1, "to_status": "agreed"}

    answer = client.post(f"/admin/cases/repatriationbatch/{batch.pk}/do/move/", data)

    assert "only the movement cell may do this" in answer.content.decode()
    assert [row[1:3] for row in refused()] == [("not allowed", "repatriationbatch")]


def test_a_shared_row_that_is_not_there_is_no_attempt(client_of):
    assert client_of(Role.CASEWORKER).get(url(m.Place, "change", uuid4())).status_code == 404
    assert client_of(Role.CASEWORKER).get("/admin/nowhere/").status_code == 404

    assert refused() == []


@pytest.mark.parametrize(
    "address",
    [
        "individual/?mine=yes",
        "individual/?mine=nobody",
        "task/?due=today",
        "task/?due=overdue",
        "task/?mine=yes",
    ],
)
def test_our_own_links_are_no_attempts(address, client_of):
    assert client_of().get(f"/admin/cases/{address}").status_code == 200
    assert not m.AuditEntry.objects.filter(outcome=Outcome.REFUSED).exists()
