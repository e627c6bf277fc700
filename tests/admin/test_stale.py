"""Two people at one form: nothing is overwritten unseen, and the second can decide."""

import re
from typing import Any

import pytest

from cases import models as m
from cases.access.gate import System
from cases.actions import batches, reports
from cases.vocabulary.organisations import Role
from tests.admin.samples import AMENDABLE, f, made, posted, url
from tests.admin.test_writing import a_change, role_for

pytestmark = pytest.mark.django_db
BY = System("tests")


def form_of(response: Any) -> Any:
    return response.context["adminform"].form


def in_browser(response: Any) -> dict[str, str]:
    """Read the boxes of a page as a browser would send them."""
    page = response.content.decode()
    boxes = re.findall(r'<input type="(?:text|hidden|url)" name="(\w+)"(?: value="([^"]*)")?', page)
    areas = re.findall(r'<textarea name="(\w+)"[^>]*>\s*([^<]*)</textarea>', page)
    chosen = re.findall(r'<select name="(\w+)".*?<option value="([^"]+)" selected', page, re.S)
    found = {name: value.replace("&quot;", '"') for name, value in [*boxes, *areas, *chosen]}
    return {name: value for name, value in found.items() if name != "csrfmiddlewaretoken"}


@pytest.mark.parametrize("model", AMENDABLE, ids=lambda model: model.__name__)
def test_every_form_that_was_overtaken_shows_mine_and_theirs(model, client_of, organisation):
    client = client_of(role_for(model), is_cleared_for_restricted=True, is_movement_cell=True)
    row = client.user.organisation if model is m.Organisation else made(model)
    form = form_of(client.get(url(model, "change", row.pk)))
    name, value = a_change(form, row)
    model.objects.filter(pk=row.pk).update(version=row.version + 1)

    stale = client.post(url(model, "change", row.pk), posted(form) | {name: value})

    assert stale.status_code == 200
    assert [one.name for one in form_of(stale).differences] == [name]
    assert "somebody else has saved this record" in stale.content.decode()
    fresh = model.objects.get(pk=row.pk)
    assert str(model._meta.get_field(name).value_from_object(fresh)) != str(value)
    again = posted(form) | {name: value, "version": form_of(stale)["version"].value()}
    assert client.post(url(model, "change", row.pk), again).status_code == 302


def test_what_only_they_changed_is_taken_over_and_what_both_changed_is_mine_to_decide(client_of):
    client = client_of()
    batch = f.RepatriationBatchFactory(published=True, title="Old", remarks="Old")
    address = url(m.RepatriationBatch, "change", batch.pk)
    mine = posted(form_of(client.get(address))) | {"title": "Mine"}
    batches.amend(batch, by=BY, version=1, title="Theirs", remarks="Theirs", is_published=False)

    stale = client.post(address, mine)

    form = form_of(stale)
    told = {one.name: (one.mine, one.theirs, one.is_untouched) for one in form.differences}
    assert told == {
        "title": ("Mine", "Theirs", False),
        "remarks": ("Old", "Theirs", True),
        "is_published": ("yes", "no", True),
    }
    assert form["is_published"].value() is False
    saved = client.post(address, in_browser(stale))
    assert saved.status_code == 302, form_of(saved).errors
    batch.refresh_from_db()
    assert (batch.title, batch.remarks, batch.is_published) == ("Mine", "Theirs", False)
    assert batch.version == 3


def test_overtaken_again_compares_with_the_newest(client_of):
    client = client_of()
    report = f.SourceReportFactory(title="Old", remarks="Old")
    mine = posted(form_of(client.get(url(m.SourceReport, "change", report.pk))))
    reports.amend(report, by=BY, version=1, title="Theirs")
    stale = client.post(url(m.SourceReport, "change", report.pk), mine | {"remarks": "Mine"})
    reports.amend(report, by=BY, version=2, title="Theirs again")

    again = client.post(url(m.SourceReport, "change", report.pk), in_browser(stale))

    told = {one.name: (one.theirs, one.is_untouched) for one in form_of(again).differences}
    assert told == {"title": ("Theirs again", True), "remarks": ("Old", False)}


def test_a_change_that_was_sent_twice_is_done_once_and_no_conflict(client_of):
    client = client_of()
    report = f.SourceReportFactory(title="Old", organisation=client.user.organisation)
    address = url(m.SourceReport, "change", report.pk)
    mine = posted(form_of(client.get(address))) | {"title": "Mine"}

    first, again = (client.post(address, mine) for _ in range(2))

    assert (first.status_code, again.status_code, again.url) == (302, 302, first.url)
    report.refresh_from_db()
    assert (report.title, report.version) == ("Mine", 2)


@pytest.mark.parametrize("read", ["", "{", "[1]", "[" * 5_000, '{"title": 5}'])
def test_a_form_that_lost_what_it_was_opened_with_keeps_mine(client_of, read):
    client = client_of()
    report = f.SourceReportFactory(title="Old")
    mine = posted(form_of(client.get(url(m.SourceReport, "change", report.pk))))
    reports.amend(report, by=BY, version=1, title="Theirs")

    stale = client.post(url(m.SourceReport, "change", report.pk), mine | {"read": read})

    assert [one.is_untouched for one in form_of(stale).differences] == [False]
    assert form_of(stale)["title"].value() == "Old"


def test_an_emptied_date_and_a_link_are_shown_and_taken_over(client_of):
    client = client_of()
    task = f.TaskFactory(due_on="2024-11-22", organisation=client.user.organisation)
    mine = posted(form_of(client.get(url(m.Task, "change", task.pk)))) | {"title": "Mine"}
    m.Task.objects.filter(pk=task.pk).update(version=2, due_on=None, assigned_to=client.user.pk)

    stale = client.post(url(m.Task, "change", task.pk), mine)

    told = {one.name: (one.mine, one.theirs) for one in form_of(stale).differences}
    assert told["due_on"] == ("2024-11-22", "–")
    assert told["assigned_to"] == ("–", str(client.user))
    assert form_of(stale)["due_on"].value() == ""
    assert str(form_of(stale)["assigned_to"].value()) == str(client.user.pk)


def test_a_link_to_what_i_may_not_see_is_not_named(client_of):
    client = client_of(is_movement_cell=True)
    slot = f.BatchSlotFactory(organisation=client.user.organisation)
    hidden = f.IndividualFactory(organisation=client.user.organisation, restricted=True)
    path = f"/admin/cases/batchslot/{slot.pk}/do/bind/"
    person = f.IndividualFactory(organisation=client.user.organisation)
    batches.bind(slot, by=BY, version=1, individual=hidden)

    stale = client.post(path, {"version": 1, "individual": person.pk})

    [told] = stale.context["form"].differences
    assert (told.mine, told.theirs) == (str(person), "outside your access")
    assert str(hidden.pk) not in stale.content.decode()
    assert hidden.case_number not in stale.content.decode()


def test_a_deed_that_asks_nothing_of_what_they_changed_goes_on_after_a_look(client_of):
    client = client_of(is_movement_cell=True)
    batch = f.RepatriationBatchFactory(organisation=client.user.organisation)
    path = f"/admin/cases/repatriationbatch/{batch.pk}/do/move/"
    batches.amend(batch, by=BY, version=1, title="Theirs")

    stale = client.post(path, {"version": 1, "to_status": "agreed"})

    assert "is not among what they changed" in stale.content.decode()
    assert not m.BatchStep.objects.exists()
    done = client.post(path, {"version": stale.context["form"]["version"].value(),
                              "to_status": "agreed"})  # fmt: skip
    assert done.status_code == 302


def test_a_status_is_recorded_on_the_case_as_it_was_open(client_of):
    client, other = client_of(), client_of()
    person = f.IndividualFactory(organisation=client.user.organisation)
    given = {"individual": person.pk, "axis": "return"}
    page = client.get(url(m.StatusEvent, "add"), given)
    mine = given | {"seen": form_of(page)["seen"].value(), "to_status": "located_held",
                    "observation": "Told."}  # fmt: skip
    other.post(url(m.StatusEvent, "add"), mine | {"to_status": "unaccounted_for"})

    stale = client.post(url(m.StatusEvent, "add"), mine)

    [told] = form_of(stale).differences
    assert (told.label, told.theirs) == ("Status", "Unaccounted for")
    assert m.StatusEvent.objects.count() == 1
    again = mine | {"seen": form_of(stale)["seen"].value()}
    assert client.post(url(m.StatusEvent, "add"), again).status_code == 302


def test_another_person_than_the_one_opened_has_no_version_to_compare(client_of):
    client = client_of()
    opened, chosen = (f.IndividualFactory(organisation=client.user.organisation) for _ in "ab")
    given = {"individual": chosen.pk, "axis": "return", "to_status": "located_held",
             "observation": "Told.", "seen": f"{opened.pk}:9"}  # fmt: skip

    assert client.post(url(m.StatusEvent, "add"), given).status_code == 302


def test_masked_fields_are_not_in_what_a_form_carries(client_of):
    client = client_of(Role.ADMINISTRATOR)
    user = f.UserFactory(organisation=client.user.organisation)

    form = form_of(client.get(url(m.User, "change", user.pk)))

    assert "password" not in form["read"].value()
    assert "name" in form["read"].value()
