"""A form that is sent twice writes once, whichever form it is."""

import re
from typing import Any

import pytest

from cases import models as m
from cases.admin.idempotency import LOST, REUSED
from cases.vocabulary.organisations import Role
from tests.admin.samples import ADDABLE, ADMINISTERED, f, made, url, wanted

pytestmark = pytest.mark.django_db
PLACE = {"name": "Sudzha", "kind": "settlement"}


def role_for(model: type) -> str:
    return Role.ADMINISTRATOR if model in ADMINISTERED else Role.SUPERVISOR


def form_of(response: Any) -> Any:
    return response.context["adminform"].form


def key_in(response: Any) -> str:
    [key] = re.findall(r'name="once" value="([\w-]+)"', response.content.decode())
    return str(key)


@pytest.mark.parametrize("model", ADDABLE, ids=lambda model: model.__name__)
def test_an_add_form_sent_twice_adds_once(model, client_of):
    client = client_of(role_for(model), is_cleared_for_restricted=True)
    page = client.get(url(model, "add"))
    row = made(model)
    data = wanted(row, form_of(page)) | {"once": key_in(page)}
    if model is not m.Organisation:
        model.objects.filter(pk=row.pk).delete()

    first = client.post(url(model, "add"), data)
    rows, entries = model.objects.count(), m.AuditEntry.objects.count()
    again = client.post(url(model, "add"), data | {"_save": "Save"})

    assert first.status_code == again.status_code == 302, form_of(again).errors
    assert again.url == first.url
    assert (model.objects.count(), m.AuditEntry.objects.count()) == (rows, entries)


def deed(row: Any, name: str) -> str:
    return f"/admin/cases/{row._meta.model_name}/{row.pk}/do/{name}/"


def test_a_deed_sent_twice_is_done_once_and_leads_to_what_it_made(client_of):
    client = client_of()
    count = f.ReportedCountFactory(organisation=client.user.organisation)
    page = client.get(deed(count, "supersede"))
    form = page.context["form"]
    data = {name: form.initial[name] for name in form.fields if form.initial.get(name)}
    data |= {"stated_text": "47", "stated_value": 47, "low": 47, "high": 47, "once": key_in(page)}

    first, again = (client.post(deed(count, "supersede"), data) for _ in range(2))

    assert (first.status_code, again.status_code, again.url) == (302, 302, first.url)
    assert m.ReportedCount.objects.filter(supersedes=count.pk).count() == 1


def test_a_step_sent_twice_is_one_step(client_of):
    client = client_of(is_movement_cell=True)
    batch = f.RepatriationBatchFactory(organisation=client.user.organisation)
    data = {"version": 1, "to_status": "agreed", "once": key_in(client.get(deed(batch, "move")))}

    first, again = (client.post(deed(batch, "move"), data) for _ in range(2))

    assert (first.url, again.status_code) == (again.url, 302)
    assert m.BatchStep.objects.count() == 1


@pytest.mark.parametrize("key", ["", "short", "x" * 500, "Ключ" * 8, "\x00" * 32])
def test_a_form_without_a_good_key_is_refused_and_gets_one(client_of, key):
    client = client_of()

    refused = client.post(url(m.Place, "add"), PLACE | {"once": key})

    assert str(LOST) in refused.content.decode()
    assert not m.Place.objects.exists()
    assert form_of(refused)["name"].value() == "Sudzha"
    done = client.post(url(m.Place, "add"), PLACE | {"once": key_in(refused)})
    assert done.status_code == 302


def test_a_deed_without_a_key_is_refused_too(client_of):
    client = client_of()
    batch = f.RepatriationBatchFactory(organisation=client.user.organisation)

    refused = client.post(
        deed(batch, "move"), {"version": 1, "to_status": "agreed", "once": "gone"}
    )

    assert str(LOST) in refused.content.decode()
    assert not m.BatchStep.objects.exists()


def test_other_values_under_an_old_key_can_be_saved_as_another_record(client_of):
    client = client_of()
    key = key_in(client.get(url(m.Place, "add")))
    client.post(url(m.Place, "add"), PLACE | {"once": key})
    other = PLACE | {"name": "Kursk"}

    refused = client.post(url(m.Place, "add"), other | {"once": key})

    assert str(REUSED) in refused.content.decode()
    assert m.Place.objects.count() == 1
    done = client.post(url(m.Place, "add"), other | {"once": key_in(refused)})
    assert done.status_code == 302
    assert set(m.Place.objects.values_list("name", flat=True)) == {"Sudzha", "Kursk"}


def test_a_refused_form_keeps_its_key(client_of):
    client = client_of()
    key = key_in(client.get(url(m.Place, "add")))

    refused = client.post(url(m.Place, "add"), PLACE | {"national_code": "12", "once": key})

    assert key_in(refused) == key
    assert not m.IdempotencyKey.objects.exists()


def test_the_key_of_one_form_is_no_good_for_another(client_of):
    client = client_of()
    key = key_in(client.get(url(m.Place, "add")))
    client.post(url(m.Place, "add"), PLACE | {"once": key})

    refused = client.post(url(m.Body, "add"), {"name": "Office", "kind": "ombudsman", "once": key})

    assert str(REUSED) in refused.content.decode()
    assert not m.Body.objects.exists()


def test_who_may_no_longer_read_what_a_form_made_is_told_so(client_of):
    client = client_of(is_cleared_for_restricted=True)
    person = f.IndividualFactory(organisation=client.user.organisation, restricted=True)
    note = {"individual": person.pk, "text": "Hidden."}
    key = key_in(client.get(url(m.Note, "add")))
    client.post(url(m.Note, "add"), note | {"once": key})
    made_note = m.Note.objects.get()
    m.IdempotencyKey.objects.update(result_id=f.PlaceFactory().pk)

    refused = client.post(url(m.Note, "add"), note | {"once": key})

    assert "you may no longer read what it made" in refused.content.decode()
    assert m.Note.objects.get() == made_note


def test_a_key_in_the_address_is_not_taken_over(client_of):
    planted = "p" * 32

    page = client_of().get(url(m.Place, "add"), {"once": planted, "name": "Sudzha"})

    assert key_in(page) != planted
    assert form_of(page)["name"].value() == "Sudzha"
