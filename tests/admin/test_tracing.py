"""The page of a tracing request: everything in place, and nothing to those who may not read it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases import models as m
from cases.vocabulary.organisations import Role
from tests.actions.tracing import described, fresh, named, proposed
from tests.admin.samples import url
from tests.factories import (
    BodyFactory,
    ContactFactory,
    IndividualFactory,
    PlaceFactory,
    RetentionPeriodFactory,
    StatementFactory,
    TracingActionFactory,
    TracingCandidateFactory,
    TracingRequestFactory,
)

pytestmark = pytest.mark.django_db
ASKS = "Zinaida Whoasks"


def page_of(client, row, **asked):
    return client.get(url(m.TracingRequest, "page", row.pk), asked)


def sent(client, row, asked, **given):
    """Send the form that stands open on the page."""
    path = f"{url(m.TracingRequest, 'page', row.pk)}?{asked}"
    form = client.get(path).context["opened"].form
    kept = {name: form.initial.get(name) or "" for name in form.fields if name != "once"}
    data = {name: getattr(value, "pk", value) for name, value in kept.items()}
    return client.post(path, {**data, **given})


def test_a_request_is_taken_in(client_of):
    client, contact = client_of(Role.CASEWORKER), ContactFactory()
    data = {"enquirer": contact.pk, "relation": "mother", "sought_names": "Анна\nAnna",
            "sex": "female", "priority": "high", "sensitivity": "standard"}  # fmt: skip

    answer = client.post(url(m.TracingRequest, "add"), data)

    row = m.TracingRequest.objects.get()
    assert answer.url == url(m.TracingRequest, "page", row.pk)
    page = page_of(client, row).content.decode()
    for words in (row.number, contact.name, "Анна", "Mother", "Received"):
        assert words in page


def test_a_request_of_nobody_is_refused_beside_the_field(client_of):
    client = client_of(Role.CASEWORKER)

    answer = client.post(url(m.TracingRequest, "add"), {"sex": "unknown", "priority": "high",
                                                        "sensitivity": "standard"})  # fmt: skip

    assert answer.context["adminform"].form.errors.keys() == {"enquirer", "circumstances"}
    assert not m.TracingRequest.objects.exists()


def test_what_was_done_is_recorded_and_set_right_in_place(client_of):
    client, row = client_of(Role.CASEWORKER), described(may_be_shared=True)

    answer = sent(client, row, "do=action", kind="asked_body", body=BodyFactory().pk,
                  text="Wrote to them.", done_edtf="2024-10")  # fmt: skip
    assert answer.status_code == 302, answer.context["opened"].form.errors
    (done,) = m.TracingAction.objects.all()
    sent(client, row, f"do=action&corrects={done.pk}", kind="spoke", text="Rang them.")

    page = page_of(client, row).content.decode()
    assert "October 2024" in page
    assert "set right later" in page
    assert m.TracingAction.objects.get(corrects=done).text == "Rang them."


def test_what_may_not_be_told_is_refused_in_place(client_of):
    client, row = client_of(Role.CASEWORKER), described()

    answer = sent(client, row, "do=action", kind="told_enquirer", text="Rang her.")

    assert "Nobody is found yet" in answer.content.decode()
    assert not m.TracingAction.objects.exists()
    offered = [value for value, _ in answer.context["opened"].form.fields["kind"].widget.choices]
    assert "step" not in offered


def test_a_case_is_searched_proposed_and_confirmed_in_place(client_of):
    client, second = client_of(Role.CASEWORKER), client_of(Role.SUPERVISOR)
    person, row = named("Анна Петрова"), described(sought_names="Petrova Anna")

    assert person.case_number not in page_of(client, row).content.decode()
    page = page_of(client, row, do="matches").content.decode()
    assert person.case_number in page
    assert f"do=propose&amp;individual={person.pk}" in page
    assert sent(client, row, f"do=propose&individual={person.pk}").status_code == 302
    candidate = m.TracingCandidate.objects.get()
    own = page_of(client, row).content.decode()
    assert "You may not confirm whom a tracing request looks for." in own
    theirs = page_of(second, row).content.decode()
    assert f"do=confirm&amp;candidate={candidate.pk}" in theirs
    assert sent(second, row, f"do=confirm&candidate={candidate.pk}").status_code == 302

    now = fresh(row)
    assert (now.state, now.individual) == ("found", person)
    case = client.get(url(m.Individual, "page", person.pk)).content.decode()
    assert row.number in case
    assert row.enquirer.name not in case


def test_a_rejected_case_is_not_offered(client_of):
    client, row = client_of(Role.CASEWORKER), described(sought_names="Petrova Anna")
    person = named("Анна Петрова")
    sent(client, row, f"do=propose&individual={person.pk}")
    candidate = m.TracingCandidate.objects.get()

    sent(client, row, f"do=reject&candidate={candidate.pk}", reason="Another mother.")

    assert page_of(client, row, do="matches").context["matches"] == []


@pytest.mark.parametrize("asked", ["lost", "confirm", "confirm&candidate=x", "action&corrects=x"])
def test_there_is_no_such_form(asked, client_of):
    path = url(m.TracingRequest, "page", described().pk)

    assert client_of(Role.SUPERVISOR).get(f"{path}?do={asked}").status_code == 404


def test_a_candidate_of_another_request_is_not_there(client_of):
    client, row, other = client_of(Role.SUPERVISOR), described(), proposed()

    path = f"{url(m.TracingRequest, 'page', row.pk)}?do=reject&candidate={other.pk}"
    assert client.get(path).status_code == 404


def test_a_request_is_closed_by_its_button_and_says_why_others_are_closed(client_of):
    client, row, other = client_of(Role.CASEWORKER), described(), described()
    page = page_of(client, row).content.decode()
    assert "/do/close/" in page
    assert "needs a case" in page
    path = f"/admin/cases/tracingrequest/{row.pk}/do/close/"
    data = {"version": 1, "outcome": "duplicate", "reason": "The sister asked first."}

    wrong = client.post(path, {**data, "duplicate_number": "T-000009-99"})
    assert "no request of this number" in wrong.content.decode()
    assert client.post(path, {**data, "duplicate_number": other.number}).status_code == 302

    assert fresh(row).duplicate_of == other
    assert "The sister asked first." in page_of(client, row).content.decode()
    assert page_of(client, row, do="action").context["opened"] is not None


def test_a_request_is_taken_up_and_opened_again(client_of):
    client, row = client_of(Role.CASEWORKER), TracingRequestFactory(closed=True)
    path = f"/admin/cases/tracingrequest/{row.pk}/do/move/"
    form = client.get(path, {"to_state": "in_progress"}).context["form"]
    assert [value for value, _ in form.fields["to_state"].widget.choices] == ["in_progress"]

    client.post(path, {"version": 1, "to_state": "in_progress", "reason": "A letter came."})

    assert fresh(row).state == "in_progress"


def test_a_request_is_anonymised_by_a_second_person(client_of):
    client, row = client_of(Role.SUPERVISOR), TracingRequestFactory(closed=True)
    assert "/do/forget/" in page_of(client, row).content.decode()

    client.post(f"/admin/cases/tracingrequest/{row.pk}/do/forget/",
                {"version": 1, "number": row.number})  # fmt: skip

    page = page_of(client, row).content.decode()
    assert fresh(row).enquirer is None
    assert "Anonymised on" in page
    assert "/do/" not in page


def test_who_wishes_no_contact_is_said_above_all(client_of):
    row = TracingRequestFactory(found=True, contact_wish="nothing")

    page = page_of(client_of(Role.CASEWORKER), row).content.decode()

    assert "must not learn where they are" in page


@pytest.mark.parametrize("role", [Role.MANAGER, Role.AUDITOR])
def test_others_see_the_number_and_how_far_it_is(role, client_of):
    row = described(enquirer__name=ASKS, circumstances="Qzxlost", sought_names="Qzxsought")
    TracingActionFactory(request=row, text="Qzxdone")
    TracingCandidateFactory(request=row, why="Qzxwhy")
    client = client_of(role)

    for address in (url(m.TracingRequest), url(m.TracingRequest, "page", row.pk),
                    f"{url(m.TracingRequest)}?q=qzxsought", "/admin/find/?find=qzxsought",
                    f"{url(m.TracingRequest)}?q=whoasks"):  # fmt: skip
        page = client.get(address).content.decode()
        assert "Qzx" not in page
        assert "Zinaida" not in page
    assert row.number in page_of(client, row).content.decode()
    assert "may_keep" in page_of(client, row).context
    assert not page_of(client, row).context["may_keep"]


def test_reading_a_request_is_in_the_trail(client_of):
    client, row = client_of(Role.CASEWORKER), described()

    page_of(client, row)

    entry = m.AuditEntry.objects.get(target_id=row.pk, act="read")
    assert "enquirer" in entry.changed


def test_an_enquirer_in_confidence_is_neither_shown_nor_found(client_of):
    row = described(enquirer__name=ASKS, enquirer__is_confidential=True)
    client, cell = client_of(Role.CASEWORKER), client_of(Role.CASEWORKER, is_movement_cell=True)

    def found(who):
        answer = who.get(url(m.TracingRequest), {"q": "Whoasks"})
        return answer.context["cl"].result_count

    assert "Zinaida" not in page_of(client, row).content.decode()
    assert found(client) == 0
    assert "Zinaida" in page_of(cell, row).content.decode()
    assert found(cell) == 1


def test_the_header_finds_a_request_by_its_number(client_of):
    row = described()

    (group,) = client_of(Role.CASEWORKER).get("/admin/find/", {"find": row.number}).context["found"]

    assert [(hit.words, hit.why) for hit in group.hits] == [(row.number, "by its number")]


def test_the_header_finds_a_request_by_who_is_sought_and_not_by_who_asks(client_of):
    client, row = client_of(Role.CASEWORKER), described(enquirer__name=ASKS)

    groups = client.get("/admin/find/", {"find": "Петрова"}).context["found"]
    assert row.number in [hit.words for group in groups for hit in group.hits]
    assert client.get("/admin/find/", {"find": "Whoasks"}).context["found"] == []


def test_a_page_costs_as_many_queries_however_much_is_on_it(client_of):
    client, row = client_of(Role.SUPERVISOR), described()

    def queries():
        with CaptureQueriesContext(connection) as caught:
            assert page_of(client, row).status_code == 200
        return len(caught)

    for _ in range(2):
        TracingActionFactory(request=row)
        TracingCandidateFactory(request=row, rejected=True, individual=named())
    few = queries()
    for _ in range(6):
        TracingActionFactory(request=row, body=BodyFactory())
        TracingCandidateFactory(request=row, rejected=True, individual=named())
    assert queries() <= few + 1


def test_a_request_that_lies_still_is_on_my_day(client_of, now):
    client = client_of(Role.CASEWORKER)
    with now(2026, 1, 1):
        still = described(assigned_to=client.user)
        urgent = described(assigned_to=client.user, priority="urgent")
        worked_on = described(assigned_to=client.user)
        TracingRequestFactory(assigned_to=client.user, closed=True)
        described()
    with now(2026, 1, 20):
        TracingActionFactory(request=worked_on)

    def silent():
        return [row.number for row in client.get("/admin/today/").context["silent"]]

    with now(2026, 1, 9):
        assert silent() == [urgent.number]
    with now(2026, 2, 1):
        assert silent() == sorted([still.number, urgent.number])
        page = client.get("/admin/today/").content.decode()
    assert "nothing done since" in page


def test_a_case_tells_by_how_many_it_is_looked_for(client_of):
    person = IndividualFactory()
    known, maybe = TracingRequestFactory(individual=person), proposed(individual=person)
    page = client_of(Role.CASEWORKER).get(url(m.Individual, "page", person.pk)).content.decode()

    assert known.number in page
    assert maybe.request.number in page
    assert "may be the person sought" in page
    told = client_of(Role.MANAGER).get(url(m.Individual, "page", person.pk)).content.decode()
    assert known.number not in told


def test_a_request_that_is_over_for_long_is_due_to_be_forgotten(client_of, now):
    with now(2024, 1, 1):
        old = TracingRequestFactory(closed=True)
    with now(2026, 1, 1):
        TracingRequestFactory(closed=True)
    client = client_of(Role.SUPERVISOR)

    def due():
        return [row.number for row in client.get("/admin/retention/").context["requests"]]

    with now(2025, 12, 30):
        assert due() == []
    with now(2026, 1, 2):
        assert due() == [old.number]
        RetentionPeriodFactory(purpose="search", work_status="closed", days=800)
        assert due() == []


def test_a_page_tells_who_asks_and_all_that_is_known(client_of):
    client = client_of(Role.CASEWORKER)
    body, home = BodyFactory(name="The Invented Society"), PlaceFactory(name="Nizhny")
    told = described(
        enquirer=None, enquirer_body=body, age_as_stated=63, age_as_of_edtf="2024-11",
        home_place=home, circumstances="A scar.", last_contact_edtf="2024-08",
        statement=StatementFactory(),
    )  # fmt: skip
    rung = described(relation="mother", enquirer__reached_at="+7 000", asked_edtf="2024-10")

    page = page_of(client, told).content.decode()
    for words in (body.name, "63 as of November 2024", "Nizhny", "A scar.", "August 2024"):
        assert words in page
    page = page_of(client, rung).content.decode()
    for words in ("+7 000", "Mother", "October 2024"):
        assert words in page


def test_a_reader_is_offered_no_form(client_of):
    path = url(m.TracingRequest, "page", described().pk)

    assert client_of(Role.MANAGER).get(f"{path}?do=action").status_code == 403
    assert client_of(Role.AUDITOR).get("/admin/today/").context["silent"] == ()


def test_a_case_that_has_passed_on_is_outside_our_access(client_of, other_organisation):
    row = TracingCandidateFactory(rejected=True)
    m.Individual.objects.filter(pk=row.individual_id).update(organisation=other_organisation)

    page = page_of(client_of(Role.CASEWORKER), row.request).content.decode()

    assert "outside your access" in page
    assert str(row.individual) not in page


def test_a_search_is_closed_without_another_number(client_of):
    client, row = client_of(Role.CASEWORKER), described()

    client.post(f"/admin/cases/tracingrequest/{row.pk}/do/close/",
                {"version": 1, "outcome": "withdrawn", "reason": "They met."})  # fmt: skip

    assert fresh(row).outcome == "withdrawn"
