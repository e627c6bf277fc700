"""Files in, on the staff's site."""

import io

import pytest
from django.core.management import CommandError, call_command

from cases.models import ImportRun, Individual
from cases.vocabulary.organisations import Role
from tests.imports.running import people, to_the_end

pytestmark = pytest.mark.django_db
PAGE = "/admin/imports/"


@pytest.fixture
def staff(client_of):
    return client_of(Role.CASEWORKER)


def upload(staff, content, **more):
    file = io.BytesIO(content)
    file.name = "list.csv"
    staff.get(PAGE)
    given = {"kind": "individuals", "mode": "each", "file": file, **more}
    return staff.post(PAGE, given)


def test_staff_upload_match_check_and_add(staff):
    answer = upload(staff, people("1;Анна;ж;1980;", "2;Іван;чч;;"))
    assert answer.status_code == 302, answer.content.decode()
    url = answer.url
    page = staff.get(url).content.decode()
    assert "What the columns hold" in page
    run = ImportRun.objects.get()
    fields = ["external_id", "name", "sex", "birth_edtf", ""]
    staff.post(url, {"match": "1", **{f"column_{n}": f for n, f in enumerate(fields)}})
    staff.post(url, {"dry": "1"})
    assert "Being checked" in staff.get(url).content.decode()
    to_the_end(ImportRun.objects.get())
    page = staff.get(url).content.decode()
    assert "sex: “чч” is not one of: female, male, other, unknown." in page
    assert not Individual.objects.exists()

    staff.post(url, {"run": "1"})
    to_the_end(ImportRun.objects.get())

    assert Individual.objects.count() == 1
    assert "Ended" in staff.get(url).content.decode()
    result = staff.get(f"{url}result/")
    assert b"added" in result.content
    assert run.pk == ImportRun.objects.get().pk


def test_a_bad_file_is_said_beside_the_field(staff):
    answer = upload(staff, b"%PDF-1.4 nothing")

    assert answer.status_code == 200
    assert "This is no table that can be read." in answer.content.decode()
    assert not ImportRun.objects.exists()


def test_nobody_opens_the_import_of_a_colleague(staff, client_of):
    url = upload(staff, people("1;Анна;ж;1980;")).url

    assert client_of(Role.SUPERVISOR).get(url).status_code == 404


def test_whoever_adds_nothing_uploads_nothing(client_of):
    assert client_of(Role.MANAGER).get(PAGE).status_code == 403


def test_the_command_imports_as_a_user(user_of, tmp_path, capsys):
    user = user_of(Role.CASEWORKER)
    file = tmp_path / "list.csv"
    file.write_bytes(people("1;Анна;ж;1980;", "2;Іван;чч;;"))
    told = {"kind": "individuals", "email": user.email}

    call_command("import_file", file, dry_run=True, **told)
    assert not Individual.objects.exists()
    call_command("import_file", file, **told)

    assert Individual.objects.get().recorded_by_id == user.pk
    said = capsys.readouterr().out
    assert "2 rows: 1 would be added, 0 unchanged, 1 refused." in said
    assert "Row 3: sex: “чч” is not one of" in said
    with pytest.raises(CommandError, match="no user with the address"):
        call_command("import_file", file, kind="individuals", email="nobody@example.org")
    with pytest.raises(CommandError, match="Say which column holds"):
        call_command("import_file", file, map="sex,,,,", **told)
