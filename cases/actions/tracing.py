"""Looking for somebody: requests taken in, worked on, moved on, and at last forgotten."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from cases import clock
from cases.access.actor import AnyActor
from cases.access.gate import System, acting_as, require
from cases.access.roles import Act
from cases.actions import anonymising, recording, tracing_guards
from cases.models import (
    Individual,
    Organisation,
    TracingAction,
    TracingRequest,
)
from cases.queries import tracing as queries
from cases.queries.retention import live_hold
from cases.rules import tracing
from cases.vocabulary.tracing import (
    CandidateState,
    ContactWish,
    TracingActionKind,
    TracingState,
)

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
        tracing.check_wish_now(request.state)
    _refuse_strangers(
        request.organisation_id,
        {name: value for name, value in changes.items()
         if name != "individual" and recording.differs(request, name, value)},
    )  # fmt: skip
    return recording.amend(request, by=by, act=KEEP, version=version, **changes)


@transaction.atomic
def record(
    *,
    by: AnyActor,
    request: TracingRequest,
    version: int | None = None,
    **fields: Any,
) -> TracingAction:
    """Record what was done for a request; the first action takes it up.

    :raises ValidationError: for what the enquirer, or the person found, has not agreed to.
    """
    require(by, KEEP)
    request = held(request, version)
    tracing_guards.of_change(request, by=by)
    kind, body = str(fields.get("kind", "")), fields.get("body")
    tracing.check_told(
        kind,
        state=request.state,
        body=body,
        may_be_named=request.may_be_named,
        may_be_shared=request.may_be_shared,
        wish=request.contact_wish,
    )
    _refuse_excluded(request, kind, body)
    _refuse_other(request, fields.get("corrects"))
    if fields.get("done_by") is None:
        fields["done_by_id"] = by.user_id
        fields.pop("done_by", None)
    action = _add(request, by=by, **fields)
    if request.state == TracingState.RECEIVED:
        recording.amend(
            request, by=by, act=KEEP, version=None, machine=tracing.REQUEST,
            state=TracingState.IN_PROGRESS,
        )  # fmt: skip
    return action


def _refuse_excluded(request: TracingRequest, kind: str, body: Any) -> None:
    told = {
        TracingActionKind.ASKED_BODY: ("body", body),
        TracingActionKind.TOLD_ENQUIRER: ("kind", request.enquirer_body),
    }.get(TracingActionKind(kind) if kind in TracingActionKind.values else TracingActionKind.OTHER)
    if told is not None:
        person = tracing_guards.led_to(request)
        tracing_guards.refuse_excluded(person, told[1], told[0])


def _refuse_other(request: TracingRequest, corrects: TracingAction | None) -> None:
    if corrects is not None and corrects.request_id != request.pk:
        message = _("That was done for another request. Choose one of this request.")
        raise recording.refusal("corrects", message, "other_request")


def _add(request: TracingRequest, *, by: AnyActor, **fields: Any) -> TracingAction:
    return recording.add(
        TracingAction,
        by=by,
        act=KEEP,
        organisation=request.organisation,
        request=request,
        **fields,
    )


@transaction.atomic
def move(
    request: TracingRequest,
    *,
    by: AnyActor,
    version: int | None,
    to_state: str,
    reason: str = "",
    outcome: str = "",
    duplicate_of: TracingRequest | None = None,
) -> TracingRequest:
    """Take a request up, say that the case asked for is found, close it, or open it again.

    :raises ValidationError: where its life has no such step, or the outcome is not what happened.
    """
    require(by, KEEP)
    request = held(request, version)
    tracing_guards.of_move(request, by=by, to_state=to_state)
    changes: dict[str, Any] = {"state": to_state}
    is_step = to_state == TracingState.CLOSED or request.state in {
        TracingState.CLOSED,
        TracingState.FOUND,
    }
    if is_step:
        tracing.check_reason(reason)
    if to_state == TracingState.CLOSED:
        tracing_guards.of_outcome(request, outcome=outcome, duplicate_of=duplicate_of)
        withdraw_waiting(request, by=by, reason=_("The request was closed."))
        changes |= {"outcome": outcome, "duplicate_of": duplicate_of,
                    "closed_at": clock.now(), "closed_by_id": by.user_id}  # fmt: skip
    elif request.state == TracingState.CLOSED:
        changes |= {"outcome": "", "duplicate_of": None, "closed_at": None, "closed_by_id": None}
    if to_state == TracingState.IN_PROGRESS:
        changes["contact_wish"] = ContactWish.UNKNOWN
    before = request.get_state_display()
    moved = recording.amend(
        request, by=by, act=KEEP, version=None, machine=tracing.REQUEST, **changes
    )
    if is_step:
        note_step(moved, by=by, before=before, reason=reason)
    return moved


def note_step(request: TracingRequest, *, by: AnyActor, before: str, reason: str) -> None:
    """Keep with what was done that a request ended, or went back, and why."""
    require(by, KEEP)
    after = request.get_outcome_display() or request.get_state_display()
    _add(
        request,
        by=by,
        kind=TracingActionKind.STEP,
        done_edtf=clock.today().isoformat(),
        done_by_id=by.user_id,
        text=reason,
        result=f"{before} → {after}",
    )


def withdraw_waiting(request: TracingRequest, *, by: AnyActor, reason: str) -> None:
    """Take back the cases that wait for a decision, as the consequence of another act."""
    require(by, KEEP)
    with acting_as(System("taking back what nobody needs to decide any more")):
        for row in queries.waiting(request):
            decided = {"decided_at": clock.now(), "decided_by_id": by.user_id}
            withdrawn = {"state": CandidateState.WITHDRAWN, "decision_reason": reason, **decided}
            recording.settle(row, withdrawn, by=by, act="withdrawn")


@transaction.atomic
def forget(
    request: TracingRequest, *, by: AnyActor, version: int | None, number: str
) -> TracingRequest:
    """Anonymise a request that is over, for good: who asked, for whom, and what was done.

    ``number`` is typed once more, so that it is this request that is meant.

    :raises ValidationError: for one that is not closed, or closed by whoever acts; under a hold.
    """
    require(by, Act.KEEP_RETENTION)
    request = held(request, version)
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


def held(request: TracingRequest, version: int | None) -> TracingRequest:
    """Lock a request and read it as it stands now."""
    recording.hold(TracingRequest, request.pk)
    fresh = TracingRequest.objects.get(pk=request.pk)
    recording.compare(fresh, version)
    return fresh


def unlink(request: TracingRequest, *, by: AnyActor) -> TracingRequest:
    """Let a request lead to nobody again, as the consequence of a confirmation taken back."""
    require(by, Act.CONFIRM_TRACING)
    changes: dict[str, Any] = {"individual": None, "contact_wish": ContactWish.UNKNOWN}
    if request.state != TracingState.IN_PROGRESS:
        changes["state"] = TracingState.IN_PROGRESS
    return recording.amend(
        request, by=by, act=Act.CONFIRM_TRACING, version=None, machine=tracing.REQUEST, **changes
    )
