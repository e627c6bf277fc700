"""What a grant opens: to whom, which rows, how far, and not a moment longer."""

from datetime import timedelta

import pytest

from cases import clock
from cases.access.gate import Actor, acting_as
from cases.access.scope import Kind
from cases.access.sensitivity import OPEN, Sensitivity, masked
from cases.models import Contact, Individual, IndividualName, gate
from cases.models.gate import FieldMasked
from cases.models.grants import CLASS_OF
from cases.vocabulary.grants import GrantLevel
from cases.vocabulary.organisations import Role
from tests.architecture.test_every_model_has_a_factory import FACTORIES
from tests.factories import (
    GrantFactory,
    IndividualFactory,
    IndividualNameFactory,
    OrganisationFactory,
)

pytestmark = pytest.mark.django_db
PEOPLE = [
    model
    for model in FACTORIES
    if model.SCOPE.person is not None and model.SCOPE.kind is not Kind.GRANT
]
OPENED = [model for model in PEOPLE if model.SCOPE.is_granted]
READERS = [Role.CASEWORKER, Role.SUPERVISOR, Role.MANAGER, Role.PARTNER, Role.AUDITOR]


def row_of(model, person):
    if model is Individual:
        return person
    link = model.SCOPE.person.removesuffix("__")
    leads = bool(link) and model._meta.get_field(link).related_model is Individual
    of_nobody = {link: person} if leads else {}
    return FACTORIES[model](organisation=person.organisation, **of_nobody)


def grant(**fields):
    """Share with the organisation of the readers."""
    return GrantFactory(recipient=OrganisationFactory(other=True), **fields)


@pytest.fixture
def person(organisation):
    return IndividualFactory(organisation=organisation)


@pytest.fixture
def reader(other_organisation, user_of):
    def make(role=Role.CASEWORKER, **flags):
        return Actor.of(user_of(role, organisation=other_organisation, **flags))

    return make


def seen_by(actor, row):
    with acting_as(actor):
        return type(row).objects.filter(pk=row.pk).first()


@pytest.mark.parametrize("model", PEOPLE)
def test_a_grant_opens_the_person_their_steps_and_their_help(model, person, reader):
    row = row_of(model, person)
    grant(individual=person, level="protected")

    for role in Role:
        is_seen = seen_by(reader(role), row) is not None
        assert is_seen is (model.SCOPE.is_granted and role in READERS), role


def test_notes_tasks_ties_and_contacts_stay_at_home():
    names = {model.__name__ for model in PEOPLE} - {model.__name__ for model in OPENED}

    assert names >= {"Note", "Task", "FamilyLink", "Contact"}


@pytest.mark.parametrize("model", OPENED)
@pytest.mark.parametrize("level", CLASS_OF)
@pytest.mark.parametrize("role", READERS)
def test_nothing_above_the_level_or_the_clearance_is_read(model, level, role, person, reader):
    row = row_of(model, person)
    grant(individual=person, level=level)
    actor = reader(role)

    seen = seen_by(actor, row)

    hidden = masked(model.SENSITIVITY, min(CLASS_OF[level], actor.clearance))
    assert seen.unread_fields() == hidden
    with acting_as(actor):
        for name in hidden:
            with pytest.raises(FieldMasked):
                seen.refresh_from_db(fields=[name])
            assert not model.objects.filter(model.readable(name), pk=row.pk).exists()
        for name in model.SENSITIVITY.keys() - hidden:
            assert model.objects.filter(model.readable(name), pk=row.pk).exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"revoked": True},
        {"recorded_at": clock.now() - timedelta(days=9), "expires_at": clock.now()},
    ],
    ids=["revoked", "expired"],
)
@pytest.mark.parametrize("model", OPENED)
def test_an_ended_grant_opens_nothing(model, fields, person, reader):
    row = row_of(model, person)
    grant(individual=person, **fields)

    assert seen_by(reader(), row) is None


def test_a_grant_to_another_opens_nothing_here(person, reader):
    GrantFactory(individual=person, recipient__key="c", recipient__name="C")

    assert seen_by(reader(), person) is None


def test_a_restricted_case_is_opened_to_the_cleared_only(organisation, reader):
    person = IndividualFactory(organisation=organisation, restricted=True)
    grant(individual=person)

    assert seen_by(reader(), person) is None
    assert seen_by(reader(is_cleared_for_restricted=True), person) is not None


def test_the_furthest_of_several_grants_counts(person, reader):
    for level in ("protected", "operational"):
        grant(individual=person, level=level)

    assert "circumstances" not in seen_by(reader(), person).unread_fields()


def test_what_is_loaded_later_is_emptied_too(person, reader):
    name = IndividualNameFactory(individual=person, text="Анна")
    grant(individual=person, level="operational")

    with acting_as(reader()):
        seen = type(name).objects.only("pk").get(pk=name.pk)
        assert (seen.text, "text" in seen.unread_fields()) == ("", True)
    with acting_as(Actor(seen.pk, person.organisation_id, Role.CASEWORKER)):
        own = type(name).objects.only("pk").get(pk=name.pk)
        assert (own.text, own.unread_fields() & {"text"}) == ("Анна", set())


def test_saving_leaves_alone_what_was_taken_out(organisation, other_organisation, reader):
    person = IndividualFactory(organisation=organisation, circumstances="kept")
    grant(individual=person, level="operational")

    seen = seen_by(reader(), person)
    seen.save()

    person.refresh_from_db()
    assert person.circumstances == "kept"


def test_both_sides_see_the_grant_and_nobody_else(person, reader, user_of):
    given = grant(individual=person)
    ended = grant(individual=person, revoked=True)
    inside = Actor.of(user_of(organisation=person.organisation))
    third = GrantFactory(recipient__key="c", recipient__name="C")

    for row in (given, ended):
        assert seen_by(inside, row) is not None
        assert seen_by(reader(), row) is not None
    assert seen_by(reader(), third) is None
    assert seen_by(reader(Role.ADMINISTRATOR), given) is None


def test_every_level_is_a_class():
    assert list(CLASS_OF.values()) == sorted(CLASS_OF.values())
    assert OPEN < min(CLASS_OF.values()) <= max(CLASS_OF.values()) < Sensitivity.CRITICAL


def test_a_scope_without_grants_opens_none(person):
    actor = Actor(person.pk, person.organisation_id, Role.CASEWORKER)

    assert not Contact.objects.filter(Contact.SCOPE.granted(actor, lambda *_: [], OPEN)).exists()
    assert Contact.SCOPE.kind is Kind.CASE


@pytest.mark.parametrize("few", [0, 200])
def test_the_same_rows_are_reached_however_many_grants_there_are(few, monkeypatch, as_actor):
    monkeypatch.setattr(gate, "FEW", few)
    grant = GrantFactory(level=GrantLevel.IDENTIFYING)
    IndividualNameFactory(individual=grant.individual, organisation=grant.organisation)
    IndividualFactory(organisation=grant.organisation)

    with as_actor(Role.CASEWORKER, organisation=grant.recipient):
        assert [person.pk for person in Individual.objects.all()] == [grant.individual_id]
        assert IndividualName.objects.filter(IndividualName.readable("text")).count() == 1
        assert not Individual.objects.filter(Individual.readable("birth_edtf")).exists()
