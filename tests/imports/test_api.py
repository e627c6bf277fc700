"""Files in, over the API."""

import csv
import io

import pytest

from cases.models import AuditEntry, ImportRun, Individual
from cases.vocabulary.organisations import Role
from tests.imports.running import many, people, to_the_end

pytestmark = pytest.mark.django_db
IMPORTS = "/api/v1/imports/"


@pytest.fixture
def client(api_of):
    return api_of(Role.CASEWORKER)


def sent(client, content, kind="individuals", **more):
    file = io.BytesIO(content)
    file.name = "list.csv"
    return client.post(IMPORTS, {"kind": kind, "file": file, **more}, format="multipart")


def finish(answer):
    return to_the_end(ImportRun.objects.get(pk=answer.json()["id"]))


def test_a_file_goes_all_the_way(client):
    taken = sent(client, people("1;Анна;ж;1980;", "2;Іван;чч;;"))
    assert taken.status_code == 201, taken.content
    body = taken.json()
    assert body["state"] == "uploaded"
    assert body["columns"] == ["id", "name", "sex", "birth", "circumstances"]
    assert body["mapping"] == ["external_id", "name", "sex", "birth_edtf", "circumstances"]
    address = f"{IMPORTS}{body['id']}/"

    assert client.post(f"{address}run/", {}, format="json").status_code == 400
    mapped = client.post(f"{address}map/", {"mapping": body["mapping"]}, format="json")
    assert mapped.json()["state"] == "mapped", mapped.content
    dry = client.post(f"{address}dry-run/", {}, format="json")
    assert dry.json()["state"] == "checking"
    finish(dry)
    checked = client.get(address).json()
    assert (checked["state"], checked["rows_added"], checked["rows_refused"]) == ("checked", 1, 1)
    assert checked["row_errors"][0]["row"] == 3
    assert "чч" in checked["row_errors"][0]["message"]
    assert not Individual.objects.exists()

    finish(client.post(f"{address}run/", {}, format="json"))
    ended = client.get(address).json()
    assert (ended["state"], ended["rows_added"]) == ("ended", 1)
    result = client.get(f"{address}result/")
    rows = list(csv.DictReader(io.StringIO(result.content.decode("utf-8-sig"))))
    assert [row["outcome"] for row in rows] == ["added", "refused"]
    assert rows[0]["case_number"].startswith("C-000001-")
    assert AuditEntry.objects.filter(act="downloaded", model="importrun").count() == 1


def test_the_mapping_is_used_again_for_the_same_headers(client):
    first = sent(client, b"A,B\n1,x\n").json()
    assert first["mapping"] == ["", ""]
    address = f"{IMPORTS}{first['id']}/"
    mapped = client.post(f"{address}map/", {"mapping": ["external_id", "name"]}, format="json")
    assert mapped.status_code == 200, mapped.content

    again = sent(client, b"A,B\n2,y\n").json()

    assert (again["state"], again["mapping"]) == ("mapped", ["external_id", "name"])


def test_hashtags_map_the_columns_and_skip_the_step(client):
    content = "Номер,Кто,М/Ж\n#meta+id,#respondee+name,#respondee+sex\n1,Анна,f\n".encode()

    body = sent(client, content).json()

    assert (body["state"], body["is_tagged"], body["rows"]) == ("mapped", True, 1)
    assert body["mapping"] == ["external_id", "name", "sex"]


@pytest.mark.parametrize(
    ("mapping", "sentence"),
    [
        (["name"], "The file has 2 columns."),
        (["name", "nonsense"], "“nonsense” is no field"),
        (["name", "name"], "Two columns"),
        (["sex", ""], "Say which column holds one of these"),
        (["name", "return_status"], "“return_status” is no field"),
        (["name", "organisation"], "“organisation” is no field"),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused(client, mapping, sentence):
    body = sent(client, b"A,B\n1,x\n").json()

    answer = client.post(f"{IMPORTS}{body['id']}/map/", {"mapping": mapping}, format="json")

    assert answer.status_code == 400
    assert sentence in answer.json()["errors"][0]["message"]


def test_a_colleague_sees_that_there_is_an_import_and_nothing_of_the_file(client, api_of):
    body = sent(client, people(*many(2))).json()
    address = f"{IMPORTS}{body['id']}/"
    colleague = api_of(Role.CASEWORKER)

    seen = colleague.get(address).json()

    assert (seen["columns"], seen["mapping"], seen["row_errors"]) == ([], [], [])
    assert colleague.get(f"{address}result/").status_code == 403
    assert colleague.post(f"{address}run/", {}, format="json").status_code in {400, 403}
    assert colleague.post(f"{address}stop/", {}, format="json").status_code == 403


def test_a_partner_brings_no_places(api_of):
    answer = sent(api_of(Role.PARTNER), b"name,kind\nSudzha,settlement\n", kind="places")

    assert answer.status_code == 403
    assert "places" in answer.json()["detail"]


def test_stopping_deletes_the_file(client):
    body = sent(client, people(*many(2))).json()

    stopped = client.post(f"{IMPORTS}{body['id']}/stop/", {}, format="json")

    assert stopped.json()["state"] == "stopped"
    assert ImportRun.objects.get().stored_name == ""


def test_sent_twice_under_one_key_it_is_kept_once(client):
    headers = {"Idempotency-Key": "one"}
    for _time in range(2):
        file = io.BytesIO(people(*many(2)))
        file.name = "list.csv"
        client.post(
            IMPORTS, {"kind": "individuals", "file": file}, format="multipart", headers=headers
        )

    assert ImportRun.objects.count() == 1
