"""The same writes by every door, each with its entry; and the whole demonstration verified."""

from collections import Counter
from io import StringIO

import pytest
from django.core.management import call_command

from cases.access.gate import System, acting_as
from cases.exchange import invented, invented_batches
from cases.exchange.fixtures import CONTENTS, LOAD_ORDER
from cases.models import AuditEntry, Individual, Note, Organisation, User
from cases.models.base import Versioned
from cases.vocabulary.organisations import Role
from tests.admin.samples import posted, url
from tests.api.collections import address
from tests.factories import IndividualFactory, RepatriationBatchFactory

pytestmark = pytest.mark.django_db
WRITES = 5


def by_api(api, person):
    for number in range(WRITES):
        answer = api.post(
            address("notes"), {"individual": str(person.pk), "text": f"By API, {number}."}
        )
        assert answer.status_code == 201


def by_admin(client, person):
    form = client.get(url(Note, "add")).context["adminform"].form
    for number in range(WRITES):
        data = {**posted(form), "individual": person.pk, "text": f"By admin, {number}."}
        assert client.post(url(Note, "add"), data).status_code == 302


def by_deed(client, batch):
    for version, status in enumerate(("agreed", "scheduled"), start=1):
        page = f"/admin/cases/repatriationbatch/{batch.pk}/do/move/"
        answer = client.post(page, {"version": version, "to_status": status})
        assert answer.status_code == 302, answer.context["form"].errors


def test_every_write_by_every_door_has_its_entry(api_of, client_of):
    api, client = api_of(Role.CASEWORKER), client_of(Role.SUPERVISOR, is_movement_cell=True)
    keeper = client.user.organisation
    person = IndividualFactory(organisation=keeper)
    batch = RepatriationBatchFactory(organisation=keeper, status="proposed")

    by_api(api, person)
    by_admin(client, person)
    by_deed(client, batch)

    told = Counter(AuditEntry.objects.values_list("door", "actor_id", "act", "model"))
    assert told == {
        ("api", api.user.pk, "recorded", "note"): WRITES,
        ("admin", client.user.pk, "recorded", "note"): WRITES,
        ("admin", client.user.pk, "recorded", "batchstep"): 2,
        ("admin", client.user.pk, "moved", "repatriationbatch"): 2,
    }
    assert len(set(AuditEntry.objects.values_list("request_id"))) == 2 * WRITES + 2
    assert set(AuditEntry.objects.filter(model="note").values_list("target_id", flat=True)) == set(
        Note.objects.values_list("pk", flat=True)
    )


def test_every_row_of_the_fixtures_has_its_entry():
    call_command("loaddata", *LOAD_ORDER, verbosity=0)

    loaded = Counter(AuditEntry.objects.filter(act="loaded").values_list("target_id", flat=True))
    assert loaded == Counter(
        key
        for models in CONTENTS.values()
        for model in models
        for key in model._default_manager.values_list("pk", flat=True)
    )
    assert set(AuditEntry.objects.values_list("door", flat=True)) == {"command"}
    assert "whole" in verified()


@pytest.mark.slow
def test_the_whole_demonstration_verifies(monkeypatch, settings, tmp_path):
    fewer = {target: (min(people, 3), path) for target, (people, path) in invented.PATHS.items()}
    monkeypatch.setattr(invented, "PATHS", fewer)
    monkeypatch.setattr(invented_batches, "PLANS", invented_batches.PLANS[:2])
    settings.DEMO, settings.DATA_DIR = True, tmp_path

    call_command("demo", stdout=StringIO())

    numbers = sum(model._base_manager.count() for model in _concrete(Versioned))
    assert f" {numbers} rows" in verified()
    runs = AuditEntry.objects.values_list("request_id", flat=True).distinct()
    assert runs.count() == 1
    users = set(User.objects.values_list("pk", flat=True))
    people = Individual.objects.filter(circumstances__startswith="Invented")
    takers = AuditEntry.objects.filter(model="individual", act="recorded", target_id__in=people)
    assert set(takers.values_list("actor_id", flat=True)) <= users
    assert takers.count() == people.count()
    assert Organisation.objects.count() == 2


def _concrete(model):
    own = [] if model._meta.abstract or model._meta.proxy else [model]
    return own + [found for below in model.__subclasses__() for found in _concrete(below)]


def verified():
    out = StringIO()
    with acting_as(System("tests")):
        call_command("verify_audit", stdout=out)
    return out.getvalue()
