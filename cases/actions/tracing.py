"""Looking for somebody: requests taken in, worked on, moved on, and at last forgotten."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from cases.access.actor import AnyActor
from cases.access.gate import System, acting_as, require
from cases.access.roles import Act
from cases.actions import anonymising, recording, tracing_guards
from cases.models import (
    Individual,
    Organisation,
    TracingRequest,
)
from cases.queries.retention import live_hold
from cases.rules import tracing, tracing_words

KEEP = Act.KEEP_TRACING


@transaction.atomic
def take_in(
    *, by: AnyActor, organisation: Organisation | None = None, **fields: Any
) -> TracingRequest:
    """Take in a request to look for somebody; the tracker gives its number.

    :raises PermissionDenied: for a case, a contact or a colleague of another organisation.
    :raises ValidationError: with the sentences of the rules.
    """
    require(by, KEEP)
    keeper = recording.organisation_id(by, organisation)
    recording.hold(Individual, getattr(fields.get("individual"), "pk", None))
    _refuse_strangers(keeper, fields)
    return recording.add(
        TracingRequest,
        by=by,
        act=KEEP,
        organisation=organisation,
        number=_next_number(keeper),
        **fields,
    )


def _next_number(keeper: UUID) -> str:
    recording.hold(Organisation, keeper)  # two intakes at once would take one number
    with acting_as(System("giving the next number of a request")):
        return tracing.number(TracingRequest.objects.filter(organisation=keeper).count() + 1)


def _refuse_strangers(keeper: UUID, fields: dict[str, Any]) -> None:
    """Keep a request with whoever keeps the case, the contact and the colleague it names.

    :raises PermissionDenied: for another organisation's.
    """
    for name in ("enquirer", "assigned_to"):
        linked = fields.get(name)
        if linked is not None and linked.organisation_id != keeper:
            raise recording.NotYours(linked)
    with acting_as(System("asking whose a case is")):
        row = TracingRequest(organisation_id=keeper)
        recording.require_kept_together(row, fields.get("individual"))


@transaction.atomic
def amend(
    request: TracingRequest, *, by: AnyActor, version: int | None, **changes: Any
) -> TracingRequest:
    """Change what is recorded of a request; its state and its case move by their own acts.

    :raises ValidationError: for one that is closed, and for another case.
    """
    require(by, KEEP)
    tracing_guards.of_change(request, by=by)
    if "individual" in changes and recording.differs(request, "individual", changes["individual"]):
        message = _("Which case it is, is proposed and confirmed. Leave it here as it is.")
        raise recording.refusal("individual", message, "not_by_editing")
    wish = changes.get("contact_wish", request.contact_wish)
    if recording.differs(request, "contact_wish", wish):
        tracing_words.check_wish_now(request.state)
    _refuse_strangers(
        request.organisation_id,
        {name: value for name, value in changes.items()
         if name != "individual" and recording.differs(request, name, value)},
    )  # fmt: skip
    return recording.amend(request, by=by, act=KEEP, version=version, **changes)


@transaction.atomic
def forget(
    request: TracingRequest, *, by: AnyActor, version: int | None, number: str
) -> TracingRequest:
    """Anonymise a request that is over, for good: who asked, for whom, and what was done.

    ``number`` is typed once more, so that it is this request that is meant.

    :raises ValidationError: for one that is not closed, or closed by whoever acts; under a hold.
    """
    require(by, Act.KEEP_RETENTION)
    request = tracing_guards.held(request, version)
    tracing_guards.of_forgetting(request, by=by)
    if number.strip() != request.number:
        message = _("This is another request. Type the number of the one that is meant.")
        raise recording.refusal("number", message, "other_request")
    person = tracing_guards.led_to(request)
    with acting_as(System("asking what keeps a request")):
        hold = live_hold(person) if person else None
    if hold is not None:
        message = _("A legal hold stands on the case. Nothing is anonymised before it ends.")
        raise recording.refusal("state", message, "legal_hold")
    anonymising.forget_request(request, by=by)
    return TracingRequest.objects.get(pk=request.pk)
