"""What was done to find somebody: recorded, and set right by what is recorded later."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cases import clock
from cases.access.actor import AnyActor
from cases.access.gate import require
from cases.access.roles import Act
from cases.actions import recording, tracing_guards
from cases.models import TracingAction, TracingRequest
from cases.rules import tracing
from cases.rules.tracing_words import check_told
from cases.vocabulary.tracing import TracingState
from cases.vocabulary.tracing_work import TracingActionKind

KEEP = Act.KEEP_TRACING


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
    request = tracing_guards.held(request, version)
    tracing_guards.of_change(request, by=by)
    kind, body = str(fields.get("kind", "")), fields.get("body")
    check_told(
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


def _add(request: TracingRequest, *, by: AnyActor, **fields: Any) -> TracingAction:
    return recording.add(
        TracingAction,
        by=by,
        act=KEEP,
        organisation=request.organisation,
        request=request,
        **fields,
    )
