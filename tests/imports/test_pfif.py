"""PFIF in: people of other registries are offered, and a person decides of each."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command

from cases import clock
from cases.access.gate import acting_as
from cases.actions import offers
from cases.jobs.imports import forget
from cases.models import AuditEntry, ImportRun, Individual, Note, PersonOffer
from cases.queries import offers as queries
from cases.rules import pfif_records
from cases.vocabulary.organisations import Role
from tests.factories import (
    ConsentFactory,
    IndividualFactory,
    IndividualNameFactory,
    OrganisationFactory,
    PersonOfferFactory,
)
from tests.imports.pfif_files import BOMB, EXTERNAL, note, person, pfif
from tests.imports.running import begun, imported, to_the_end, told, uploaded
from tests.imports.test_admin import upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def caseworker(actor_of):
    return actor_of(Role.CASEWORKER)


def taken(actor, *records, version="1.4"):
    return imported(actor, pfif(*records, version=version), kind="pfif")


def only_offer():
    return PersonOffer.objects.get(state="offered")


def test_a_record_is_offered_and_no_case_is_made(caseworker):
    run = taken(caseworker, person(note()))

    assert (run.rows, run.rows_added, run.state) == (1, 1, "ended")
    assert not Individual.objects.exists()
    record = queries.record_of(only_offer())
    assert record.fields["full_name"] == "Іван Петренко"
    assert record.fields["source_url"] == "https://people.example.org/1"
    assert "entry_date" not in record.fields
    assert record.notes[0]["text"] == "Seen at the station."
    assert AuditEntry.objects.filter(model="personoffer", act="offered").count() == 1


@pytest.mark.parametrize("version", ["1.2", "1.3"])
def test_older_versions_are_read_under_the_names_of_today(version, caseworker):
    old = {"full_name": "", "description": "", "first_name": "Ivan", "last_name": "Petrenko",
           "home_zip": "41500", "other": "description: Green coat"}  # fmt: skip
    taken(caseworker, person(note(author_made_contact="", found="true"), **old), version=version)

    record = queries.record_of(only_offer())
    assert record.fields["given_name"] == "Ivan"
    assert record.fields["family_name"] == "Petrenko"
    assert record.fields["home_postal_code"] == "41500"
    assert record.fields["description"] == "Green coat"
    assert record.notes[0]["author_made_contact"] == "true"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (BOMB, "document type or entities"),
        (EXTERNAL, "document type or entities"),
        (pfif(person(), version="1.1"), "PFIF 1.1 is not taken. Send 1.2, 1.3 or 1.4."),
        (pfif(person(), version="1.5"), "PFIF 1.5 is not taken"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'></feed>", "This is no PFIF file"),
        (b"<pfif>", "This is no PFIF file"),
        (pfif(person())[:-20], "cannot be read as XML"),
        (b"\xff\xfe\x00nothing", "cannot be read as XML"),
        (b'<?xml version="1.0" encoding="utf-7"?><a/>', "cannot be read as XML"),
        (pfif(f"<pfif:person>{'<a>' * 9000}{'</a>' * 9000}</pfif:person>"), "elements within"),
        (pfif(), "no rows"),
        (b"", "cannot be read as XML"),
        (pfif(*["<pfif:person/>"] * 10_001), "more than 10000 records"),
        (pfif(*[person()] * 2_001), "At most 2,000 are taken"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_trusted_is_refused_whole(content, sentence, caseworker):
    with pytest.raises(ValidationError) as refusal:
        uploaded(caseworker, content, kind="pfif")

    assert sentence in " ".join(refusal.value.messages)
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"person_record_id": ""}, "person_record_id: It is missing"),
        ({"person_record_id": "no slash"}, "person_record_id: “no slash” is not as PFIF has it."),
        ({"source_date": ""}, "source_date: It is missing"),
        ({"source_date": "2024-13-01T00:00:00Z"}, "source_date: “2024-13-01T00:00:00Z” is not"),
        ({"sex": "m"}, "sex: “m” is not as PFIF has it."),
        ({"date_of_birth": "1980-02-30"}, "date_of_birth: “1980-02-30” is not"),
        ({"age": "old"}, "age: “old” is not"),
        ({"full_name": ""}, "full_name: There is no name."),
        ({"description": "x" * 3001}, "description: More than 3000 characters."),
    ],
)
def test_a_record_that_is_not_as_it_should_be_is_refused_by_its_number(more, sentence, caseworker):
    run = taken(caseworker, person(**more), person(person_record_id="people.example.org/2"))

    assert sentence in told(run)[1][1]
    assert told(run)[2][0] == "added"


def test_the_same_file_twice_changes_nothing(caseworker):
    taken(caseworker, person(note()))
    again = taken(caseworker, person(note(entry_date="x"), entry_date="2025-01-01T00:00:00Z"))

    assert again.rows_unchanged == 1
    assert PersonOffer.objects.count() == 1


def test_a_later_version_takes_the_place_of_one_that_waits_and_an_older_one_is_refused(caseworker):
    taken(caseworker, person())
    taken(caseworker, person(full_name="Іван Петренко-Мельник", source_date="2024-09-01T00:00:00Z"))
    run = taken(caseworker, person(full_name="І. Петренко", source_date="2024-08-01T00:00:00Z"))

    assert queries.record_of(only_offer()).fields["full_name"] == "Іван Петренко-Мельник"
    assert PersonOffer.objects.get(state="replaced").content == ""
    assert "A later version of this record is here already." in told(run)[1][1]


def test_what_is_out_of_time_is_not_kept(caseworker):
    run = taken(caseworker, person(expiry_date="2024-09-01T00:00:00Z"))

    assert "The time is up that its source set." in told(run)[1][1]
    assert PersonOffer.objects.get().state == "withdrawn"
    assert PersonOffer.objects.get().content == ""


def test_a_tombstone_takes_away_what_waits_and_touches_no_case(caseworker):
    taken(caseworker, person())
    with acting_as(caseworker):
        kept = offers.register(only_offer(), by=caseworker)
    later = {"source_date": "2024-09-01T00:00:00Z"}
    taken(caseworker, person(**later))
    blank = dict.fromkeys(("author_name", "source_name", "source_url", "full_name", "sex",
                           "date_of_birth", "description"), "")  # fmt: skip
    over = {**blank, "source_date": "2024-10-01T00:00:00Z", "expiry_date": "2024-10-01T00:00:00Z"}
    run = taken(caseworker, person(**over))

    assert "Its source has taken it back." in told(run)[1][1]
    assert not PersonOffer.objects.filter(state="offered").exists()
    assert not PersonOffer.objects.exclude(content="").exists()
    assert run.outcomes.get().alike == kept.case_number
    assert Individual.objects.get().names.count() == 1


def test_a_dry_run_keeps_nothing(caseworker):
    run = to_the_end(begun(caseworker, uploaded(caseworker, pfif(person()), "pfif"), is_dry=True))

    assert (run.state, run.rows_added) == ("checked", 1)
    assert not PersonOffer.objects.exists()


def test_taken_in_it_is_a_new_case_with_who_said_so(caseworker):
    taken(caseworker, person(note(), alternate_names="Ваня\nИван Петренко", age="44"))
    with acting_as(caseworker):
        made = offers.register(only_offer(), by=caseworker)

    names = {(name.text, name.kind) for name in made.names.all()}
    assert names == {("Іван Петренко", "official"), ("Ваня", "variant"),
                     ("Иван Петренко", "variant")}  # fmt: skip
    assert (made.sex, made.birth_edtf, made.age_as_stated) == ("male", "1980-05", 44)
    assert made.age_as_of_edtf == "2024-08-06"
    assert (made.circumstances, made.return_status) == ("Зелена куртка.", "reported")
    texts = list(Note.objects.order_by("recorded_at", "text").values_list("text", flat=True))
    whole = "\n".join(texts)
    for line in ("person_record_id: people.example.org/person.1", "author_name: Марія Автор",
                 "source_url: https://people.example.org/1", "source_date: 2024-08-06T10:00:00Z",
                 "status: believed_alive", "last_known_location: Суджа"):  # fmt: skip
        assert line in whole
    row = PersonOffer.objects.get()
    assert (row.state, row.content, row.target_id) == ("registered", "", made.pk)


def test_written_on_a_case_that_is_there_it_changes_nothing_else_of_it(caseworker):
    here = IndividualFactory(sex="female")
    taken(caseworker, person(note()))
    with acting_as(caseworker):
        offers.note(only_offer(), by=caseworker, individual=here)

    assert Individual.objects.get().version == here.version
    assert Note.objects.filter(individual=here).count() == 2
    texts = Note.objects.filter(individual=here).values_list("text", flat=True)
    assert any("Зелена куртка." in text for text in texts)


def test_another_organisations_case_gets_no_note(caseworker):
    theirs = IndividualFactory(organisation=OrganisationFactory(other=True))
    taken(caseworker, person())
    with acting_as(caseworker), pytest.raises(PermissionDenied):
        offers.note(only_offer(), by=caseworker, individual=theirs)

    assert not Note.objects.exists()
    assert PersonOffer.objects.get().state == "offered"


def test_it_is_decided_once(caseworker):
    taken(caseworker, person())
    with acting_as(caseworker):
        row = only_offer()
        with pytest.raises(ValidationError, match="Say why it is left"):
            offers.leave(row, by=caseworker, reason=" ")
        offers.leave(row, by=caseworker, reason="Nobody of ours.")
        with pytest.raises(ValidationError, match="decided already"):
            offers.register(row, by=caseworker)

    assert PersonOffer.objects.get().reason == "Nobody of ours."
    assert not Individual.objects.exists()


def test_likely_matches_are_named(caseworker):
    here = IndividualFactory(sex="male")
    IndividualNameFactory(individual=here, text="Иван Петренко")
    IndividualNameFactory(individual=IndividualFactory(), text="Иван Морозов")
    taken(caseworker, person(alternate_names="Ваня"))
    with acting_as(caseworker):
        (found,) = queries.alike(queries.record_of(only_offer()))

    assert found.person == here


def test_what_others_say_of_our_own_case_is_offered_and_the_rest_is_known(caseworker, settings):
    settings.PUBLIC_URL = "https://tracker.example.org"
    here = IndividualFactory()
    own = f"tracker.example.org/{here.pk}"
    ours = note(person_record_id=own, note_record_id=f"{own}.status")
    run = taken(caseworker, person(ours, person_record_id=own))
    assert (run.rows_unchanged, PersonOffer.objects.count()) == (1, 0)

    taken(caseworker, person(ours, note(person_record_id=own), person_record_id=own))
    row = only_offer()
    with acting_as(caseworker):
        assert queries.already_of(row) == [here]
        with pytest.raises(ValidationError, match="only notes"):
            offers.register(row, by=caseworker)
    assert len(queries.record_of(row).notes) == 1


def test_notes_beside_the_people_belong_to_them_and_notes_alone_are_offered(caseworker):
    other = "people.example.org/person.9"
    taken(caseworker, person(), note(), note(person_record_id=other))

    records = [queries.record_of(row) for row in PersonOffer.objects.order_by("recorded_at")]
    assert [(one.has_person, len(one.notes)) for one in records] == [(True, 1), (False, 1)]


def test_what_waits_too_long_or_past_its_end_is_deleted(caseworker):
    with clock.fixed(datetime(2024, 8, 10, tzinfo=UTC)):
        taken(caseworker, person(expiry_date="2024-08-20T00:00:00Z"))
        taken(caseworker, person(person_record_id="people.example.org/2"))
    with clock.fixed(datetime(2024, 8, 21, tzinfo=UTC)):
        forget("")
        assert only_offer().ends_at is None
    with clock.fixed(datetime(2024, 8, 11, tzinfo=UTC) + timedelta(days=90)):
        forget("")

    assert not PersonOffer.objects.exclude(content="").exists()
    with acting_as(caseworker), pytest.raises(PermissionDenied):
        offers.forget_old(by=caseworker)


def test_export_and_import_give_the_same_people(caseworker, api_of, actor_of, settings):
    settings.PUBLIC_URL = "https://tracker.example.org"
    given = IndividualFactory(sex="female", return_status="home")
    for part, text in (("full", "Анна Петрова"), ("given", "Анна"), ("family", "Петрова")):
        IndividualNameFactory(individual=given, text=text, part=part)
    IndividualNameFactory(individual=given, text="Hanna Petrova", language_tag="und-Latn")
    ConsentFactory(individual=given, purpose="publish_name")
    feed = api_of().get("/api/v1/pfif/persons.xml").content
    theirs = actor_of(Role.CASEWORKER, organisation=OrganisationFactory(other=True))

    run = imported(theirs, feed, kind="pfif")
    with acting_as(theirs):
        made = offers.register(only_offer(), by=theirs)

    assert run.rows_added == 1
    assert made.sex == "female"
    assert {(name.text, name.part) for name in made.names.all()} == {
        ("Анна Петрова", "full"), ("Анна", "given"), ("Петрова", "family"),
        ("Hanna Petrova", "full"),
    }  # fmt: skip
    whole = "\n".join(Note.objects.values_list("text", flat=True))
    assert f"tracker.example.org/{given.pk}" in whole
    assert "believed_alive" in whole


def test_staff_look_and_decide(client_of):
    staff = client_of(Role.CASEWORKER)
    here = IndividualFactory(sex="male")
    IndividualNameFactory(individual=here, text="Иван Петренко")
    url = upload(staff, pfif(person(note()), person(person_record_id="x.org/2")), kind="pfif").url
    page = staff.get(url).content.decode()
    assert "What the columns hold" not in page
    staff.post(url, {"run": "1"})
    to_the_end(ImportRun.objects.get())
    assert "Look at them one by one" in staff.get(url).content.decode()

    assert "Іван Петренко" in staff.get("/admin/offers/").content.decode()
    first, second = PersonOffer.objects.order_by("recorded_at")
    page = staff.get(f"/admin/offers/{first.pk}/").content.decode()
    assert here.case_number in page
    assert "https://people.example.org/1" in page
    assert 'href="https://people' not in page
    answer = staff.post(f"/admin/offers/{first.pk}/", {"note": "1", "case": "C-0"})
    assert "There is no such case" in answer.content.decode()
    answer = staff.post(f"/admin/offers/{first.pk}/", {"note": "1", "case": here.case_number})
    assert answer.status_code == 302
    assert "Notes on a case" in staff.get(f"/admin/offers/{first.pk}/").content.decode()
    answer = staff.post(f"/admin/offers/{second.pk}/", {"take": "1"})
    assert answer.status_code == 302
    assert Individual.objects.count() == 2
    assert AuditEntry.objects.filter(model="personoffer", act="read").exists()


def test_others_do_not_see_it(client_of):
    row = PersonOfferFactory()
    theirs = client_of(Role.CASEWORKER, organisation=OrganisationFactory(other=True))

    assert theirs.get(f"/admin/offers/{row.pk}/").status_code == 404
    assert client_of(Role.MANAGER).get(f"/admin/offers/{row.pk}/").status_code == 403


def test_by_the_api_and_by_the_command(api_of, tmp_path, user_of):
    client = api_of(Role.CASEWORKER)
    file = io.BytesIO(pfif(person()))
    file.name = "people.xml"
    answer = client.post("/api/v1/imports/", {"kind": "pfif", "file": file}, format="multipart")
    assert answer.status_code == 201, answer.content
    body = answer.json()
    assert (body["state"], body["columns"], body["fields_known"]) == ("mapped", [], [])
    address = f"/api/v1/imports/{body['id']}/"
    refused = client.post(f"{address}map/", {"mapping": []}, format="json")
    assert "no columns to match" in refused.content.decode()
    assert client.post(f"{address}run/", {}, format="json").status_code == 200
    to_the_end(ImportRun.objects.get())
    assert PersonOffer.objects.count() == 1

    path = tmp_path / "more.xml"
    path.write_bytes(pfif(person(person_record_id="people.example.org/7")))
    call_command("import_file", path, kind="pfif", email=user_of(Role.CASEWORKER).email)
    assert PersonOffer.objects.count() == 2


def test_long_words_go_into_several_notes():
    told_ = dict.fromkeys(("description", "home_city", "photo_url"), "x" * 2900)
    record = pfif_records.Registered(1, "1.4", {"person_record_id": "a/1", **told_}, ())

    texts = pfif_records.texts(record, with_description=True)

    assert len(texts) == 3
    assert all(len(text) < 4_000 for text in texts)
