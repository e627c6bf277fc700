"""The buttons of a case and of a batch say what is open, and why the rest is closed."""

import pytest

from cases import models as m
from cases.vocabulary.organisations import Role
from tests.admin.samples import f, url

pytestmark = pytest.mark.django_db
SEEN = {"observation": "The family rang again."}
CHILD = "A minor goes “with family” only on a confirmed family link."


def page(client, row):
    return client.get(f"/admin/cases/{row._meta.model_name}/{row.pk}/")


def offered(steps):
    return {step.label for step in steps.open}, {step.label: step.reason for step in steps.closed}


def person_of(client, **fields):
    return f.IndividualFactory(organisation=client.user.organisation, **fields)


def deed(proposal, name):
    return f"/admin/cases/statusproposal/{proposal.pk}/do/{name}/"


def test_what_the_table_has_is_open_and_the_rest_says_why(client_of):
    client = client_of(Role.CASEWORKER)
    way_home, work = page(client, person_of(client)).context["next"]

    is_open, closed = offered(way_home)
    assert {"Located, held", "Home", "With family", "Propose: Deceased"} <= is_open
    assert closed == {}
    is_open, closed = offered(work)
    assert is_open == {"Open"}
    assert closed["Closed"] == "A case cannot go from “Draft” to “Closed”."


def test_a_minor_without_a_confirmed_link_is_not_sent_to_family(client_of):
    client = client_of(Role.CASEWORKER)
    child = person_of(client, birth_edtf="2020")

    closed = offered(page(client, child).context["next"][0])[1]
    assert closed["With family"].startswith(CHILD)
    f.FamilyLinkFactory(individual=child, to_contact=True, confirmed=True)
    assert "With family" in offered(page(client, child).context["next"][0])[0]


def test_what_an_open_step_needs_is_said_beside_it(client_of):
    client = client_of(Role.CASEWORKER)

    shown = page(client, person_of(client)).content.decode()

    assert "“Deceased” needs two statements of different origin" in shown


@pytest.mark.parametrize("role", [Role.MANAGER, Role.AUDITOR])
def test_whoever_records_no_step_is_told_of_none(role, client_of):
    client = client_of(role)
    child = person_of(client, birth_edtf="2020")

    answer = page(client, child)

    assert answer.context["next"] == []
    assert CHILD not in answer.content.decode()


def test_a_step_is_proposed_by_one_and_approved_by_another(client_of):
    worker, supervisor = client_of(Role.CASEWORKER), client_of(Role.SUPERVISOR)
    person = person_of(worker, work_status="closed")
    [reopen] = page(worker, person).context["next"][1].open
    assert reopen.label == "Propose: Reopened"
    form = worker.get(reopen.url).context["adminform"].form
    given = {"individual": person.pk, "axis": "work", "to_status": "reopened", **SEEN}

    assert worker.post(reopen.url, given | {"seen": form.initial["seen"]}).status_code == 302

    proposal = m.StatusProposal.objects.get()
    [waiting] = page(worker, person).context["waiting"]
    assert "approve a step that needs a second person" in waiting.reason
    closed = offered(page(worker, person).context["next"][1])[1]
    assert closed["Propose: Reopened"].startswith("A step of this case was proposed by you.")
    [waiting] = page(supervisor, person).context["waiting"]
    assert waiting.reason == ""
    assert str(person) in supervisor.get(url(m.StatusProposal, "changelist")).content.decode()
    tallies = {tally.label: tally for tally in supervisor.get("/admin/").context["work"].tallies}
    assert tallies["Steps for a second person"].number == 1
    assert worker.post(deed(proposal, "approve"), {"version": 1}).status_code == 403
    assert supervisor.post(deed(proposal, "approve"), {"version": 1}).status_code == 302
    person.refresh_from_db()
    assert person.work_status == "reopened"


def test_ones_own_proposal_is_not_ones_to_approve(client_of):
    client = client_of(Role.SUPERVISOR)
    proposal = f.StatusProposalFactory(
        organisation=client.user.organisation, recorded_by=client.user
    )

    change = client.get(url(m.StatusProposal, "change", proposal.pk))
    assert [(b.label, b.reason) for b in change.context["deeds"]] == [
        ("Approve", "A second person takes this step: it was proposed by you."),
        ("Decline", "A second person takes this step: it was proposed by you."),
        ("Withdraw", ""),
    ]
    refused = client.post(deed(proposal, "approve"), {"version": 1})
    assert "it was proposed by you" in refused.content.decode()
    entry = m.AuditEntry.objects.get(reason="second person")
    assert entry.actor_id == client.user.pk
    assert client.post(deed(proposal, "withdraw"), {"version": 1}).status_code == 302
    proposal.refresh_from_db()
    assert proposal.state == "withdrawn"


def test_a_proposal_is_declined_with_a_reason(client_of):
    client = client_of(Role.SUPERVISOR)
    proposal = f.StatusProposalFactory(organisation=client.user.organisation)
    change = client.get(url(m.StatusProposal, "change", proposal.pk))
    assert [(b.label, b.reason) for b in change.context["deeds"]] == [
        ("Approve", ""),
        ("Decline", ""),
        ("Withdraw", "Whoever proposed a step withdraws it. Decline it instead."),
    ]

    refused = client.post(deed(proposal, "decline"), {"version": 1, "reason": ""})
    assert "reason" in refused.context["form"].errors
    client.post(deed(proposal, "decline"), {"version": 1, "reason": "Nobody has seen them."})

    proposal.refresh_from_db()
    assert (proposal.state, proposal.decision_reason) == ("declined", "Nobody has seen them.")


def test_a_step_of_the_timeline_is_set_right(client_of):
    client = client_of(Role.CASEWORKER)
    person = person_of(client)
    client.post(url(m.StatusEvent, "add"), {
        "individual": person.pk, "axis": "return", "to_status": "located_held", **SEEN,
    })  # fmt: skip
    [step] = page(client, person).context["file"].steps
    where = f"{url(m.StatusEvent, 'add')}?individual={person.pk}&axis=return&corrects={step.id}"
    assert where.replace("&", "&amp;") in page(client, person).content.decode()
    choices = client.get(where).context["adminform"].form.fields["to_status"].widget.choices

    assert ("reported", "Reported") in list(choices)
    client.post(where, {
        "individual": person.pk, "axis": "return", "to_status": "reported", "corrects": step.id,
        "observation": "It was somebody else.",
    })  # fmt: skip

    person.refresh_from_db()
    assert person.return_status == "reported"
    shown = page(client, person).content.decode()
    assert "set right later" in shown
    assert "correction" in shown


def test_the_timeline_stands_by_when_it_was(client_of, now):
    client = client_of(Role.CASEWORKER)
    person = person_of(client)
    for to_status, when in (("returned_to_country", "2024-11-22"), ("in_transit", "2024-11-21")):
        client.post(url(m.StatusEvent, "add"), {
            "individual": person.pk, "axis": "return", "to_status": to_status,
            "occurred_edtf": when, **SEEN,
        })  # fmt: skip

    answer = page(client, person)

    assert [step.value for step in answer.context["file"].steps] == [
        "returned_to_country", "in_transit",
    ]  # fmt: skip
    assert "learned late" in answer.content.decode()


def test_a_batch_says_what_it_lacks(client_of):
    client = client_of(Role.CASEWORKER, is_movement_cell=True)
    batch = f.RepatriationBatchFactory(organisation=client.user.organisation, status="handed_over")
    is_open, closed = offered(page(client, batch).context["next"])
    assert is_open == {"Partially arrived", "Failed"}
    assert closed["Arrived"].startswith("“Arrived” needs a claimed headcount")
    assert closed["Agreed"] == "A batch cannot go from “Handed over” to “Agreed”."

    f.BatchSlotFactory(batch=batch)
    assert "Arrived" in offered(page(client, batch).context["next"])[0]


def test_a_mismatch_closes_the_way_to_reconciled(client_of):
    client = client_of(Role.CASEWORKER)
    batch = f.RepatriationBatchFactory(organisation=client.user.organisation, arrived=True)
    f.BatchSlotFactory(batch=batch)
    f.ReportedCountFactory(batch=batch, flow=True, stated_value=9)

    closed = offered(page(client, batch).context["next"])[1]

    assert closed["Reconciled"].startswith("A claimed headcount is not matched by the slots.")


def test_who_is_not_of_the_cell_is_told_no_more_than_that(client_of):
    client = client_of(Role.CASEWORKER)
    batch = f.RepatriationBatchFactory(organisation=client.user.organisation, status="handed_over")

    is_open, closed = offered(page(client, batch).context["next"])

    assert is_open == set()
    assert "only the movement cell may do this" in closed["Arrived"]
    assert "headcount" not in closed["Arrived"]


def test_another_organisations_batch_has_no_steps(client_of, other_organisation):
    batch = f.RepatriationBatchFactory(organisation=other_organisation, published=True)

    assert page(client_of(Role.CASEWORKER), batch).context["next"] is None
