"""For good: nothing of the person is left, and not a figure moves."""

from dataclasses import asdict
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models

from cases import clock
from cases.access.gate import System, acting_as
from cases.access.sensitivity import IDENTIFYING
from cases.actions import individuals, retention
from cases.actions.anonymising import ERASED, GONE, KEPT, identifies
from cases.models import (
    AuditEntry,
    Contact,
    Individual,
    IndividualName,
    Population,
    StatusEvent,
)
from cases.queries import outstanding, overview, reconciliation
from cases.queries.audit import rows as rows_of_the_trail
from cases.queries.caseload import own_counts
from cases.queries.hanging import derived_from_people, hanging_on_people
from cases.vocabulary.organisations import Role
from tests import factories
from tests.factories import (
    AnonymisationFactory,
    BatchSlotFactory,
    ContactFactory,
    FamilyLinkFactory,
    GrantFactory,
    IndividualFactory,
    LegalHoldFactory,
    PlaceFactory,
    PopulationFactory,
    ReferralFactory,
    RepatriationBatchFactory,
    ReportedCountFactory,
    SpeakerFactory,
)
from tests.refusals import sentence_of

pytestmark = pytest.mark.django_db
CANARY = "canaryanonymise31"


@pytest.fixture
def supervisor(as_actor, organisation):
    with as_actor(Role.SUPERVISOR, is_cleared_for_restricted=True) as actor:
        yield actor


def full(row):
    """Write a canary into every text of a row that identifies."""
    texts = [
        f
        for f in row._meta.concrete_fields
        if isinstance(f, models.CharField | models.TextField)
        and not f.choices
        and f.name in row.SENSITIVITY
        and row.SENSITIVITY[f.name] >= IDENTIFYING
        and not f.name.endswith(("_edtf", "language_tag", "sha256", "stored_name"))
        and (f.max_length or 0) >= len(CANARY)
        and (f.name, row._meta.model_name)
        not in {("withdrawal_reason", "attachment"), ("undo_reason", "merge")}
    ]
    type(row).objects.filter(pk=row.pk).update(**{f.name: CANARY for f in texts})


@pytest.fixture
def person(organisation):
    """A person of whom everything is known, in the figures of everything."""
    oblast = PlaceFactory(kind="oblast")
    district = PlaceFactory(kind="district", parent=oblast)
    town = PlaceFactory(kind="settlement", parent=district)
    village = PlaceFactory(kind="facility", parent=town)
    for place in (oblast, district, town, village):
        population = PopulationFactory(category="held", origin_place=place)
        ReportedCountFactory(population=population)
    person = IndividualFactory(
        held=True, home_place=town, last_known_place=village, birth_edtf="1980-02-03",
        age_as_stated=44, age_as_of_edtf="2024", circumstances=CANARY,
    )  # fmt: skip
    batch = RepatriationBatchFactory(arrived=True)
    ReportedCountFactory(batch=batch, stated_value=1, low=1, high=1)
    BatchSlotFactory(batch=batch, individual=person, sex="female", age_class="adult")
    for model in hanging_on_people():
        if model.__name__ != "Anonymisation":
            full(getattr(factories, f"{model.__name__}Factory")(individual=person))
    full(FamilyLinkFactory(individual=person, to_contact=True, tie="spouse").contact)
    full(ReferralFactory(individual=person, recipient__key="r", recipient__name="R"))
    full(GrantFactory(individual=person))
    factories.TaskFactory(individual=person, due_on=clock.today() - timedelta(days=3))
    person.legal_holds.update(lifted_at=clock.now())
    full(person)
    return Individual.objects.get(pk=person.pk)


def proposed(person, **fields):
    return AnonymisationFactory(individual=person, **fields)


def carry_out(person, by, **fields):
    given = {"by": by, "version": 1, "case_number": person.case_number, **fields}
    return retention.carry_out(proposed(person), **given)


def figures(by):
    """Give every figure that somebody reads."""
    with acting_as(by):
        populations = list(Population.objects.order_by("pk"))
        now: Any = {"valid_at": clock.today(), "known_at": clock.now()}
        batches = [
            reconciliation.of(batch)
            for batch in factories.RepatriationBatchFactory._meta.model.objects.order_by("pk")
        ]
        page = asdict(overview.overview())
        page.pop("known_at")
        return {
            "overview": page,
            "outstanding": [asdict(outstanding.outstanding(p, **now)) for p in populations],
            "caseload": {key: one.cases for key, one in own_counts(populations).items()},
            "steps": StatusEvent.objects.count(),
            "reconciliation": [
                (
                    group.label,
                    [(c.claim.id, c.state) for c in group.claims],
                    group.tally and (
                        group.tally.slots, group.tally.bound,
                        group.tally.named + group.tally.described,
                    ),
                )
                for batch in batches
                for group in batch.groups
            ],
        }  # fmt: skip


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.MANAGER, Role.AUDITOR])
def test_no_figure_moves(role, supervisor, actor_of, person, monkeypatch):
    reader = actor_of(role)
    moment = clock.now()
    monkeypatch.setattr(clock, "now", lambda: moment)
    before = figures(reader)

    carry_out(person, supervisor)

    assert figures(reader) == before


def test_the_figures_looked_at_count_the_person(supervisor, person):
    before = figures(supervisor)

    assert sum(before["caseload"].values()) == 3  # oblast, district and town; not the village
    assert before["overview"]["overdue_tasks"] == 1
    assert any(tally and tally[1] == 1 for _label, _claims, tally in before["reconciliation"])
    assert before["steps"] == 2  # the person's, and that of the case merged into theirs


def test_nothing_of_the_person_is_left_anywhere(supervisor, person):
    assert leftovers() > 10

    carry_out(person, supervisor)

    assert leftovers() == 0
    whole = Individual.objects.get(pk=person.pk)
    assert (whole.identification, whole.case_number) == ("anonymous", person.case_number)
    assert (whole.birth_edtf, whole.age_as_stated, whole.last_known_place) == ("", None, None)
    assert whole.home_place == person.home_place  # the origin of a population
    assert whole.anonymised_at is not None
    for model in [*GONE, *derived_from_people()]:
        assert not model.objects.filter(individual=person).exists(), model


def leftovers():
    """Count the canaries in all tables, the trail and the search keys with them."""
    with acting_as(System("tests")):
        return sum(
            map(_canaries, [*hanging_on_people(), Individual, Contact, AuditEntry, *_shared()])
        )


def _canaries(model):
    return sum(str(row).count(CANARY) for row in model.objects.values())


def _shared():
    return [factories.GrantFactory._meta.model, factories.ReferralFactory._meta.model]


@pytest.mark.parametrize("model", [Individual, *hanging_on_people(), *_shared()])
def test_every_field_that_identifies_is_emptied_or_its_row_is_gone(model, supervisor, person):
    carry_out(person, supervisor)

    key = "pk" if model is Individual else "individual"
    rows = list(model.objects.filter(**{key: person.pk}))
    assert rows or model in GONE
    for row in rows:
        for field in row._meta.concrete_fields:
            if model.SENSITIVITY[field.name] >= IDENTIFYING and field.name not in KEPT.get(
                model, ()
            ):
                assert getattr(row, field.attname) in {None, "", ERASED}, field.name


def test_a_home_of_no_population_is_kept_as_its_district(supervisor):
    district = PlaceFactory(kind="district")
    person = IndividualFactory(home_place=PlaceFactory(kind="settlement", parent=district))
    nowhere = IndividualFactory(home_place=PlaceFactory(kind="settlement"))

    for row in (person, nowhere):
        carry_out(row, supervisor)
        row.refresh_from_db()

    assert person.home_place == district
    assert nowhere.home_place.kind == "settlement"


def test_files_are_deleted_once_it_is_written(
    supervisor, person, django_capture_on_commit_callbacks
):
    file = person.attachments.get()
    default_storage.save(file.stored_name, ContentFile(b"photograph"))

    with django_capture_on_commit_callbacks(execute=True):
        carry_out(person, supervisor)

    assert not default_storage.exists(file.stored_name)


def test_what_is_open_is_closed_and_the_trail_still_holds(supervisor, person):
    carry_out(person, supervisor)

    with acting_as(System("tests")):
        _closed_and_held(person)


def _closed_and_held(person):
    assert not [grant for grant in person.grants.all() if grant.is_live]
    assert {row.state for row in person.referrals.all()} == {"withdrawn"}
    emptied = set(
        AuditEntry.objects.filter(act__in=["anonymised", "erased"]).values_list(
            "target_id", flat=True
        )
    )
    faults = {
        str(fault) for row, fault in rows_of_the_trail() if fault and (not row or row.pk in emptied)
    }
    assert faults == set()
    assert AuditEntry.objects.filter(act="erased").count() >= len(GONE)


def test_a_row_that_was_taken_away_without_saying_so_is_still_missed(supervisor, person):
    name = individuals.add_name(by=supervisor, individual=person, text="Анна", language_tag="ru")
    with acting_as(System("tests")):
        IndividualName.objects.filter(pk=name.pk).delete()

    with acting_as(System("tests")):
        assert any("is gone" in str(fault) for _row, fault in rows_of_the_trail() if fault)


def test_contacts_of_others_and_informants_stay(supervisor, person):
    shared, informant = ContactFactory(), ContactFactory()
    for who in (person, IndividualFactory()):
        FamilyLinkFactory(individual=who, relative=None, contact=shared, tie="sibling")
    FamilyLinkFactory(individual=person, relative=None, contact=informant, tie="relative")
    SpeakerFactory(official=None, contact=informant)

    carry_out(person, supervisor)

    assert set(Contact.objects.all()) == {shared, informant}


def test_a_relative_no_longer_leads_to_the_person(supervisor, person):
    back = FamilyLinkFactory(relative=person, tie="child")

    carry_out(person, supervisor)

    assert not type(back).objects.filter(pk=back.pk).exists()


def test_it_takes_two_people(supervisor, person, user_of):
    own = proposed(person, recorded_by_id=supervisor.user_id)

    given = {"by": supervisor, "version": 1, "case_number": person.case_number}
    said = sentence_of(retention.carry_out, own, **given)

    assert said == "Somebody else than its proposer anonymises a record."


@pytest.mark.parametrize("number", ["C-000042-69", "42"])
def test_the_number_is_typed_once_more(number, supervisor, person):
    assert sentence_of(carry_out, person, supervisor, case_number=number)
    person.refresh_from_db()
    assert person.anonymised_at is None


def hold(person):
    LegalHoldFactory(individual=person)
    return "A legal hold stands until"


def move(person):
    BatchSlotFactory(individual=person)
    return "The record is needed until a movement is over."


@pytest.mark.parametrize("stop", [hold, move])
def test_what_stands_in_the_way(stop, supervisor):
    person = IndividualFactory()
    sentence = stop(person)

    said = sentence_of(retention.propose, by=supervisor, individual=person, reason="Old.")
    assert said.startswith(sentence)
    assert sentence_of(carry_out, person, supervisor).startswith(sentence)


def test_it_is_decided_once_and_nothing_is_added_afterwards(supervisor, person):
    done = carry_out(person, supervisor)
    person.refresh_from_db()
    given = {"by": supervisor, "version": 2}

    assert sentence_of(retention.drop, done, **given) == "This was decided already."
    gone = "This record was anonymised for good. Take the person in as a new case."
    assert sentence_of(individuals.amend, person, **given, circumstances="Back.") == gone
    name = {"text": "Анна", "language_tag": "ru"}
    assert sentence_of(individuals.add_name, by=supervisor, individual=person, **name) == gone
    assert sentence_of(retention.propose, by=supervisor, individual=person, reason="Again.") == gone


def test_caseworkers_propose_and_supervisors_carry_out(actor_of, organisation):
    by, person = actor_of(Role.CASEWORKER), IndividualFactory()
    with acting_as(by):
        proposal = retention.propose(by=by, individual=person, reason="Old.")
        with pytest.raises(PermissionDenied):
            retention.carry_out(proposal, by=by, version=1, case_number=person.case_number)
        assert retention.drop(proposal, by=by, version=1).state == "dropped"


def test_a_hold_is_lifted_once(supervisor, organisation):
    held = retention.hold(
        by=supervisor, individual=IndividualFactory(), reason="Court.", until=clock.today()
    )
    assert held.is_live
    retention.lift_hold(held, by=supervisor, version=1, reason="Over.")

    said = sentence_of(retention.lift_hold, held, by=supervisor, version=2, reason="Over.")
    assert said == "This hold is lifted already."


def test_a_field_of_an_unknown_model_is_emptied_by_its_class():
    assert identifies(IndividualName, "text")
    assert not identifies(Individual, "sex")
    assert not identifies(Individual, "case_number")
