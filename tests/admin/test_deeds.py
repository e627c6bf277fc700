"""Acts on one record: asked with a form, carried out by the action, refused in words."""

import pytest

from cases import models as m
from cases.vocabulary.organisations import Role
from tests.admin.samples import f, url

pytestmark = pytest.mark.django_db


def deed(row, name: str) -> str:
    return f"/admin/cases/{row._meta.model_name}/{row.pk}/do/{name}/"


def test_a_figure_is_verified_by_a_second_person(client_of):
    client = client_of(Role.SUPERVISOR)
    count = f.ReportedCountFactory(organisation=client.user.organisation)

    assert client.get(deed(count, "verify")).status_code == 200
    assert client.post(deed(count, "verify"), {"version": 1}).status_code == 302
    assert m.ReportedCount.objects.get(pk=count.pk).state == "verified"
    assert client_of(Role.CASEWORKER).post(deed(count, "verify"), {}).status_code == 403


def test_a_figure_is_retracted_with_a_reason(client_of):
    client = client_of(Role.CASEWORKER)
    count = f.ReportedCountFactory(organisation=client.user.organisation)

    refused = client.post(deed(count, "retract"), {"version": 1, "reason": " "})
    assert "reason" in refused.context["form"].errors
    client.post(deed(count, "retract"), {"version": 1, "reason": "Misread."})
    assert m.ReportedCount.objects.get(pk=count.pk).retraction_reason == "Misread."


def test_a_figure_is_replaced_by_a_better_reading(client_of):
    client = client_of(Role.CASEWORKER)
    count = f.ReportedCountFactory(organisation=client.user.organisation)
    form = client.get(deed(count, "supersede")).context["form"]
    data = {name: form.initial[name] for name in form.fields if form.initial.get(name)}

    response = client.post(
        deed(count, "supersede"),
        data | {"stated_text": "47", "stated_value": 47, "low": 47, "high": 47},
    )

    assert response.status_code == 302
    assert m.ReportedCount.objects.get(supersedes=count.pk).stated_value == 47


def test_a_slot_is_bound_and_unbound(client_of):
    client = client_of(Role.CASEWORKER, is_movement_cell=True)
    batch = f.RepatriationBatchFactory(organisation=client.user.organisation)
    slot = f.BatchSlotFactory(batch=batch, individual=None)
    person = f.IndividualFactory(organisation=client.user.organisation)

    refused = client.post(deed(slot, "bind"), {"version": 1})
    assert "individual" in refused.context["form"].errors
    client.post(deed(slot, "bind"), {"version": 1, "individual": person.pk})
    assert m.BatchSlot.objects.get(pk=slot.pk).individual_id == person.pk
    client.post(deed(slot, "unbind"), {"version": 2})
    assert m.BatchSlot.objects.get(pk=slot.pk).individual_id is None


def test_a_batch_moves_and_says_why_it_cannot(client_of):
    client = client_of(Role.CASEWORKER, is_movement_cell=True)
    batch = f.RepatriationBatchFactory(organisation=client.user.organisation, status="proposed")

    refused = client.post(deed(batch, "move"), {"version": 1, "to_status": "arrived"})
    assert "Next may be" in " ".join(refused.context["form"].errors["to_status"])
    assert client.post(deed(batch, "move"), {"version": 1, "to_status": "agreed"}).url == url(
        m.RepatriationBatch, "page", batch.pk
    )
    assert m.RepatriationBatch.objects.get(pk=batch.pk).status == "agreed"


def test_a_stale_act_writes_nothing(client_of):
    client = client_of(Role.CASEWORKER)
    batch = f.RepatriationBatchFactory(
        organisation=client.user.organisation, status="proposed", version=4
    )

    response = client.post(deed(batch, "move"), {"version": 3, "to_status": "agreed"})

    assert "changed by somebody else" in " ".join(response.context["form"].non_field_errors())
    assert m.RepatriationBatch.objects.get(pk=batch.pk).status == "proposed"


def test_a_status_is_recorded_from_the_page_of_a_person(client_of):
    client = client_of(Role.CASEWORKER)
    person = f.IndividualFactory(organisation=client.user.organisation)
    given = {"individual": person.pk, "axis": "return", "to_status": "located_held"}
    form = client.get(url(m.StatusEvent, "add"), given).context["adminform"].form
    assert "home" in dict(form["to_status"].field.widget.choices)

    refused = client.post(url(m.StatusEvent, "add"), given)
    assert "Give a statement" in str(refused.context["adminform"].form.errors)
    done = client.post(url(m.StatusEvent, "add"), given | {"observation": "Told by the family."})
    assert done.url == url(m.Individual, "page", person.pk)
    assert m.Individual.objects.get(pk=person.pk).return_status == "located_held"


def test_a_closed_step_is_greyed_with_its_reason(client_of):
    client = client_of(Role.CASEWORKER)
    person = f.IndividualFactory(organisation=client.user.organisation, work_status="draft")

    page = client.get(url(m.Individual, "page", person.pk)).content.decode()

    assert "A case cannot go from “Draft” to “Closed”." in page


def test_an_administrator_sets_a_password(client_of):
    client = client_of(Role.ADMINISTRATOR)
    user = f.UserFactory(organisation=client.user.organisation)

    weak = client.post(deed(user, "password"), {"version": 1, "password": "short"})
    assert weak.status_code == 200
    client.post(deed(user, "password"), {"version": 1, "password": "four unrelated words here"})
    assert m.User.objects.get(pk=user.pk).check_password("four unrelated words here")


def test_everybody_changes_their_own_password(client_of):
    client = client_of(Role.CASEWORKER)
    client.user.set_password(f.PASSWORD)
    client.user.save(update_fields=["password"])
    client.force_login(client.user)
    new = "four unrelated words here"

    response = client.post(
        "/admin/password_change/",
        {"old_password": f.PASSWORD, "new_password1": new, "new_password2": new},
    )

    assert response.status_code == 302
    assert client.get("/admin/").status_code == 200
    assert m.AuditEntry.objects.filter(act="set the password").count() == 1


def test_signing_in_and_the_demo_banner(client, settings):
    user = f.UserFactory()
    user.set_password(f.PASSWORD)
    user.save(update_fields=["password"])
    settings.DEMO = True

    assert "Demonstration" in client.get("/admin/login/").content.decode()
    response = client.post(
        "/admin/login/?next=/admin/", {"username": user.email, "password": f.PASSWORD}
    )
    assert response.url == "/admin/"


def test_choices_describe_a_person_and_keep_to_the_gate(client_of, other_organisation):
    client = client_of(Role.CASEWORKER)
    person = f.IndividualFactory(organisation=client.user.organisation)
    f.IndividualNameFactory(individual=person, text="Darya")
    foreign = f.IndividualFactory(organisation=other_organisation)
    f.IndividualNameFactory(individual=foreign, text="Darya")
    asked = {"app_label": "cases", "model_name": "note", "field_name": "individual"}

    answer = client.get("/admin/autocomplete/", asked | {"term": "Дарья"}).json()

    assert [choice["id"] for choice in answer["results"]] == [str(person.pk)]
    assert answer["results"][0]["text"].endswith("· Darya")
