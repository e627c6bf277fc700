"""Refused attempts: each is on record, though nothing of what was attempted is."""

import logging
from collections.abc import Iterable
from uuid import UUID

from django.db import Error, transaction

from cases.access.actor import Anonymous, AnyActor
from cases.actions import audit
from cases.vocabulary.audit import Outcome, Refusal

log = logging.getLogger(__name__)

OWN_APPROVAL = frozenset(
    {"own_figure", "own_assessment", "own_proposal", "own_role", "own_factor", "second_person"}
)
"""Codes of refusals that are no slip: somebody was to be their own second person."""


def note(
    *,
    by: AnyActor,
    act: str,
    reason: Refusal,
    model: str = "",
    target_id: UUID | None = None,
    fields: Iterable[str] = (),
) -> None:
    """Write down a refused attempt, in a transaction of its own; call it after the act's has ended.

    ``target_id`` is the id as it was asked for: whether there is such a row, nobody looks, so that
    a foreign row and none at all cost the same. Nobody's attempts are for the log alone: anybody
    on the network could fill the trail with them. What cannot be written is logged; the refusal
    stands all the same.
    """
    if isinstance(by, Anonymous):
        log.warning("Refused: nobody, %s, %s", act, reason)
        return
    try:
        with transaction.atomic():
            audit.note(
                by=by,
                act=str(act),
                model=model,
                organisation_id=by.organisation_id,
                target_id=target_id,
                changed=fields,
                outcome=Outcome.REFUSED,
                reason=str(reason),
            )
    except Error:
        log.exception("A refusal is not in the trail: %s, %s %s, %s", act, model, target_id, reason)
