"""What the dashboards refuse is in the trail."""

from uuid import uuid4

import pytest

from cases.models import AuditEntry
from cases.vocabulary.audit import Outcome
from cases.vocabulary.organisations import Role
from tests.factories import ReportedCountFactory

pytestmark = pytest.mark.django_db


def refused():
    entries = AuditEntry.objects.filter(outcome=Outcome.REFUSED).order_by("number")
    return list(entries.values_list("act", "reason", "model", "target_id"))


def test_a_figure_of_others_and_none_at_all_are_one_to_the_trail(client_of, other_organisation):
    foreign = ReportedCountFactory(organisation=other_organisation, is_published=False)
    asked = [foreign.pk, uuid4()]
    client = client_of(Role.MANAGER)

    for key in asked:
        assert client.get(f"/dashboard/figures/{key}/").status_code == 404

    said = ("read places, bodies, reports and figures", "not found", "reportedcount")
    assert refused() == [(*said, key) for key in asked]


def test_a_partner_system_does_not_open_the_dashboards(client_of):
    assert client_of(Role.PARTNER).get("/dashboard/").status_code == 403

    assert [row[1] for row in refused()] == ["not allowed"]


def test_a_mistake_is_no_attempt(client_of):
    client = client_of(Role.MANAGER)
    assert client.get("/dashboard/?colour=red").status_code == 400
    assert client.get("/dashboard/outstanding/?population=none-of-ours").status_code == 404
    assert client.get("/dashboard/figures/x/").status_code == 404

    assert [row[3] for row in refused()] == [None]
