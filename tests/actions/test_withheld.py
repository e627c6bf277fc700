"""What a row withholds from its writer is neither erased by a write nor laid open by one."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from cases.access.gate import acting_as
from cases.actions import batches, individuals, recording
from cases.actions.recording import NotYours
from cases.models import BatchSlot, Contact, RepatriationBatch
from cases.queries.audit import rows
from cases.vocabulary.organisations import Role
from tests import factories
from tests.refusals import sentence_of

pytestmark = pytest.mark.django_db
CASES: dict[Any, tuple[Any, dict[str, Any], dict[str, Any]]] = {
    Contact: (
        lambda: factories.ContactFactory(is_confidential=True, remarks="A neighbour."),
        {"reference": "another"},
        {"is_confidential": False},
    ),
    BatchSlot: (
        lambda: factories.BatchSlotFactory(bound=True),
        {"presence": "boarded"},
        {"presence": "no_show"},
    ),
    RepatriationBatch: (
        lambda: factories.RepatriationBatchFactory(
            route=factories.RouteFactory(), remarks="By night."
        ),
        {"title": "Another"},
        {},
    ),
}
AMEND: dict[Any, Any] = {
    Contact: individuals.amend_contact,
    BatchSlot: batches.amend_slot,
    RepatriationBatch: batches.amend,
}
ALL = pytest.mark.parametrize("model", CASES, ids=lambda model: model.__name__)


def withheld(row):
    fresh = type(row).objects.get(pk=row.pk)
    columns = (field for field in row._meta.fields if field.name in row.RAISED.fields)
    return {field.attname: getattr(fresh, field.attname) for field in columns}


@ALL
def test_every_model_that_withholds_by_row_is_tried(model):
    assert {one for one in model.__mro__[1].__subclasses__() if one.RAISED} <= CASES.keys()


@ALL
def test_a_write_leaves_what_its_writer_may_not_read(model, actor_of):
    make, change, _opening = CASES[model]
    row = make()
    before = withheld(row)
    assert any(before.values())

    with acting_as(actor_of(Role.CASEWORKER)) as by:
        seen = model.objects.get(pk=row.pk)
        assert seen.unread_fields() >= model.RAISED.fields
        AMEND[model](seen, by=by, version=1, **change)

    assert withheld(row) == before
    assert [str(fault) for one, fault in rows() if fault and one and one.pk == row.pk] == []


@pytest.mark.parametrize("model", [Contact, BatchSlot], ids=lambda model: model.__name__)
def test_a_write_lays_nothing_open(model, actor_of):
    make, _change, opening = CASES[model]
    row = make()
    before = withheld(row)

    with acting_as(actor_of(Role.CASEWORKER)) as by:
        seen = model.objects.get(pk=row.pk)
        with pytest.raises(PermissionDenied, match="only the movement cell"):
            AMEND[model](seen, by=by, version=1, **opening)

    assert withheld(row) == before
    with acting_as(actor_of(Role.CASEWORKER, is_movement_cell=True)) as by:
        AMEND[model](model.objects.get(pk=row.pk), by=by, version=1, **opening)


def test_nobody_outside_the_cell_puts_somebody_back_on_a_movement(actor_of):
    """Whether that is refused would tell that the person is on another movement."""
    slot = factories.BatchSlotFactory(presence="no_show")
    person = factories.IndividualFactory()
    with acting_as(actor_of(Role.CASEWORKER)) as by:
        batches.bind(BatchSlot.objects.get(pk=slot.pk), by=by, version=1, individual=person)
        seen = BatchSlot.objects.get(pk=slot.pk)
        with pytest.raises(NotYours, match="only the movement cell"):
            batches.amend_slot(seen, by=by, version=2, presence="planned")


# --- About a person: kept with the person ---

ABOUT = {
    "name": lambda person, by: individuals.add_name(
        by=by, individual=person, text="Олена", language_tag="uk"
    ),
    "slot": lambda person, by: batches.bind(
        factories.BatchSlotFactory(organisation=by_organisation(by)),
        by=by,
        version=1,
        individual=person,
    ),
}


def by_organisation(by):
    return factories.OrganisationFactory._meta.model.objects.get(pk=by.organisation_id)


@pytest.mark.parametrize("about", ABOUT)
def test_nothing_is_recorded_about_another_organisations_person(
    about, organisation, other_organisation, actor_of
):
    person = factories.IndividualFactory(organisation=other_organisation)
    factories.GrantFactory(individual=person, recipient=organisation, level="protected")
    by = actor_of(Role.CASEWORKER, is_movement_cell=True)

    with pytest.raises(NotYours, match="kept by another organisation"):
        ABOUT[about](person, by)


def test_every_row_about_a_person_is_kept_with_the_person(organisation, other_organisation):
    """All actions add through `recording.add`, which asks each model's own declaration."""
    person = factories.IndividualFactory(organisation=other_organisation)
    about = [
        factories.IndividualNameFactory, factories.NoteFactory, factories.TaskFactory,
        factories.AssistanceFactory, factories.FamilyLinkFactory, factories.StatusEventFactory,
        factories.AttachmentFactory,
    ]  # fmt: skip
    for factory in about:
        row = factory.build(individual=person, organisation=organisation)
        with pytest.raises(NotYours):
            recording._refuse_strangers(row, ["individual"])


def test_what_is_withheld_is_not_written_either(actor_of):
    slot = factories.BatchSlotFactory()
    person = factories.IndividualFactory()

    with acting_as(actor_of(Role.CASEWORKER)) as by:
        seen = BatchSlot.objects.get(pk=slot.pk)
        said = sentence_of(batches.bind, seen, by=by, version=1, individual=person)

    assert said == "You may not read this field here, so you may not write it. Leave it out."


def test_a_movement_is_moved_on_by_the_cell_alone(actor_of):
    batch = factories.RepatriationBatchFactory()

    with (
        acting_as(actor_of(Role.CASEWORKER)) as by,
        pytest.raises(NotYours, match="only the movement cell"),
    ):
        batches.move(batch, by=by, version=1, to_status="agreed")


def test_nobody_unbinds_a_person_whose_case_they_may_not_read(actor_of):
    person = factories.IndividualFactory(sensitivity="restricted")
    slot = factories.BatchSlotFactory(individual=person)

    with acting_as(actor_of(Role.CASEWORKER, is_movement_cell=True)) as by:
        seen = BatchSlot.objects.get(pk=slot.pk)
        with pytest.raises(NotYours, match="whose case you may not read"):
            batches.unbind(seen, by=by, version=1)


def test_nobody_unbinds_a_place_of_which_they_may_not_read_whose_it_is(actor_of):
    slot = factories.BatchSlotFactory(individual=factories.IndividualFactory())

    with acting_as(actor_of(Role.CASEWORKER)) as by:
        seen = BatchSlot.objects.get(pk=slot.pk)
        with pytest.raises(NotYours, match="only the movement cell"):
            batches.unbind(seen, by=by, version=1)
