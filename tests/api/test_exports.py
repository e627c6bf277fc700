"""Files that tell who somebody is: a reason, a second person, a sealed file, a day, three times."""

import csv
import io
from datetime import timedelta
from hashlib import sha256

import pytest
from cryptography.exceptions import InvalidTag
from django.core.files.storage import default_storage
from python_calamine import CalamineWorkbook

from cases import clock
from cases.access.gate import System, acting_as
from cases.actions import attachments
from cases.exchange import sealing
from cases.jobs import exports as jobs
from cases.jobs.worker import Worker
from cases.models import AuditEntry, ExportRun, Individual, User
from cases.vocabulary.organisations import Role
from tests.api.collections import address
from tests.api.test_collections import assert_problem
from tests.api.test_files import content
from tests.factories import ExportRunFactory, IndividualFactory, IndividualNameFactory

pytestmark = pytest.mark.django_db
ASKED = {
    "collection": "individuals",
    "format": "csv",
    "reason": "The hospital asks for a list.",
    "filters": {"priority": "urgent"},
}


@pytest.fixture
def people(organisation):
    anna = IndividualFactory(priority="urgent", sex="female", circumstances="a secret")
    IndividualNameFactory(individual=anna, text="Анна Петрова")
    IndividualNameFactory(individual=IndividualFactory(), text="Иван Сидоров")
    return anna


@pytest.fixture
def asker(api_of):
    return api_of()


@pytest.fixture
def supervisor(api_of):
    return api_of(Role.SUPERVISOR)


def asked(client, **given):
    response = client.post(address("exports"), {**ASKED, **given})
    assert response.status_code == 201, response.content
    return address("exports", response.json()["id"])


def approved(client, supervisor, **given):
    path = asked(client, **given)
    response = supervisor.post(f"{path}approve/")
    assert response.status_code == 200, response.content
    Worker().turn()
    return path


def rows_of(response):
    return list(csv.reader(io.StringIO(content(response).decode())))


def test_a_second_person_lets_it_be_made_and_whoever_asked_takes_it(people, asker, supervisor):
    path = approved(asker, supervisor)

    shown = asker.get(path).json()
    whole = content(asker.get(f"{path}content/"))
    head, *rows, mark = csv.reader(io.StringIO(whole.decode()))

    assert (shown["state"], shown["rows"]) == ("ready", 1)
    assert shown["sha256"] == sha256(whole).hexdigest()
    assert shown["filters"] == {"priority": "urgent"}
    assert [row[head.index("names.text")] for row in rows] == ["Анна Петрова"]
    assert [row[head.index("sex")] for row in rows] == ["female"]
    assert "circumstances" not in head
    assert asker.user.email in mark[0]
    assert path.split("/")[-2] in mark[0]


def test_what_lies_in_the_storage_is_sealed(people, asker, supervisor):
    approved(asker, supervisor)
    run = ExportRun.objects.get()
    with default_storage.open(run.stored_name) as file:
        sealed = file.read()

    assert "Анна".encode() not in sealed
    assert b"case_number" not in sealed
    assert "salt" not in asker.get(address("exports", run.pk)).json()
    with pytest.raises(InvalidTag):
        b"".join(sealing.opened(io.BytesIO(sealed), salt=sealing.new_salt()))


@pytest.mark.parametrize("size", [0, 1, sealing.BLOCK, sealing.BLOCK + 1, 3 * sealing.BLOCK])
def test_a_sealed_file_opens_whole_or_not_at_all(size):
    salt, sealed = sealing.new_salt(), io.BytesIO()
    sealer = sealing.Sealer(sealed, salt)
    for start in range(0, size, 1000):
        sealer.write(b"x" * min(1000, size - start))
    sealer.finish()
    lying = sealed.getvalue()
    assert (sealer.size, sealer.sha256) == (size, sha256(b"x" * size).hexdigest())

    assert b"".join(sealing.opened(io.BytesIO(lying), salt=salt)) == b"x" * size
    if size > sealing.BLOCK:
        short = lying[: sealing.BLOCK + 16]
        with pytest.raises(InvalidTag):
            b"".join(sealing.opened(io.BytesIO(short), salt=salt))


def test_nobody_decides_on_their_own(people, supervisor, api_of):
    path = asked(supervisor)

    assert_problem(supervisor.post(f"{path}approve/"), 400)
    assert_problem(supervisor.post(f"{path}decline/", {"reason": "No."}), 400)
    assert api_of(Role.SUPERVISOR).post(f"{path}approve/").status_code == 200


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.PARTNER, Role.MANAGER, Role.AUDITOR])
def test_only_supervisors_decide(role, people, asker, api_of):
    path = asked(asker)

    assert api_of(role).post(f"{path}approve/").status_code in {403, 404}


@pytest.mark.parametrize("role", [Role.MANAGER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_whoever_reads_no_names_asks_for_no_file(role, organisation, api_of):
    assert_problem(api_of(role).post(address("exports"), ASKED), 403)


def test_another_organisation_neither_sees_nor_decides(people, asker, other_organisation, api_of):
    path = asked(asker)
    stranger = api_of(Role.SUPERVISOR, organisation=other_organisation)

    assert_problem(stranger.get(path), 404)
    assert_problem(stranger.post(f"{path}approve/"), 404)


def test_a_declined_file_is_not_made(people, asker, supervisor):
    path = asked(asker)
    assert supervisor.post(f"{path}decline/", {"reason": "Too much."}).status_code == 200
    Worker().turn()

    assert asker.get(path).json()["decision_reason"] == "Too much."
    assert_problem(asker.get(f"{path}content/"), 400)
    assert_problem(supervisor.post(f"{path}approve/"), 400)


def test_it_is_taken_three_times_at_most(people, asker, supervisor):
    path = approved(asker, supervisor)
    for _ in range(3):
        content(asker.get(f"{path}content/"))

    problem = assert_problem(asker.get(f"{path}content/"), 400)

    assert problem["errors"][0]["code"] == "over"
    assert asker.get(path).json()["downloads"] == 3


def test_it_is_taken_by_whoever_asked_alone(people, asker, supervisor, api_of):
    path = approved(asker, supervisor)

    assert_problem(supervisor.get(f"{path}content/"), 403)
    assert_problem(api_of().get(f"{path}content/"), 403)
    assert asker.get(path).json()["downloads"] == 0


def test_after_a_day_it_is_gone_with_its_key(
    people, asker, supervisor, django_capture_on_commit_callbacks
):
    path = approved(asker, supervisor)
    name = ExportRun.objects.get().stored_name
    assert default_storage.exists(name)
    later = clock.now() + timedelta(hours=25)
    with clock.fixed(later):
        assert_problem(asker.get(f"{path}content/"), 400)
        with django_capture_on_commit_callbacks(execute=True):
            jobs.purge("")
            jobs.purge("")

    run = ExportRun.objects.get()
    assert (run.state, run.stored_name, run.salt) == ("over", "", "")
    assert not default_storage.exists(name)
    assert run.sha256


def test_what_was_taken_often_enough_goes_at_once(
    people, asker, supervisor, django_capture_on_commit_callbacks
):
    path = approved(asker, supervisor)
    for _ in range(3):
        content(asker.get(f"{path}content/"))
    with django_capture_on_commit_callbacks(execute=True):
        jobs.purge("")

    assert ExportRun.objects.get().state == "over"


def test_the_file_is_made_under_the_rights_of_that_moment(people, asker, supervisor):
    path = asked(asker)
    User._base_manager.filter(pk=asker.user.pk).update(role=Role.MANAGER)
    supervisor.post(f"{path}approve/")
    Worker().turn()

    run = ExportRun.objects.get()
    assert run.state == "failed"
    assert run.stored_name == ""


def test_whoever_is_switched_off_gets_no_file(people, asker, supervisor):
    path = asked(asker)
    User._base_manager.filter(pk=asker.user.pk).update(is_active=False)
    supervisor.post(f"{path}approve/")
    Worker().turn()

    assert ExportRun.objects.get().state == "failed"


def test_a_partner_has_its_own_intake_only(people, api_of, supervisor):
    partner = api_of(Role.PARTNER)
    mine = IndividualFactory(recorded_by=partner.user, priority="urgent")
    path = approved(partner, supervisor)

    head, *rows, _mark = rows_of(partner.get(f"{path}content/"))

    assert [row[head.index("id")] for row in rows] == [str(mine.pk)]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"collection": "nowhere"}, "collection"),
        ({"filters": {"no_such": "1"}}, "filters"),
        ({"filters": {"priority": "no such"}}, "priority"),
        ({"filters": {"page_size": "10"}}, "filters"),
        ({"filters": ["priority"]}, "filters"),
        ({"filters": {"priority": 1}}, "filters"),
        ({"format": "pdf"}, "format"),
        ({"reason": ""}, "reason"),
    ],
)
def test_what_cannot_be_made_is_refused_when_asked(given, field, people, asker):
    problem = assert_problem(asker.post(address("exports"), {**ASKED, **given}), 400)

    assert problem["errors"][0]["field"] == field
    assert not ExportRun.objects.exists()


def test_a_name_may_narrow_it(people, asker, supervisor):
    path = approved(asker, supervisor, filters={"q": "sidorov"}, format="jsonl")

    lines = content(asker.get(f"{path}content/")).decode().splitlines()

    assert "Иван Сидоров" in lines[0]
    assert "Made for" in lines[-1]
    assert len(lines) == 2


def test_the_trail_tells_all_of_it(people, asker, supervisor):
    path = approved(asker, supervisor)
    content(asker.get(f"{path}content/"))
    run = ExportRun.objects.get()

    entries = AuditEntry.objects.filter(target_id=run.pk).order_by("number")

    assert [(entry.act, entry.actor_id) for entry in entries] == [
        ("recorded", asker.user.pk),
        ("approved", supervisor.user.pk),
        ("exported", asker.user.pk),
        ("downloaded", asker.user.pk),
    ]
    assert f"1 rows of individuals as csv, SHA-256 {run.sha256}" in entries[2].reason
    assert "Петрова" not in "".join(entry.reason for entry in entries)


def test_a_file_is_made_once(people, asker, supervisor):
    approved(asker, supervisor)
    run = ExportRun.objects.get()

    jobs.build(str(run.pk))

    assert ExportRun.objects.get().stored_name == run.stored_name


def test_the_sweep_of_uploads_leaves_it_alone(people, asker, supervisor):
    approved(asker, supervisor)
    run = ExportRun.objects.get()
    system = System("tests")
    with acting_as(system):
        swept = attachments.sweep(by=system, before=clock.now() + timedelta(days=1), delete=False)

    assert run.stored_name not in swept.orphans


def test_a_missing_file_is_a_fault_of_ours(people, asker, supervisor):
    path = approved(asker, supervisor)
    default_storage.delete(ExportRun.objects.get().stored_name)

    assert asker.get(f"{path}content/").status_code == 500


def test_managers_see_that_files_leave_and_not_what_for(organisation, api_of):
    run = ExportRunFactory()

    shown = api_of(Role.MANAGER).get(address("exports", run.pk)).json()

    assert (shown["collection"], shown["state"]) == ("individuals", "waiting")
    assert {"filters", "reason"} <= {*shown["masked"]}
    assert Individual.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_the_worker_makes_it_in_a_snapshot_of_its_own(people, asker, supervisor):
    path = approved(asker, supervisor)

    assert len(rows_of(asker.get(f"{path}content/"))) == 3


@pytest.mark.parametrize("file_format", ["xlsx", "hxl"])
def test_every_format_comes_out_as_it_went_in(file_format, people, asker, supervisor):
    path = approved(asker, supervisor, format=file_format)

    whole = content(asker.get(f"{path}content/"))

    assert sha256(whole).hexdigest() == asker.get(path).json()["sha256"]
    if file_format == "xlsx":
        book = CalamineWorkbook.from_filelike(io.BytesIO(whole))
        *_, mark = book.get_sheet_by_name("About").to_python()
        assert mark[0] == "mark"
        assert asker.user.email in str(mark[1])
