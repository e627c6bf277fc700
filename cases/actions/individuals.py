"""People, their names, contacts and ties."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from cases.access.actor import AnyActor
from cases.access.gate import System, acting_as, require
from cases.access.roles import Act
from cases.actions import recording
from cases.models import (
    CaseSerial,
    Contact,
    FamilyLink,
    Individual,
    IndividualName,
    Organisation,
    Referral,
)
from cases.rules import individuals
from cases.vocabulary.referrals import ReferralKind, ReferralState

KEEP = Act.KEEP_CASES


@transaction.atomic
def register(
    *,
    by: AnyActor,
    organisation: Organisation | None = None,
    names: Sequence[Mapping[str, Any]] = (),
    **fields: Any,
) -> Individual:
    """Take in a person; the tracker gives the case number.

    ``names`` are mappings of text, part, language_tag and kind.

    :raises ValidationError: with the sentences of the rules.
    """
    require(by, KEEP)
    keeper = recording.organisation_id(by, organisation)
    person = recording.add(
        Individual,
        by=by,
        act=KEEP,
        organisation=organisation,
        case_number=next_case_number(keeper),
        **fields,
    )
    for name in names:
        add_name(by=by, organisation=organisation, individual=person, **name)
    return person


def next_case_number(keeper: UUID) -> str:
    """Give an organisation's next number: one that was never given, also to a case that left."""
    return individuals.case_number(next_serial(keeper))


def next_serial(keeper: UUID, many: int = 1) -> int:
    """Take ``many`` serial numbers; nobody else takes one until this transaction ends.

    :returns: the first of them.
    """
    recording.hold(Organisation, keeper)  # two intakes at once would take one number
    with acting_as(System("giving the next case number")):
        taken, is_new = CaseSerial.objects.get_or_create(pk=keeper)
        if is_new or _is_given(keeper, taken.last + 1):
            taken.last = _counted(keeper)
        first = taken.last + 1
        taken.last += many
        taken.save(update_fields=["last"])
    return first


def _is_given(keeper: UUID, serial: int) -> bool:
    number = individuals.case_number(serial)
    return Individual.objects.filter(organisation=keeper, case_number=number).exists()


def _counted(keeper: UUID) -> int:
    """Count the numbers given: some organisations' cases were loaded past this act."""
    kept = Individual.objects.filter(organisation=keeper).count()
    left = Referral.objects.filter(
        organisation=keeper, kind=ReferralKind.TRANSFER, state=ReferralState.ACCEPTED
    ).count()
    return kept + left


def amend(person: Individual, *, by: AnyActor, version: int | None, **changes: Any) -> Individual:
    """Change what is recorded of a person; where the case stands moves by its steps alone.

    :raises ValidationError: for a record that was anonymised, and for a change of status.
    """
    require(by, KEEP)
    recording.refuse_anonymised(person)
    for name in ("return_status", "work_status"):
        if changes.get(name, getattr(person, name)) != getattr(person, name):
            message = _("A case is moved on by a step. Leave its status here as it is.")
            raise recording.refusal(name, message, "not_by_editing")
    return recording.amend(person, by=by, act=KEEP, version=version, **changes)


def add_name(
    *, by: AnyActor, organisation: Organisation | None = None, **fields: Any
) -> IndividualName:
    """Record one name of a person."""
    return recording.add(IndividualName, by=by, act=KEEP, organisation=organisation, **fields)


def amend_name(
    name: IndividualName, *, by: AnyActor, version: int | None, **changes: Any
) -> IndividualName:
    """Mend a name of a person."""
    return recording.amend(name, by=by, act=KEEP, version=version, **changes)


def add_contact(
    *, by: AnyActor, organisation: Organisation | None = None, **fields: Any
) -> Contact:
    """Record a relative or informant who is not a case."""
    return recording.add(Contact, by=by, act=KEEP, organisation=organisation, **fields)


def amend_contact(
    contact: Contact, *, by: AnyActor, version: int | None, **changes: Any
) -> Contact:
    """Change a contact."""
    return recording.amend(contact, by=by, act=KEEP, version=version, **changes)


@transaction.atomic
def link_family(
    *, by: AnyActor, organisation: Organisation | None = None, **fields: Any
) -> FamilyLink:
    """Tie a person to a relative; between two cases the inverse tie is recorded too."""
    require(by, KEEP)
    people = [fields.get(who) for who in ("individual", "relative")]
    recording.hold(Individual, *(person.pk for person in people if person is not None))
    link = recording.add(FamilyLink, by=by, act=KEEP, organisation=organisation, **fields)
    if link.relative is not None:
        inverse = {
            "individual": link.relative,
            "relative": link.individual,
            "tie": individuals.INVERSE_TIE[link.tie],
        }
        recording.add(
            FamilyLink, by=by, act=KEEP, organisation=organisation, **{**fields, **inverse}
        )
    return link


@transaction.atomic
def amend_family_link(
    link: FamilyLink, *, by: AnyActor, version: int | None, **changes: Any
) -> FamilyLink:
    """Change a tie, and with it its inverse.

    :raises ValidationError: for a change of the two people.
    """
    require(by, KEEP)
    for who in ("individual", "relative"):
        if who in changes and recording.differs(link, who, changes[who]):
            message = _("A tie keeps its two people. Record another tie instead.")
            raise recording.refusal(who, message, "tie_keeps_its_people")
    recording.hold(Individual, link.individual_id, link.relative_id)
    inverse = _inverse(link)
    link = recording.amend(link, by=by, act=KEEP, version=version, **changes)
    if inverse is not None:
        shared: dict[str, Any] = {
            name: changes[name] for name in ("certainty", "statement") if name in changes
        }
        if not individuals.are_inverse(link.tie, inverse.tie):
            shared["tie"] = individuals.INVERSE_TIE[link.tie]
        recording.amend(inverse, by=by, act=KEEP, version=None, **shared)
    return link


def _inverse(link: FamilyLink) -> FamilyLink | None:
    if link.relative_id is None:
        return None
    back = FamilyLink.objects.filter(individual=link.relative_id, relative=link.individual_id)
    return next((tie for tie in back if individuals.are_inverse(link.tie, tie.tie)), None)
