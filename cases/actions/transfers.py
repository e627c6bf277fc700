"""A case passes to another organisation: the person, and all that is kept on them."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cases.access.actor import AnyActor
from cases.access.gate import System, acting_as, require
from cases.access.roles import Act
from cases.actions import audit, recording, sharing
from cases.actions.individuals import next_case_number
from cases.models import (
    Anonymisation,
    BatchSlot,
    Contact,
    Individual,
    Organisation,
    Task,
)
from cases.queries.family import contacts_of_nobody_else
from cases.queries.hanging import derived_from_people, hanging_on_people
from cases.queries.looked_for import is_looked_for
from cases.queries.merges import merged_into
from cases.vocabulary.retention import AnonymisationState

PASSED_ON = "The case passed to another organisation."


def refuse_immovable(person: Individual) -> None:
    """Refuse to move a case in the middle of what only its keeper can end.

    :raises ValidationError: saying what to end first.
    """
    with acting_as(System("asking what keeps a case where it is")):
        is_moving = BatchSlot.objects.filter(individual=person, is_live=True).exists()
        is_ending = Anonymisation.objects.filter(
            individual=person, state=AnonymisationState.PROPOSED
        ).exists()
    if is_moving:
        message = _(
            "This person is in a batch that is not over. Take them off it, or wait until it is."
        )
        raise recording.refusal("individual", message, "in_a_batch")
    if is_ending:
        message = _("This record is proposed to be anonymised. Decide on that first.")
        raise recording.refusal("individual", message, "being_anonymised")
    if is_looked_for(person):
        message = _("Somebody looks for this person. Close the tracing request first.")
        raise recording.refusal("individual", message, "looked_for")


@transaction.atomic
def hand_over(person: Individual, *, to: Organisation, by: AnyActor) -> Individual:
    """Pass a case with all its rows to another organisation, under a number of its own.

    The cases that were merged into it go with it. What the keeper before has shared or asked of
    others ends. Its users keep no part in it: the case and its tasks are assigned to nobody.
    """
    require(by, Act.REFER_CASES)
    with acting_as(System("handing a case over")):
        duplicates = list(merged_into(person))
    passed = _hand(person, to=to, by=by)
    for duplicate in duplicates:
        _hand(duplicate, to=to, by=by)
    return passed


def _hand(person: Individual, *, to: Organisation, by: AnyActor) -> Individual:
    before = person.organisation_id
    with acting_as(System("handing a case over")):
        sharing.close(person, by=by, reason=PASSED_ON)
        number = next_case_number(to.pk)
        for contact in contacts_of_nobody_else(person):
            _pass_contact(contact, to=to, by=by)
        for model in hanging_on_people():
            for row in model.objects.filter(individual=person).order_by("recorded_at", "pk"):
                _pass(row, to=to, by=by)
        for model in derived_from_people():
            model.objects.filter(individual=person).update(organisation=to)
        audit.note(
            by=by, act="handed over", model="individual", organisation_id=before,
            target_id=person.pk, changed=["organisation"],
        )  # fmt: skip
        passed: Individual = _pass(person, to=to, by=by, case_number=number, assigned_to_id=None)
        return passed


def _pass(row: Any, *, to: Organisation, by: AnyActor, **further: Any) -> Any:
    """Pass one row on; its next entry is in the chain of the new keeper."""
    if isinstance(row, Task):
        further |= {"assigned_to_id": None, "batch_id": None}
    return recording.settle(row, {"organisation_id": to.pk, **further}, by=by, act="taken over")


def _pass_contact(contact: Contact, *, to: Organisation, by: AnyActor) -> None:
    twin = Contact.objects.filter(organisation=to, reference=contact.reference)
    reference = f"{contact.pk.hex}"[:12] if twin.exists() else contact.reference
    _pass(contact, to=to, by=by, reference=reference)
