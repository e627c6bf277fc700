"""People whom another registry tells of: kept to be looked at, and what a person decides of each.

Nothing of them becomes a case by itself, and nothing of a case is changed by them: what is taken
is a new case, or notes on one that is there.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _, gettext_noop

from cases import clock
from cases.access.actor import AnyActor
from cases.access.gate import System, acting_as, require
from cases.access.roles import Act
from cases.actions import audit, casework, individuals, recording
from cases.models import Individual, PersonOffer
from cases.models.offers import LONGEST_CONTENT, LONGEST_REASON, TAKEN
from cases.rules import pfif_records
from cases.rules.numbers import grouped
from cases.rules.pfif_records import Registered
from cases.vocabulary.offers import OfferState

S = OfferState
KEEP = Act.KEEP_CASES
KEPT_FOR = timedelta(days=90)
"""So long an offer waits; then what it says is deleted."""
NOBODY_DECIDED = gettext_noop("Nobody decided within 90 days.")
OUT_OF_TIME = gettext_noop("The time is up that its source set.")
TAKEN_BACK = gettext_noop("Its source has taken it back.")
_TOLD: Mapping[str, str] = {
    S.REGISTERED: gettext_noop("took in as a new case"),
    S.NOTED: gettext_noop("wrote on a case"),
    S.LEFT: gettext_noop("left without a case"),
}


@transaction.atomic
def offer(*, by: AnyActor, record: Registered, individual: Individual | None = None) -> PersonOffer:
    """Keep a record of another registry until somebody looks at it; a later version replaces it.

    What its source took back, or set an end to that has passed, is not kept: only that it was so.
    ``individual`` is the case of which the record is a copy, where it is one of ours.

    :raises ValidationError: where a later version is here already.
    """
    require(by, KEEP)
    key = key_of(record.record_id)
    at = pfif_records.moment(record.fields["source_date"])
    ends_at = _end_of(record)
    why = _over(record, ends_at)
    _put_away_earlier(by, key, at, why)
    made = PersonOffer(
        organisation_id=recording.organisation_id(by, None),
        recorded_by_id=by.user_id,
        record_key=key,
        content="" if why else _content(record),
        source_at=at,
        ends_at=ends_at,
        state=S.WITHDRAWN if why else S.OFFERED,
        reason=why,
        target_id=None if individual is None else individual.pk,
    )
    made.full_clean()
    made.save(force_insert=True)
    _trail(made, by=by, act="offered")
    return made


@transaction.atomic
def register(given: PersonOffer, *, by: AnyActor) -> Individual:
    """Take a record in as a new case, with notes that say who tells what.

    :raises ValidationError: with the sentences of the rules, or where it was decided already.
    """
    require(by, KEEP)
    record = _taken(given, by)
    if not record.has_person:
        message = _("There are only notes of others here. Write them on a case, or leave them.")
        raise ValidationError(message, code="only_notes")
    facts = pfif_records.facts(record)
    person = individuals.register(by=by, **facts)
    _write_notes(record, person, by, with_description=False)
    _decide(given, by=by, state=S.REGISTERED, target=person)
    return person


@transaction.atomic
def note(given: PersonOffer, *, by: AnyActor, individual: Individual) -> Individual:
    """Write what a record says on a case that is there, as notes; nothing else of it changes.

    :raises PermissionDenied: for a case that another organisation keeps.
    :raises ValidationError: where it was decided already.
    """
    require(by, KEEP)
    record = _taken(given, by)
    _write_notes(record, individual, by, with_description=True)
    _decide(given, by=by, state=S.NOTED, target=individual)
    return individual


@transaction.atomic
def leave(given: PersonOffer, *, by: AnyActor, reason: str) -> PersonOffer:
    """Leave a record: what it says is deleted.

    :raises ValidationError: without a reason, or where it was decided already.
    """
    require(by, KEEP)
    _taken(given, by)
    if not reason.strip():
        message = _("Say why it is left: the next version of it will come.")
        raise recording.refusal("reason", message, "required")
    _decide(given, by=by, state=S.LEFT, reason=reason)
    return given


@transaction.atomic
def note_read(given: PersonOffer, *, by: AnyActor) -> None:
    """Write into the trail that somebody reads what another registry says of a person."""
    require(by, KEEP)
    _trail(given, by=by, act="read")


@transaction.atomic
def forget_old(*, by: AnyActor) -> int:
    """Delete what waits beyond the end that its source set, or for too long.

    :returns: how many.
    """
    if not isinstance(by, System):
        message = _("You may not tidy up imports; the worker does.")
        raise PermissionDenied(message)
    now, waiting = clock.now(), PersonOffer.objects.filter(state=S.OFFERED)
    gone = {"state": S.WITHDRAWN, "content": ""}
    ended = waiting.filter(ends_at__lte=now).update(**gone, reason=OUT_OF_TIME)
    old = waiting.filter(recorded_at__lte=now - KEPT_FOR)
    return ended + old.update(**gone, reason=NOBODY_DECIDED)


def key_of(record_id: str) -> str:
    """Tell a record from all others, and say nothing of it."""
    return salted_hmac("cases.offers", record_id, algorithm="sha256").hexdigest()


def cases_resting_on(given: PersonOffer) -> list[str]:
    """Give the numbers of the cases that earlier versions of a record went into."""
    same = PersonOffer.objects.filter(
        organisation=given.organisation_id, record_key=given.record_key, state__in=TAKEN
    )
    people = Individual.objects.filter(pk__in=same.values("target_id"))
    return list(people.order_by("case_number").values_list("case_number", flat=True))


def _put_away_earlier(by: AnyActor, key: str, at: datetime, why: str) -> None:
    """Take away what waits of earlier versions, whoever of the organisation brought them."""
    with acting_as(System("looking for earlier versions of a record")):
        same = PersonOffer.objects.filter(organisation=by.organisation_id, record_key=key)
        if same.filter(source_at__gt=at).exists():
            message = _("A later version of this record is here already.")
            raise recording.refusal("source_date", message, "older")
        state = S.WITHDRAWN if why else S.REPLACED
        same.filter(state=S.OFFERED).update(state=state, content="", reason=why)


def _content(record: Registered) -> str:
    content = json.dumps(record.as_json(), ensure_ascii=False)
    if len(content) > LONGEST_CONTENT:
        message = _("The record is longer than %(most)s characters.") % {
            "most": grouped(LONGEST_CONTENT)
        }
        raise ValidationError(message, code="too_long")
    return content


def _end_of(record: Registered) -> datetime | None:
    told = record.fields.get("expiry_date")
    return pfif_records.moment(told) if told else None


def _over(record: Registered, ends_at: datetime | None) -> str:
    if record.is_placeholder:
        return TAKEN_BACK
    return OUT_OF_TIME if ends_at is not None and ends_at <= clock.now() else ""


def _taken(given: PersonOffer, by: AnyActor) -> Registered:
    """Take an offer for this decision: of two who decide at once one is told so."""
    now = clock.now()
    open_still = PersonOffer.objects.filter(pk=given.pk, state=S.OFFERED)
    if open_still.update(decided_at=now, decided_by=by.user_id) != 1:
        message = _("This was decided already, or taken back by its source. Look again.")
        raise ValidationError(message, code="decided")
    given.refresh_from_db()
    kept: Mapping[str, Any] = json.loads(given.content)
    return pfif_records.of_json(kept)


def _write_notes(
    record: Registered, person: Individual, by: AnyActor, *, with_description: bool
) -> None:
    for text in pfif_records.texts(record, with_description=with_description):
        casework.write_note(by=by, individual=person, text=text)


def _decide(
    given: PersonOffer,
    *,
    by: AnyActor,
    state: OfferState,
    target: Individual | None = None,
    reason: str = "",
) -> None:
    given.state, given.content, given.reason = state, "", reason[:LONGEST_REASON]
    given.target_id = target.pk if target is not None else given.target_id
    given.save(update_fields=["state", "content", "reason", "target_id"])
    _trail(given, by=by, act=_TOLD[state], reason=reason)


def _trail(given: PersonOffer, *, by: AnyActor, act: str, reason: str = "") -> None:
    audit.note(
        by=by,
        act=act,
        model="personoffer",
        organisation_id=given.organisation_id,
        target_id=given.pk,
        reason=reason,
    )
