"""People: taken in with their names, moved step by step."""

import pytest

from cases.models import Individual, StatusEvent
from cases.vocabulary.organisations import Role
from tests.api.collections import address
from tests.api.test_collections import assert_problem
from tests.factories import (
    IndividualFactory,
    OfficialFactory,
    RepatriationBatchFactory,
    SourceReportFactory,
    StatementFactory,
)

pytestmark = pytest.mark.django_db
PEOPLE = "individuals"


def test_person_is_taken_in_with_names(organisation, api_of):
    names = [
        {"text": "Анна Петрова", "language_tag": "ru-Cyrl"},
        {"text": "Petrova", "language_tag": "en-Latn", "part": "family"},
    ]
    client = api_of(Role.PARTNER)

    made = client.post(address(PEOPLE), {"sex": "female", "names": names})

    assert made.status_code == 201, made.content
    assert [name["text"] for name in made.json()["names"]] == ["Анна Петрова", "Petrova"]
    assert made.json()["case_number"]
    for sought in ("petrova", "ПЕТРОВА", "анна петр", "Petrova Anna"):
        assert len(client.get(address(PEOPLE), {"q": sought}).json()["results"]) == 1, sought
    assert client.get(address(PEOPLE), {"q": "ivanova"}).json()["results"] == []
    assert_problem(client.get(address(PEOPLE), {"q": "%"}), 400)


@pytest.mark.parametrize(
    ("names", "field"),
    [
        ([{"text": "Anna", "language_tag": "nonsense tag"}], "names.0.language_tag"),
        ([{"text": "Anna", "language_tag": "en", "search_key": "x"}], "names.0.search_key"),
        ([{"language_tag": "en"}], "names.0.text"),
        ([1], "names.0"),
        ("Anna", "names"),
        ([{"text": "a", "language_tag": "en"}] * 51, "names"),
    ],
)
def test_bad_names_write_nothing(names, field, organisation, api_of):
    problem = assert_problem(api_of().post(address(PEOPLE), {"names": names}), 400)

    assert problem["errors"][0]["field"] == field
    assert not Individual.objects.exists()


def test_two_names_alike_write_nothing(organisation, api_of):
    name = {"text": "Anna", "language_tag": "en"}

    problem = assert_problem(api_of().post(address(PEOPLE), {"names": [name, name]}), 400)

    assert problem["errors"][0]["message"] == "The person has this name already."
    assert not Individual.objects.exists()


def test_names_are_changed_where_they_are_kept(organisation, api_of):
    person = IndividualFactory()

    response = api_of().patch(
        address(PEOPLE, person.pk), {"names": []}, headers={"If-Match": '"1"'}
    )

    assert assert_problem(response, 400)["errors"][0]["code"] == "read_only"


def test_status_is_recorded(organisation, api_of):
    person, client = IndividualFactory(), api_of()
    path = address(PEOPLE, person.pk, "status-events")
    step = {"to_status": "located_held", "observation": "Seen.", "occurred_edtf": "2024-08~"}

    made = client.post(path, step, headers={"If-Match": '"1"'})
    stale = client.post(path, {**step, "to_status": "in_transit"}, headers={"If-Match": '"1"'})

    assert made.status_code == 201, made.content
    assert made.json()["from_status"] == "reported"
    assert_problem(stale, 412)
    shown = client.get(address(PEOPLE, person.pk)).json()
    assert shown["return_status"] == "located_held"
    listed = client.get(shown["status_events"]).json()["results"]
    assert [row["id"] for row in listed] == [made.json()["id"]]


@pytest.mark.parametrize(
    ("step", "field"),
    [
        ({"to_status": "reported", "observation": "x"}, "to_status"),
        ({"to_status": "nowhere", "observation": "x"}, "to_status"),
        ({"observation": "x"}, "to_status"),
        ({"to_status": "home", "axis": "other", "observation": "x"}, "axis"),
        ({"to_status": "located_held"}, ""),
        ({"to_status": "home", "from_status": "x", "observation": "x"}, "from_status"),
        ({"to_status": "home", "individual": "x", "observation": "x"}, "individual"),
    ],
)
def test_impossible_steps_are_refused(step, field, organisation, api_of):
    person = IndividualFactory()

    response = api_of().post(address(PEOPLE, person.pk, "status-events"), step)

    assert assert_problem(response, 400)["errors"][0]["field"] == field
    assert not StatusEvent.objects.exists()
    assert Individual.objects.get().version == 1


def test_closure_waits_for_a_second_person(organisation, api_of):
    person, caseworker, supervisor = (
        IndividualFactory(opened=True),
        api_of(),
        api_of(Role.SUPERVISOR),
    )
    path = address(PEOPLE, person.pk, "status-events")
    step = {"axis": "work", "observation": "Home."}

    assert caseworker.post(path, {**step, "to_status": "pending_closure"}).status_code == 201
    for client in (caseworker, supervisor):
        refused = client.post(path, {**step, "to_status": "closed"})
        assert "needs a second person" in assert_problem(refused, 400)["detail"]
    [waiting] = supervisor.get(address("status-proposals")).json()["results"]
    act = address("status-proposals", waiting["id"], "approve")
    assert_problem(caseworker.post(act, {}), 403)
    assert supervisor.post(act, {}).json()["state"] == "approved"
    assert Individual.objects.get().work_status == "closed"


def test_status_is_not_edited(organisation, api_of):
    person = IndividualFactory()
    for name in ("return_status", "work_status", "organisation", "recorded_by", "case_number"):
        response = api_of().patch(
            address(PEOPLE, person.pk), {name: "home"}, headers={"If-Match": '"1"'}
        )
        assert assert_problem(response, 400)["errors"][0]["field"] == name


def test_partner_reads_its_own_intake_alone(organisation, api_of):
    IndividualFactory()
    partner = api_of(Role.PARTNER)
    mine = partner.post(address(PEOPLE), {}).json()["id"]

    listed = partner.get(address(PEOPLE)).json()["results"]

    assert [row["id"] for row in listed] == [mine]


def test_clash_with_a_row_one_may_not_see_writes_nothing(organisation, api_of):
    RepatriationBatchFactory(code="same")
    sent = {"code": "same", "title": "B", "kind": "negotiated"}

    response = api_of(Role.PARTNER).post(address("repatriation-batches"), sent)

    assert response.status_code in {400, 409}
    assert_problem(response, response.status_code)


def test_code_of_another_organisation_is_free(organisation, other_organisation, api_of):
    RepatriationBatchFactory(code="same", organisation=other_organisation)
    sent = {"code": "same", "title": "B", "kind": "negotiated"}

    assert api_of().post(address("repatriation-batches"), sent).status_code == 201


def test_statement_is_made_with_its_speakers(organisation, api_of):
    official, client = OfficialFactory(), api_of()
    sent = {"code": "s-1", "attribution": "named", "summary": "What was said."}
    speakers = [{"official": str(official.pk)}]

    alone = assert_problem(client.post(address("statements"), sent), 400)
    made = client.post(address("statements"), {**sent, "speakers": speakers})
    cited = client.post(
        address("citations"),
        {"statement": made.json()["id"], "report": str(SourceReportFactory().pk)},
    )

    assert alone["errors"][0]["field"] == "speakers"
    assert made.json()["speakers"][0]["label"] == official.name
    shown = client.get(address("statements", made.json()["id"])).json()
    assert [row["id"] for row in shown["citations"]] == [cited.json()["id"]]
    report = client.get(address("source-reports", cited.json()["report"])).json()
    assert report["citations"][0]["statement"]["speakers"][0]["label"] == official.name
    found = client.get(address("statements"), {"official": official.pk, "report": report["id"]})
    assert [row["code"] for row in found.json()["results"]] == ["s-1"]


def test_legs_join(organisation, api_of):
    client = api_of()
    places = [
        client.post(address("places"), {"name": name, "kind": "country"}).json()["id"]
        for name in ("Ukraine", "Belarus", "Russia")
    ]
    route = client.post(address("routes"), {"code": "r", "title": "R"}).json()["id"]
    leg = {"route": route, "from_place": places[0], "to_place": places[1]}

    assert client.post(address("route-legs"), leg).json()["number"] == 1
    apart = {"route": route, "from_place": places[0], "to_place": places[2]}
    assert assert_problem(client.post(address("route-legs"), apart), 400)["errors"][0]["field"]
    assert client.post(address("route-legs"), {**apart, "from_place": places[1]}).status_code == 201


def test_unnamed_statement_keeps_no_speaker(organisation, api_of):
    statement, client = StatementFactory(), api_of()

    response = client.post(
        address("speakers"),
        {"statement": str(statement.pk), "official": str(OfficialFactory().pk)},
    )

    assert assert_problem(response, 400)["errors"][0]["field"] == "speakers"


def test_task_is_due_on_a_day(organisation, api_of):
    client = api_of()

    made = client.post(address("tasks"), {"title": "Call", "due_on": "2026-12-01"})
    wrong = [client.post(address("tasks"), {"title": "Call", "due_on": d}) for d in (1, "soon")]

    assert made.json()["due_on"] == "2026-12-01"
    assert client.get(address("tasks"), {"due_after": "2026-12-02"}).json()["results"] == []
    for response in wrong:
        assert assert_problem(response, 400)["errors"][0]["field"] == "due_on"


def test_place_has_a_point(organisation, api_of):
    sent = {"name": "Sudzha", "kind": "settlement", "latitude": 51.19, "longitude": "35.27"}

    shown = api_of().post(address("places"), sent).json()

    assert (shown["latitude"], shown["longitude"]) == ("51.19000", "35.27000")
