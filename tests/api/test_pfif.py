"""PFIF 1.4: who consents to publication is told of, and taken back when they no longer do."""

from datetime import UTC, date, datetime
from xml.etree.ElementTree import fromstring

import pytest

from cases import clock
from cases.access.gate import acting_as
from cases.actions import consents
from cases.models import AuditEntry, Consent, Individual
from cases.rules.pfif import STATUSES, age_range
from cases.vocabulary.organisations import Role
from cases.vocabulary.status import ReturnStatus
from tests.api.test_collections import assert_problem
from tests.factories import ConsentFactory, IndividualFactory, IndividualNameFactory

pytestmark = pytest.mark.django_db
FEED = "/api/v1/pfif/persons.xml"
NAMESPACE = "{http://zesty.ca/pfif/1.4}"
PERSON_FIELDS = (
    "person_record_id", "entry_date", "expiry_date", "author_name", "author_email",
    "author_phone", "source_name", "source_date", "source_url", "full_name", "given_name",
    "family_name", "alternate_names", "description", "sex", "date_of_birth", "age",
    "home_street", "home_neighborhood", "home_city", "home_state", "home_postal_code",
    "home_country", "photo_url", "profile_urls", "note",
)  # fmt: skip
NOTE_FIELDS = (
    "note_record_id", "person_record_id", "linked_person_record_id", "entry_date", "author_name",
    "author_email", "author_phone", "source_date", "author_made_contact", "status",
    "email_of_found_person", "phone_of_found_person", "last_known_location", "text", "photo_url",
)  # fmt: skip
PLACEHOLDER = {"person_record_id", "source_date", "entry_date", "expiry_date"}


def published(name="Анна Петрова", **fields):
    person = IndividualFactory(**fields)
    IndividualNameFactory(individual=person, text=name)
    ConsentFactory(individual=person, purpose="publish_name")
    return person


def people_in(response):
    assert response.status_code == 200, response.content
    root = fromstring(response.content)  # noqa: S314
    assert root.tag == f"{NAMESPACE}pfif"
    return [fields_of(person) for person in root]


def fields_of(element):
    return {
        child.tag.removeprefix(NAMESPACE): fields_of(child) if len(child) else child.text
        for child in element
    }


def test_only_whoever_consents_to_publication_is_told(organisation, api_of):
    person = published(sex="female", age_as_stated=34, age_as_of_edtf="2026-01", birth_edtf="1991")
    other = IndividualFactory()
    IndividualNameFactory(individual=other, text="Иван Сидоров")
    ConsentFactory(individual=other, purpose="search")
    with clock.fixed(datetime(2026, 11, 25, tzinfo=UTC)):
        response = api_of().get(FEED)

    (told,) = people_in(response)

    assert response.headers["Content-Type"] == "application/xml"
    assert told["full_name"] == "Анна Петрова"
    assert told["person_record_id"].endswith(f"/{person.pk}")
    assert told["sex"] == "female"
    assert told["age"] == "30-39"
    assert "date_of_birth" not in told
    assert not [name for name in told if name.startswith(("home", "author_e", "author_p", "photo"))]


def test_elements_stand_in_the_order_of_the_format(organisation, api_of):
    published(sex="male", return_status=ReturnStatus.HOME)
    root = fromstring(api_of().get(FEED).content)  # noqa: S314

    (person,) = root
    names = [child.tag.removeprefix(NAMESPACE) for child in person]
    notes = [child.tag.removeprefix(NAMESPACE) for child in person[-1]]

    assert names == [name for name in PERSON_FIELDS if name in names]
    assert notes == [name for name in NOTE_FIELDS if name in notes]
    assert {"note_record_id", "author_name", "source_date", "text"} <= {*notes}


@pytest.mark.parametrize("status", ReturnStatus.values)
def test_no_status_is_invented(status, organisation, api_of):
    published(return_status=status)

    (told,) = people_in(api_of().get(FEED))

    said = told.get("note", {}).get("status")
    assert said == STATUSES.get(status)
    assert said in {None, "information_sought", "believed_missing", "believed_alive"}
    if status in {ReturnStatus.LOCATED_HELD, ReturnStatus.IN_TRANSIT, ReturnStatus.DECEASED}:
        assert "note" not in told


def test_a_withdrawn_consent_leaves_a_placeholder(organisation, api_of, actor_of):
    person = published()
    client = api_of()
    before = people_in(client.get(FEED))[0]["entry_date"]
    by = actor_of(Role.CASEWORKER)
    consent = Consent.objects.get(individual=person)
    with clock.fixed(datetime(2030, 1, 1, 12, tzinfo=UTC)), acting_as(by):
        consents.withdraw(consent, by=by, version=1, withdrawn_by="person", reason="")

    (told,) = people_in(client.get(FEED, {"min_entry_date": before}))

    assert told.keys() == PLACEHOLDER
    assert {told[name] for name in PLACEHOLDER - {"person_record_id"}} == {"2030-01-01T12:00:00Z"}
    assert "Анна" not in client.get(FEED).content.decode()


def test_an_anonymised_person_leaves_a_placeholder(organisation, api_of):
    person = published()
    moment = datetime(2030, 1, 1, tzinfo=UTC)
    Individual._base_manager.filter(pk=person.pk).update(anonymised_at=moment, updated_at=moment)

    assert [told.keys() for told in people_in(api_of().get(FEED))] == [PLACEHOLDER]


def test_a_consent_that_ended_by_itself_leaves_one_too(organisation, api_of):
    person = published()
    Consent._base_manager.filter(individual=person).update(expires_on=date(2026, 12, 1))
    client = api_of()
    with clock.fixed(datetime(2026, 12, 1, 12, tzinfo=UTC)):
        live = people_in(client.get(FEED))[0]
    with clock.fixed(datetime(2026, 12, 2, 12, tzinfo=UTC)):
        over = people_in(client.get(FEED))[0]

    assert live["expiry_date"] == "2026-12-02T00:00:00Z"
    assert over.keys() == PLACEHOLDER
    assert over["entry_date"] == "2026-12-02T00:00:00Z"


def test_a_restricted_case_is_not_for_publication(organisation, api_of):
    published(restricted=True)

    assert people_in(api_of().get(FEED)) == []
    (told,) = people_in(api_of(is_cleared_for_restricted=True).get(FEED))
    assert told.keys() == PLACEHOLDER


def test_one_pages_by_the_moment_of_entry(organisation, api_of):
    people = [published(f"Анна {number}") for number in ("Первая", "Вторая", "Третья")]
    for year, person in enumerate(people, 2030):
        moment = datetime(year, 1, 1, tzinfo=UTC)
        Individual._base_manager.filter(pk=person.pk).update(updated_at=moment)
    client = api_of()

    first = people_in(client.get(FEED, {"max_results": 2}))
    later = people_in(client.get(FEED, {"min_entry_date": first[-1]["entry_date"]}))

    assert [one["full_name"] for one in first] == ["Анна Первая", "Анна Вторая"]
    assert [one["full_name"] for one in later] == ["Анна Вторая", "Анна Третья"]


def test_one_record_by_its_id(organisation, api_of):
    published("Анна Первая")
    published("Анна Вторая")
    client = api_of()
    wanted = people_in(client.get(FEED))[1]

    assert people_in(client.get(FEED, {"person_record_id": wanted["person_record_id"]})) == [wanted]
    assert_problem(client.get(FEED, {"person_record_id": "elsewhere.org/1"}), 404)


@pytest.mark.parametrize(
    "query", [{"max_results": "0"}, {"max_results": "9999"}, {"min_entry_date": "yesterday"}]
)
def test_odd_parameters_are_refused(query, organisation, api_of):
    assert_problem(api_of().get(FEED, query), 400)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_whoever_reads_no_names_has_no_feed(role, organisation, api_of):
    assert_problem(api_of(role).get(FEED), 403)


def test_another_organisation_has_none_of_it(organisation, other_organisation, api_of):
    published()

    assert people_in(api_of(organisation=other_organisation).get(FEED)) == []


def test_what_xml_forbids_is_taken_out_and_the_rest_escaped(organisation, api_of):
    person = published()
    typed = "Анна \x0b<&>\ufffe Петрова"
    type(person.names.get())._base_manager.filter(individual=person).update(text=typed)

    (told,) = people_in(api_of().get(FEED))

    assert told["full_name"] == "Анна <&> Петрова"


def test_the_feed_is_in_the_trail(organisation, api_of):
    published()
    client = api_of()
    client.get(FEED)

    entry = AuditEntry.objects.order_by("-number")[0]

    assert (entry.act, entry.actor_id, entry.reason) == (
        "exported",
        client.user.pk,
        "1 rows as PFIF",
    )


@pytest.mark.parametrize(
    ("stated", "as_of", "expected"),
    [
        (34, date(2026, 1, 1), "30-39"),
        (39, date(2024, 1, 1), "40-49"),
        (40, date(2025, 6, 1), "40-49"),
        (9, date(2026, 1, 1), "0-17"),
        (17, date(2026, 1, 1), "10-19"),
        (39, date(2026, 1, 1), "30-49"),
        (34, None, ""),
        (None, date(2026, 1, 1), ""),
    ],
)
def test_ages_are_wide(stated, as_of, expected):
    assert age_range(stated, as_of, date(2026, 11, 25)) == expected
