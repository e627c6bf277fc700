"""Likely duplicates, decisions and merges, as a program meets them."""

import pytest

from cases.models import DuplicateDecision, Individual, Merge
from cases.vocabulary.organisations import Role
from tests.api.collections import address
from tests.factories import (
    IndividualFactory,
    IndividualNameFactory,
    MergeFactory,
    NoteFactory,
    OrganisationFactory,
)

pytestmark = pytest.mark.django_db
NAMES = [{"text": "Tatjana Chinstein", "language_tag": "en-Latn"}]


def named(text, **fields):
    person = IndividualFactory(**fields)
    IndividualNameFactory(individual=person, text=text)
    return person


def test_an_intake_is_told_of_likely_duplicates_and_not_held_up(api_of):
    known = named("Татьяна Хинштейн")

    answer = api_of().post(address("individuals"), {"names": NAMES})

    assert answer.status_code == 201
    [warning] = answer.json()["warnings"]
    assert str(known) in warning
    assert Individual.objects.count() == 2
    assert api_of().get(address("individuals", answer.json()["id"])).json()["warnings"] == []


def test_an_intake_tells_nothing_of_another_organisation(api_of):
    named("Татьяна Хинштейн", organisation=OrganisationFactory(other=True))

    assert api_of().post(address("individuals"), {"names": NAMES}).json()["warnings"] == []


def test_likely_duplicates_come_with_reasons(api_of):
    known, asked = named("Татьяна Хинштейн"), named("Tatjana Chinstein")
    named("Пётр Сидоров")

    [found] = api_of().get(address("individuals", asked.pk, "likely-duplicates")).json()

    assert found["individual"] == str(known.pk)
    assert found["case_number"] == str(known)
    assert found["likeness"] > 85
    assert found["reasons"]


def test_a_decision_is_kept_and_respected(api_of):
    known, asked = named("Татьяна Хинштейн"), named("Tatjana Chinstein")
    client = api_of()
    path = address("individuals", asked.pk, "duplicate-decisions")
    body = {"other": str(known.pk), "verdict": "different", "reason": "Another year of birth."}

    answer = client.post(path, body)

    assert answer.status_code == 201
    assert {answer.json()["first"], answer.json()["second"]} == {str(known.pk), str(asked.pk)}
    for person in (known, asked):
        assert client.get(address("individuals", person.pk, "likely-duplicates")).json() == []
    assert client.post(path, body | {"verdict": "same"}).status_code == 201
    rows = DuplicateDecision.objects.order_by("recorded_at")
    assert [(row.verdict, row.superseded_at is None) for row in rows] == [
        ("different", False), ("same", True),
    ]  # fmt: skip
    listed = client.get(address("duplicate-decisions"), {"individual": str(known.pk)}).json()
    assert len(listed["results"]) == 2
    standing = client.get(address("duplicate-decisions"), {"is_superseded": "false"}).json()
    assert [row["verdict"] for row in standing["results"]] == ["same"]


@pytest.mark.parametrize("which", ["itself", "foreign", "none"])
def test_a_decision_is_on_two_cases_of_ones_own(which, api_of):
    asked = IndividualFactory()
    other = {
        "itself": asked,
        "foreign": IndividualFactory(organisation=OrganisationFactory(other=True)),
        "none": MergeFactory(),
    }[which]

    answer = api_of().post(
        address("individuals", asked.pk, "duplicate-decisions"),
        {"other": str(other.pk), "verdict": "same"},
    )

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "other"


def test_a_merge_and_its_undoing(api_of):
    kept, duplicate = IndividualFactory(), IndividualFactory()
    note = NoteFactory(individual=duplicate)
    client = api_of()
    body = {"duplicate": str(duplicate.pk), "reason": "One passport.", "duplicate_version": 1}

    merged = client.post(
        address("individuals", kept.pk, "merge"), body, headers={"If-Match": '"1"'}
    )

    assert merged.status_code == 201
    shown = client.get(address("individuals", duplicate.pk)).json()
    assert (shown["merged_into"], shown["return_status"]) == (str(kept.pk), "duplicate")
    assert client.get(address("notes", note.pk)).json()["individual"] == str(kept.pk)
    undone = client.post(address("merges", merged.json()["id"], "undo"), {"reason": "Two people."})
    assert undone.status_code == 200
    assert undone.json()["undone_at"]
    assert client.get(address("individuals", duplicate.pk)).json()["merged_into"] is None
    assert client.get(address("notes", note.pk)).json()["individual"] == str(duplicate.pk)


def test_a_refused_merge_says_why_beside_the_duplicate(api_of):
    kept = IndividualFactory()

    answer = api_of().post(
        address("individuals", kept.pk, "merge"), {"duplicate": str(kept.pk), "reason": "X"}
    )

    assert answer.status_code == 400
    [error] = answer.json()["errors"]
    assert (error["field"], error["code"]) == ("duplicate", "same_case")


def test_a_merged_case_takes_nothing_new(api_of):
    row = MergeFactory()

    answer = api_of().post(address("notes"), {"individual": str(row.duplicate_id), "text": "New."})

    assert answer.status_code == 400
    assert "merged into another one" in answer.json()["errors"][0]["message"]


@pytest.mark.parametrize("restricted", ["individual", "duplicate"])
def test_a_restricted_case_hides_the_merge(restricted, api_of):
    row = MergeFactory(**{f"{restricted}__sensitivity": "restricted"})
    client, cleared = api_of(), api_of(is_cleared_for_restricted=True)

    assert client.get(address("merges", row.pk)).status_code == 404
    assert cleared.get(address("merges", row.pk)).status_code == 200
    if restricted == "individual":
        assert client.get(address("individuals", row.duplicate_id)).json()["merged_into"] is None


def test_a_merge_with_an_unseen_case_is_a_merge_with_none(api_of):
    kept, unseen = IndividualFactory(), IndividualFactory(restricted=True)
    client, path = api_of(), address("individuals", kept.pk, "merge")

    answers = [
        client.post(path, {"duplicate": key, "reason": "X"})
        for key in (str(unseen.pk), "00000000-0000-4000-8000-000000000000")
    ]

    assert [answer.status_code for answer in answers] == [400, 400]
    assert answers[0].json()["errors"] == answers[1].json()["errors"]
    assert not Merge.objects.exists()


@pytest.mark.parametrize("method", ["post", "put", "patch"])
@pytest.mark.parametrize("collection", ["merges", "duplicate-decisions"])
def test_neither_is_written_as_a_row(method, collection, api_of):
    path = address(collection, *([] if method == "post" else [MergeFactory().pk]))

    answer = getattr(api_of(Role.SUPERVISOR), method)(path, {})

    assert answer.status_code == 405
    assert "individuals/{id}/" in answer.json()["detail"]
