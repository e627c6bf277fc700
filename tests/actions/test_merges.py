"""Two cases become one, and two again: nothing is lost, table by table."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings, strategies as st

from cases.access.gate import System, acting_as
from cases.actions import anonymising, duplicates, following, transfers
from cases.models import (
    AuditEntry,
    Grant,
    Individual,
    LikelyPair,
    Merge,
    MergedRow,
    Note,
)
from cases.queries import audit, timeline
from cases.vocabulary.individuals import CaseSensitivity, Priority, Sex
from cases.vocabulary.organisations import Role
from cases.vocabulary.status import ReturnStatus
from tests.actions.merging import (
    all_links,
    assert_as_before,
    dump,
    everything_on,
    merge,
    undo,
)
from tests.factories import (
    BatchSlotFactory,
    FamilyLinkFactory,
    GrantFactory,
    IndividualFactory,
    IndividualNameFactory,
    LikelyPairFactory,
    NamePairFactory,
    NoteFactory,
    OrganisationFactory,
    RepatriationBatchFactory,
    StatusEventFactory,
)

pytestmark = pytest.mark.django_db
BECOMES = {
    "anonymisation.individual": "stays",
    "consent.individual": "follows",
    "exclusion.individual": "follows",
    "legalhold.individual": "follows",
    "referral.individual": "stays",
    "statusproposal.individual": "stays",
    "assistance.individual": "follows",
    "attachment.individual": "follows",
    "batchslot.individual": "follows",
    "duplicatedecision.first": "stays",
    "duplicatedecision.second": "stays",
    "familylink.individual": "follows",
    "familylink.relative": "follows",
    "grant.individual": "follows",
    "individualname.individual": "follows",
    "likelypair.first": "stays",
    "likelypair.second": "stays",
    "merge.duplicate": "stays",
    "merge.individual": "stays",
    "namepair.individual": "stays",
    "note.individual": "follows",
    "statusevent.individual": "stays",
    "task.individual": "follows",
    "tracingcandidate.individual": "follows",
    "tracingrequest.individual": "follows",
}
"""What becomes of each link to a person when cases are merged. A new model says it here."""


@pytest.fixture
def pair():
    return IndividualFactory(), IndividualFactory()


@pytest.fixture
def supervisor(actor_of):
    with acting_as(actor_of(Role.SUPERVISOR, is_cleared_for_restricted=True)) as actor:
        yield actor


def test_every_link_to_a_person_has_a_fate():
    fates = {
        f"{model._meta.model_name}.{field}": (
            "stays" if f"{model._meta.model_name}.{field}" in following.STAY else "follows"
        )
        for model, field in all_links()
    }

    assert fates == BECOMES, "Say in BECOMES, and in following.STAY, what a merge does with it."


def test_merge_and_undo_leave_every_table_as_it_was(organisation):
    kept, duplicate = IndividualFactory(), IndividualFactory(
        sensitivity=CaseSensitivity.RESTRICTED, priority=Priority.URGENT, birth_edtf="1961-03",
        do_not_share_with="The garrison.", circumstances="Left behind.", age_as_stated=63,
        age_as_of_edtf="2024-11", sex=Sex.FEMALE,
    )  # fmt: skip
    everything_on(kept, BatchSlot={"batch": RepatriationBatchFactory(arrived=True)})
    everything_on(duplicate)
    before = dump()

    row = merge(kept, duplicate)
    during = dump()
    followed = {(one.model, one.row_id) for one in MergedRow.objects.exclude(model="individual")}
    undo(row)

    assert {model for model, _pk in followed} == {
        link.split(".")[0] for link, fate in BECOMES.items() if fate == "follows"
    }
    assert during["note"] != before["note"]
    assert_as_before(before, {duplicate})


def test_nothing_of_the_duplicate_is_left_behind(pair):
    kept, duplicate = pair
    rows = everything_on(duplicate)

    merge(kept, duplicate)

    for model, field in following.links():
        left = model._base_manager.filter(**{field: duplicate})
        assert not left.exists(), model
        assert model._base_manager.filter(**{field: kept}).exists(), model
    assert rows


def test_the_trail_speaks_for_every_row_after_a_merge_and_after_its_undoing(pair):
    kept, duplicate = pair
    everything_on(duplicate)
    with acting_as(System("tests")) as by:
        row = merge(kept, duplicate, by=by)
    for step in (lambda: None, lambda: undo(row)):
        step()
        entries = AuditEntry.objects.filter(version_after__isnull=False)
        spoken = set(entries.values_list("target_id", flat=True))
        faults = [str(f) for r, f in audit.rows() if f and r and r.pk in spoken]
        assert faults == []
        assert {row.pk, kept.pk, duplicate.pk} - {kept.pk} <= spoken


def test_the_duplicate_says_by_a_step_which_case_it_is_of(pair):
    kept, duplicate = pair
    StatusEventFactory(individual=duplicate)

    merge(kept, duplicate)

    duplicate.refresh_from_db()
    last = duplicate.status_events.order_by("-recorded_at").first()
    assert duplicate.return_status == last.to_status == ReturnStatus.DUPLICATE
    assert str(kept) in last.observation
    assert {step.case for step in timeline.of(kept)} == {str(duplicate)}


def test_undone_the_duplicate_is_where_it_was(pair):
    kept, duplicate = pair
    row = undo(merge(kept, duplicate))

    duplicate.refresh_from_db()
    assert duplicate.return_status == ReturnStatus.REPORTED
    assert row.undone_at is not None
    assert timeline.of(kept) == ()
    assert len(timeline.of(duplicate)) == 2
    assert merge(kept, duplicate).undone_at is None


# --- What the kept case takes over ---


def test_the_stricter_and_the_fuller_stand():
    kept = IndividualFactory(sex=Sex.UNKNOWN, do_not_share_with="The garrison.", circumstances="A")
    other = IndividualFactory(
        sensitivity=CaseSensitivity.RESTRICTED, priority=Priority.HIGH, sex=Sex.MALE,
        do_not_share_with="The press.", circumstances="B", birth_edtf="1950",
    )  # fmt: skip

    merge(kept, other)

    kept.refresh_from_db()
    assert (kept.sensitivity, kept.priority, kept.sex) == ("restricted", "high", "male")
    assert kept.do_not_share_with == "The garrison.\nThe press."
    assert (kept.circumstances, kept.birth_edtf, kept.birth_latest.year) == ("A", "1950", 1950)


def test_a_restricted_case_makes_its_duplicate_restricted_until_it_is_undone():
    kept, duplicate = IndividualFactory(restricted=True), IndividualFactory()

    row = merge(kept, duplicate)
    assert Individual.objects.get(pk=duplicate.pk).sensitivity == CaseSensitivity.RESTRICTED
    undo(row)

    assert Individual.objects.get(pk=duplicate.pk).sensitivity == CaseSensitivity.STANDARD


def test_what_the_kept_case_has_already_stays_with_the_duplicate(pair):
    kept, duplicate = pair
    relative = IndividualFactory()
    for person in pair:
        IndividualNameFactory(individual=person, text="Анна Петрова")
        FamilyLinkFactory(individual=person, relative=relative)
    before = dump()

    row = merge(kept, duplicate)

    assert not MergedRow.objects.exclude(model="individual").exists()
    assert kept.names.count() == duplicate.names.count() == 1
    undo(row)
    assert_as_before(before, {duplicate})


def test_a_doubtful_tie_between_the_two_stays(pair):
    kept, duplicate = pair
    tie = FamilyLinkFactory(individual=kept, relative=duplicate)

    merge(kept, duplicate)

    tie.refresh_from_db()
    assert (tie.individual_id, tie.relative_id) == (kept.pk, duplicate.pk)


def test_a_row_without_a_version_follows_too(pair):
    row = NamePairFactory(individual=pair[1])

    following.move(following.Move(row, "individual"), to=pair[0], by=System("tests"))

    row.refresh_from_db()
    assert row.individual_id == pair[0].pk


def test_what_another_organisation_keeps_of_the_duplicate_stays_with_it(pair):
    before = OrganisationFactory(other=True)
    grant = GrantFactory(individual=pair[1], revoked=True)
    Grant.objects.filter(pk=grant.pk).update(organisation=before)

    merge(*pair)

    assert Grant.objects.get(pk=grant.pk).individual_id == pair[1].pk


def test_a_merged_case_passes_on_as_a_whole(pair, actor_of):
    note = NoteFactory(individual=pair[1])
    row = merge(*pair)
    theirs = OrganisationFactory(other=True)

    transfers.hand_over(Individual.objects.get(pk=pair[0].pk), to=theirs, by=System("tests"))

    rows = (Individual.objects.get(pk=pair[0].pk), Individual.objects.get(pk=pair[1].pk),
            Merge.objects.get(pk=row.pk), Note.objects.get(pk=note.pk),
            *pair[1].status_events.all())  # fmt: skip
    assert {one.organisation_id for one in rows} == {theirs.pk}
    by = actor_of(Role.SUPERVISOR, organisation=theirs)
    with acting_as(by):
        undo(row, by=by)
    assert Note.objects.get(pk=note.pk).individual_id == pair[1].pk


def test_a_merged_case_is_anonymised_as_a_whole(pair, supervisor):
    kept, duplicate = pair
    Individual.objects.filter(pk=duplicate.pk).update(do_not_share_with="canary office")
    Individual.objects.filter(pk=kept.pk).update(do_not_share_with="canary press")
    with acting_as(System("tests")) as by:
        duplicates.decide(kept, by=by, other=duplicate, verdict="same", reason="canary passport")
        LikelyPairFactory(first=kept, second=duplicate)
        merge(kept, duplicate)
        anonymising.anonymise(Individual.objects.get(pk=kept.pk), by=by)

    said = {table: str(rows).count("canary") for table, rows in dump().items()}
    assert {table: number for table, number in said.items() if number} == {}
    assert not LikelyPair.objects.exists()
    people = Individual.objects.filter(pk__in=[kept.pk, duplicate.pk])
    assert all(person.anonymised_at for person in people)


# --- Several in turn ---

PEOPLE = 5
TURNS = st.lists(
    st.tuples(st.integers(0, PEOPLE - 1), st.integers(0, PEOPLE - 1)), min_size=1, max_size=6
)


@given(TURNS)
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_several_merges_undone_in_turn_leave_every_table_as_it_was(turns):
    with transaction.atomic(), acting_as(System("tests")):
        people = crowd()
        before = dump()
        done, merged = [], set()
        for kept, duplicate in turns:
            try:
                done.append(merge(people[kept], people[duplicate]))
            except ValidationError:
                continue  # itself, merged already, or a chain
            merged.add(people[duplicate])

        for row in reversed(done):
            undo(row)

        assert_as_before(before, merged)
        transaction.set_rollback(True)


def crowd() -> list[Any]:
    """Make people who differ in all that a merge settles, each with a row of most kinds."""
    terms = [*Priority.values, *Priority.values]
    people: list[Any] = [
        IndividualFactory(
            priority=terms[n],
            sensitivity=CaseSensitivity.values[n % 2],
            sex=Sex.values[-(n % 3)],
            do_not_share_with=f"Office {n % 3}." if n else "",
            birth_edtf=f"19{60 + n}" if n % 2 else "",
        )
        for n in range(PEOPLE)
    ]
    for n, person in enumerate(people):
        NoteFactory(individual=person)
        IndividualNameFactory(individual=person, text=f"Анна {n % 2}")
        FamilyLinkFactory(individual=person, relative=people[n - 1], tie="relative")
        GrantFactory(individual=person)
        BatchSlotFactory(individual=person, batch=RepatriationBatchFactory(arrived=True))
    return people
