"""Which rows each role reaches, for every model."""

from uuid import uuid4

import pytest

from cases.access.gate import Actor, Anonymous, acting_as
from cases.access.scope import FEED, Kind
from cases.models import BatchStep
from cases.vocabulary.organisations import Role
from tests import factories
from tests.architecture.test_every_model_has_a_factory import FACTORIES

pytestmark = pytest.mark.django_db
OF_AN_ORGANISATION = {
    model: factory for model, factory in FACTORIES.items() if model.SCOPE.kind is Kind.CASE
}
SHARED = {model: factory for model, factory in FACTORIES.items() if model.SCOPE.kind is Kind.SHARED}
OVER = {BatchStep: {"batch__arrived": True}}
"""Steps of a movement that is not over are the cell's: test_movement_cell.py."""
INSIDERS = {Role.CASEWORKER, Role.SUPERVISOR, Role.MANAGER, Role.AUDITOR}


@pytest.fixture
def insiders(organisation):
    """An actor of each role in the organisation of the rows; scope asks for no row of theirs."""
    return [Actor(uuid4(), organisation.pk, role) for role in Role]


@pytest.fixture
def outsiders(other_organisation):
    return [Actor(uuid4(), other_organisation.pk, role) for role in Role]


def reaches(actor, row):
    with acting_as(actor):
        return type(row).objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("model", OF_AN_ORGANISATION)
def test_rows_of_an_organisation(model, insiders, outsiders):
    row = OF_AN_ORGANISATION[model](**OVER.get(model, {}))

    assert {actor.role for actor in insiders if reaches(actor, row)} == INSIDERS
    assert not any(reaches(actor, row) for actor in (*outsiders, Anonymous()))


@pytest.mark.parametrize("model", [m for m in OF_AN_ORGANISATION if not m.SCOPE.is_derived])
def test_a_partner_reaches_what_it_recorded(model, user_of):
    partner = user_of(Role.PARTNER)
    fields = dict(OVER.get(model, {}))
    if model.SCOPE.is_derived:  # nobody records it: it goes by its person
        fields["individual"] = factories.IndividualFactory(recorded_by=partner)
    else:
        fields["recorded_by"] = partner
    row = OF_AN_ORGANISATION[model](**fields)

    assert reaches(Actor.of(partner), row)


@pytest.mark.parametrize(
    ("factory", "is_reached"),
    [
        (factories.StatusEventFactory, True),
        (factories.IndividualNameFactory, True),
        (factories.AssistanceFactory, True),
        (factories.NoteFactory, False),
        (factories.TaskFactory, False),
        (factories.FamilyLinkFactory, False),
        (factories.AttachmentFactory, False),
    ],
)
def test_of_what_others_add_to_its_intake_a_partner_reaches_what_a_grant_would_open(
    factory, is_reached, user_of
):
    partner = user_of(Role.PARTNER)
    row = factory(individual=factories.IndividualFactory(recorded_by=partner))

    assert reaches(Actor.of(partner), row) == is_reached
    assert not reaches(Actor.of(user_of(Role.PARTNER)), row)


@pytest.mark.parametrize("model", SHARED)
def test_shared_ground_is_read_by_everybody_signed_in(model, outsiders):
    row = SHARED[model]()

    assert all(reaches(actor, row) for actor in outsiders)
    assert not reaches(Anonymous(), row)


@pytest.mark.parametrize(
    ("factory", "flag"),
    [
        (factories.ReportedCountFactory, "is_published"),
        (factories.CountLinkFactory, "is_published"),
        (factories.DiscrepancyFactory, "is_published"),
        (factories.DiscrepancyMemberFactory, "is_published"),
        (factories.RepatriationBatchFactory, "published"),
        (factories.MediationFactory, "is_published"),
        (factories.BatchSlotFactory, "batch__published"),
        (factories.BatchStepFactory, "batch__published"),
    ],
)
def test_published_rows_are_read_by_everybody_signed_in(factory, flag, outsiders):
    row = factory(**{flag: True})

    assert all(reaches(actor, row) for actor in outsiders)
    assert not reaches(Anonymous(), row)


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.SUPERVISOR, Role.PARTNER])
@pytest.mark.parametrize(
    ("factory", "path"),
    [
        (factories.IndividualFactory, "sensitivity"),
        (factories.ContactFactory, "sensitivity"),
        (factories.IndividualNameFactory, "individual__sensitivity"),
        (factories.FamilyLinkFactory, "individual__sensitivity"),
        (factories.StatusEventFactory, "individual__sensitivity"),
        (factories.AssistanceFactory, "individual__sensitivity"),
        (factories.TaskFactory, "individual__sensitivity"),
        (factories.NoteFactory, "individual__sensitivity"),
    ],
)
def test_restricted_people_are_reached_by_the_cleared_only(factory, path, role, user_of):
    plain, cleared = user_of(role), user_of(role, is_cleared_for_restricted=True)
    rows = [factory(recorded_by=user, **{path: "restricted"}) for user in (plain, cleared)]

    assert not reaches(Actor.of(plain), rows[0])
    assert reaches(Actor.of(cleared), rows[1])


@pytest.mark.parametrize("factory", [factories.AssistanceFactory, factories.TaskFactory])
def test_what_is_about_nobody_in_particular_needs_no_clearance(factory, actor_of):
    about = {"for_population": True} if factory is factories.AssistanceFactory else {}
    row = factory(individual=None, **about)

    assert reaches(actor_of(Role.CASEWORKER), row)


def test_users_are_seen_inside_their_organisation(insiders, outsiders, user_of):
    user = user_of()

    assert all(reaches(actor, user) for actor in insiders)
    assert not any(reaches(actor, user) for actor in (*outsiders, Anonymous()))


@pytest.mark.parametrize("factory", [factories.AuditEntryFactory, factories.AuditHeadFactory])
def test_the_trail_is_read_by_auditors_of_the_organisation(
    factory, insiders, outsiders, organisation
):
    row = factory(organisation_id=organisation.pk)

    assert [actor.role for actor in insiders if reaches(actor, row)] == [Role.AUDITOR]
    assert not any(reaches(actor, row) for actor in (*outsiders, Anonymous()))


def test_without_grants_the_feed_tells_of_ones_own_and_of_what_is_sent_to_one(actor_of):
    actor = actor_of(Role.CASEWORKER)

    alone = str(FEED.rows(actor))
    given = str(FEED.rows(actor, lambda _actor, _least: ["a person"]))

    assert "person_id__in" in given
    assert "person_id__in" not in alone
    assert "recipient_id" in alone
