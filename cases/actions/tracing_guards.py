"""What guards the steps of a tracing request, asked by the act and by the button alike."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cases.access.actor import AnyActor
from cases.access.gate import System, acting_as, require
from cases.access.roles import Act
from cases.actions import recording, sharing
from cases.models import Individual, TracingCandidate, TracingRequest
from cases.rules import tracing, tracing_outcomes
from cases.vocabulary.status import ReturnStatus
from cases.vocabulary.tracing import TracingState
from cases.vocabulary.tracing_work import CandidateState


def of_move(request: TracingRequest, *, by: AnyActor, to_state: str) -> None:
    """Refuse a step that is closed, before anybody says how and why.

    :raises PermissionDenied: for whoever may not keep requests, or not this one.
    :raises ValidationError: with the sentence that the act would refuse with.
    """
    require(by, Act.KEEP_TRACING)
    _of_any(request, by=by)
    tracing.REQUEST.check(request.state, to_state)
    if to_state == TracingState.PROPOSED:
        raise tracing.PROPOSED.refusal("to_state")
    if to_state == TracingState.FOUND:
        _of_found(request, by=by)
    if to_state == TracingState.IN_PROGRESS:
        _of_going_back(request)


def of_change(request: TracingRequest, *, by: AnyActor) -> None:
    """Refuse to go on with a request that is closed, or of which nothing is known any more.

    :raises PermissionDenied: for another organisation's, and for another's intake.
    :raises ValidationError: saying what to do first.
    """
    require(by, Act.KEEP_TRACING)
    _of_any(request, by=by)
    tracing.check_open(request.state)


def _of_any(request: TracingRequest, *, by: AnyActor) -> None:
    recording.require_own(by, request)
    if request.anonymised_at is not None:
        message = _("This request was anonymised for good. Take in a new one.")
        raise recording.refusal("state", message, "anonymised")


def _of_found(request: TracingRequest, *, by: AnyActor) -> None:
    """Let nobody alone say that the case asked for is found: the enquirer will be told."""
    if request.individual_id is None:
        raise tracing.FOUND.refusal("to_state")
    require(by, Act.CONFIRM_TRACING)
    if by.user_id is None or by.user_id == request.recorded_by_id:
        message = _("A second person says so: you took this request in.")
        raise recording.refusal("to_state", message, "own_proposal")


def _of_going_back(request: TracingRequest) -> None:
    """Leave what rests on a decision to whoever takes that back."""
    if request.state == TracingState.PROPOSED:
        message = _("A case is proposed. Decide on it, or take it back.")
        raise recording.refusal("to_state", message, "proposed")
    with acting_as(System("asking whether somebody is confirmed")):
        rows = TracingCandidate.objects.filter(request=request.pk)
        is_confirmed = rows.filter(state=CandidateState.CONFIRMED).exists()
    if request.state == TracingState.FOUND and is_confirmed:
        message = _("A case is confirmed. Take that back instead.")
        raise recording.refusal("to_state", message, "confirmed")


def of_outcome(request: TracingRequest, *, outcome: str, duplicate_of: Any) -> None:
    """Refuse an outcome that is not what has happened, or that may not be told.

    :raises ValidationError: saying what is missing.
    """
    person = led_to(request)
    is_deceased = person is not None and person.return_status == ReturnStatus.DECEASED
    tracing_outcomes.check_outcome(
        outcome, state=request.state, wish=request.contact_wish, is_deceased=is_deceased
    )
    other = None if duplicate_of is None else duplicate_of.pk
    tracing_outcomes.check_duplicate(outcome, of=other, request=request.pk)
    if outcome in tracing.FOUND_OUTCOMES:
        refuse_excluded(person, request.enquirer_body, "outcome")


def led_to(request: TracingRequest) -> Individual | None:
    """Give the case that a request leads to, seen or unseen."""
    if request.individual_id is None:
        return None
    with acting_as(System("asking who is looked for")):
        return Individual.objects.get(pk=request.individual_id)


def refuse_excluded(person: Individual | None, body: Any, field: str) -> None:
    """Refuse to tell of a person to a body that must not learn of them.

    :raises ValidationError: beside ``field``.
    """
    if person is None or body is None:
        return
    try:
        sharing.refuse_excluded(person, None, body=body)
    except ValidationError as refusal:
        raise recording.refusal(field, " ".join(refusal.messages), "excluded") from None


def of_proposal(request: TracingRequest, *, by: AnyActor) -> None:
    """Refuse to propose a case where it is known already who it is.

    :raises ValidationError: saying what to take back first.
    """
    require(by, Act.KEEP_TRACING)
    of_change(request, by=by)
    if request.individual_id is not None:
        message = _("This request leads to a case already. Take that back first, if it is wrong.")
        raise recording.refusal("individual", message, "known")


def of_confirmation(candidate: TracingCandidate, *, by: AnyActor) -> None:
    """Refuse a confirmation that is not there for whoever acts.

    :raises PermissionDenied: for whoever confirms nobody.
    :raises ValidationError: for one's own proposal, and one that is decided.
    """
    require(by, Act.CONFIRM_TRACING)
    of_change(candidate.request, by=by)
    tracing.CANDIDATE.check(candidate.state, CandidateState.CONFIRMED)
    if by.user_id is None or by.user_id == candidate.recorded_by_id:
        message = _("A second person confirms: this was proposed by you.")
        raise recording.refusal("decided_by", message, "own_proposal")


def of_rejection(candidate: TracingCandidate, *, by: AnyActor) -> None:
    """Refuse to reject what is decided.

    :raises ValidationError: saying how it stands.
    """
    require(by, Act.KEEP_TRACING)
    of_change(candidate.request, by=by)
    tracing.CANDIDATE.check(candidate.state, CandidateState.REJECTED)


def of_taking_back(candidate: TracingCandidate, *, by: AnyActor) -> None:
    """Refuse to take back what is taken back; a decision is taken back by whoever may confirm.

    :raises PermissionDenied: for a decision, to whoever confirms nobody.
    """
    decided = candidate.state in {CandidateState.CONFIRMED, CandidateState.REJECTED}
    require(by, Act.CONFIRM_TRACING if decided else Act.KEEP_TRACING)
    of_change(candidate.request, by=by)
    tracing.CANDIDATE.check(candidate.state, CandidateState.WITHDRAWN)


def of_forgetting(request: TracingRequest, *, by: AnyActor) -> None:
    """Refuse to anonymise what is not closed, or what one has closed oneself.

    :raises PermissionDenied: for whoever ends no records.
    :raises ValidationError: saying who does, and when.
    """
    require(by, Act.KEEP_RETENTION)
    recording.require_own(by, request)
    if request.anonymised_at is not None:
        message = _("This request was anonymised already.")
        raise recording.refusal("state", message, "anonymised")
    if request.state != TracingState.CLOSED:
        message = _("Close the request first: somebody is still looked for.")
        raise recording.refusal("state", message, "not_closed")
    if by.user_id is None or by.user_id == request.closed_by_id:
        message = _("Somebody else than whoever closed a request anonymises it.")
        raise recording.refusal("closed_by", message, "own_proposal")


def held(request: TracingRequest, version: int | None) -> TracingRequest:
    """Lock a request and read it as it stands now."""
    recording.hold(TracingRequest, request.pk)
    fresh = TracingRequest.objects.get(pk=request.pk)
    recording.compare(fresh, version)
    return fresh
