"""Taking in somebody who is known already; two cases side by side; merging and undoing."""

import re

import pytest
from django.urls import reverse

from cases.models import DuplicateDecision, Individual, Merge
from cases.vocabulary.organisations import Role
from tests.factories import (
    IndividualFactory,
    IndividualNameFactory,
    LikelyPairFactory,
    MergeFactory,
    NoteFactory,
    OrganisationFactory,
)

pytestmark = pytest.mark.django_db
ADD = "/admin/cases/individual/add/"
INTAKE = {
    "name": "Tatjana Chinstein", "name_part": "full", "name_language": "en-Latn",
    "name_kind": "official", "identification": "named", "sex": "female", "priority": "routine",
    "sensitivity": "standard",
}  # fmt: skip


def named(text, **fields):
    person = IndividualFactory(**fields)
    IndividualNameFactory(individual=person, text=text)
    return person


def waiting(likeness=90):
    return LikelyPairFactory(likeness=likeness)


def pair_of(row):
    return reverse("admin:duplicates_pair", args=[row.first_id, row.second_id])


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


# --- Taking in ---


def test_likely_duplicates_are_shown_before_a_person_is_saved_and_hold_nobody_up(client_of):
    known, client = named("Татьяна Хинштейн"), client_of()

    first = client.post(ADD, INTAKE)

    assert first.status_code == 200
    assert Individual.objects.count() == 1
    assert f"{known} Татьяна Хинштейн" in text(first)
    assert "This is somebody new" in text(first)
    assert client.post(ADD, {**INTAKE, "is_new": "on"}).status_code == 302
    assert Individual.objects.count() == 2


def test_somebody_like_nobody_is_saved_at_once(client_of):
    named("Пётр Сидоров")
    named("Татьяна Хинштейн", organisation=OrganisationFactory(other=True))

    assert client_of().post(ADD, INTAKE).status_code == 302


def test_somebody_without_a_name_is_saved_at_once(client_of):
    assert client_of().post(ADD, {**INTAKE, "name": ""}).status_code == 302


# --- Side by side ---


def test_the_likeliest_pair_comes_first_and_each_decision_leads_on(client_of):
    later, first = waiting(80), waiting(95)
    client = client_of()

    page = client.get(reverse("admin:duplicates"))
    assert page.url == pair_of(first)
    assert "2 left" in text(client.get(page.url))
    answer = client.post(page.url, {"verdict": "different", "reason": "Two birth dates."})
    assert answer.url == pair_of(later)
    assert "1 left" in text(client.get(answer.url))
    answer = client.post(answer.url, {"verdict": "same"})
    assert answer.url == reverse("admin:duplicates")
    last = text(client.get(answer.url))
    assert "No pair waits" in last
    assert f"{later.first} " in last  # decided to be one, and not merged yet
    rows = DuplicateDecision.objects.order_by("recorded_at")
    assert [row.verdict for row in rows] == ["different", "same"]


def test_a_pair_shows_what_differs_and_why_it_is_asked_about(client_of):
    one, other = named("Татьяна Хинштейн", sex="female"), named("Tatjana Chinstein", sex="male")

    page = text(client_of().get(reverse("admin:duplicates_pair", args=[one.pk, other.pk])))

    assert "Sex Female Male differs" in page or "Sex Male Female differs" in page
    assert "another sex" in page
    assert "Identification Named Named alike" in page


def test_neighbours_are_a_link_away(client_of):
    rows = [waiting(90), waiting(80), waiting(70)]
    page = re.sub(r"\s+", " ", client_of().get(pair_of(rows[1])).content.decode())

    assert f'rel="prev" href="{pair_of(rows[0])}"' in page
    assert f'rel="next" href="{pair_of(rows[2])}"' in page


@pytest.mark.parametrize("hidden", ["foreign", "restricted", "itself"])
def test_a_pair_out_of_sight_is_not_there(hidden, client_of):
    one = IndividualFactory()
    other = {
        "foreign": lambda: IndividualFactory(organisation=OrganisationFactory(other=True)),
        "restricted": lambda: IndividualFactory(restricted=True),
        "itself": lambda: one,
    }[hidden]()

    answer = client_of().get(reverse("admin:duplicates_pair", args=[one.pk, other.pk]))

    assert answer.status_code == 404


def test_the_counter_counts_what_one_may_see(client_of):
    shown = waiting()
    LikelyPairFactory(first=IndividualFactory(restricted=True))
    theirs = OrganisationFactory(other=True)
    LikelyPairFactory(organisation=theirs)

    assert "1 left" in text(client_of().get(pair_of(shown)))


def test_pairs_with_a_duplicate_wait_for_nobody(client_of):
    LikelyPairFactory(first=IndividualFactory(return_status="duplicate"))

    assert "0 left" in text(client_of().get(reverse("admin:duplicates")))


def test_nobody_else_compares(client_of):
    for role in (Role.MANAGER, Role.AUDITOR, Role.ADMINISTRATOR):
        assert client_of(role).get(reverse("admin:duplicates")).status_code == 403


def test_a_merged_case_is_not_decided_on(client_of):
    row = MergeFactory()
    path = reverse("admin:duplicates_pair", args=[row.individual_id, row.duplicate_id])

    answer = client_of().post(path, {"verdict": "different"})

    assert "merged into another one" in text(answer)
    assert not DuplicateDecision.objects.exists()


# --- Merging ---


def test_a_merge_goes_on_with_the_kept_case_and_is_undone_from_there(client_of):
    kept, duplicate = IndividualFactory(), IndividualFactory()
    note = NoteFactory(individual=duplicate)
    client = client_of()
    form = reverse("admin:cases_individual_deed", args=[kept.pk, "merge"])

    asked = client.get(f"{form}?duplicate={duplicate.pk}")
    assert f'<option value="{duplicate.pk}" selected' in asked.content.decode()
    answer = client.post(
        form, {"duplicate": str(duplicate.pk), "reason": "One passport.", "version": "1"}
    )
    assert answer.url == reverse("admin:cases_individual_page", args=[kept.pk])
    assert f"{duplicate} was merged into this case" in text(client.get(answer.url))
    page = client.get(reverse("admin:cases_individual_page", args=[duplicate.pk]))
    assert f"This case was merged into {kept}" in text(page)
    assert "Write a note" not in text(page)

    row = Merge.objects.get()
    undo = reverse("admin:cases_merge_deed", args=[row.pk, "undo"])
    answer = client.post(undo, {"reason": "Two people.", "version": str(row.version)})
    assert answer.status_code == 302
    note.refresh_from_db()
    assert note.individual_id == duplicate.pk


def test_a_refused_merge_says_why(client_of):
    kept = IndividualFactory()
    form = reverse("admin:cases_individual_deed", args=[kept.pk, "merge"])

    answer = client_of().post(form, {"duplicate": str(kept.pk), "reason": "X", "version": "1"})

    assert "not merged into itself" in text(answer)


def test_a_merge_of_an_unseen_case_is_not_told_of(client_of):
    row = MergeFactory(individual__sensitivity="restricted")

    page = client_of().get(reverse("admin:cases_individual_page", args=[row.duplicate_id]))

    assert page.status_code == 200
    assert str(row.individual) not in text(page)


def test_the_page_of_a_case_leads_to_those_like_it(client_of):
    one, other = named("Татьяна Хинштейн"), named("Tatjana Chinstein")

    row = LikelyPairFactory(first=one, second=other)

    for person in (one, other):
        page = client_of().get(reverse("admin:cases_individual_page", args=[person.pk]))
        assert "Likely duplicates: 1" in text(page)
        assert pair_of(row) in page.content.decode()


def test_merges_are_listed_by_whether_they_stand(client_of):
    stands, undone = MergeFactory(), MergeFactory(undone=True)
    client, path = client_of(), reverse("admin:cases_merge_changelist")

    for asked, shown, hidden in (("yes", stands, undone), ("no", undone, stands)):
        page = text(client.get(path, {"standing": asked}))
        assert str(shown) in page
        assert str(hidden) not in page
    page = text(client.get(path))
    assert str(stands) in page
    assert str(undone) in page
