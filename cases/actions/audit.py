"""The trail is written here, inside the transaction of the act it tells of."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import transaction

from cases import clock
from cases.access import origin
from cases.access.actor import AnyActor
from cases.access.gate import System, acting_as
from cases.models import AuditEntry, AuditHead
from cases.queries.audit import NO_ORGANISATION
from cases.rules import audit as chain
from cases.vocabulary.audit import Outcome


def note(  # noqa: PLR0913 - keyword-only: the columns of an entry
    *,
    by: AnyActor,
    act: str,
    model: str,
    organisation_id: UUID | None = None,
    target_id: UUID | None = None,
    versions: tuple[int | None, int | None] = (None, None),
    changed: Iterable[str] = (),
    reason: str = "",
    outcome: str = Outcome.DONE,
    row: Mapping[str, object] | None = None,
) -> AuditEntry:
    """Add one entry to its organisation's chain.

    ``row`` is what the target holds after the act. Give it with the version after, or neither:
    that is how a reader knows whether the entry speaks for the row.

    :raises TransactionManagementError: outside a transaction; an entry without its act is a lie.
    """
    if not transaction.get_connection().in_atomic_block:  # SQLite would let it pass
        message = "An entry of the trail is written in the transaction of its act."
        raise transaction.TransactionManagementError(message)
    with acting_as(System("writing the trail")):
        head = _lock_head(organisation_id)
        entry = _entry(
            by,
            act=act,
            outcome=outcome,
            model=model,
            target_id=target_id,
            version_before=versions[0],
            version_after=versions[1],
            changed=changed,
            reason=reason,
        )
        _link(head, entry, row)
        entry.save(force_insert=True)
        head.save(update_fields=["number", "hash"])
    return entry


Told = tuple[UUID, Iterable[str], Mapping[str, object]]
"""A row that was recorded: its id, the fields that were given, what it holds."""


def note_many(
    *, by: AnyActor, act: str, model: str, organisation_id: UUID, rows: Iterable[Told]
) -> None:
    """Add an entry for each of many new rows, as :func:`note` would: the same links of one chain.

    :raises TransactionManagementError: outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        message = "An entry of the trail is written in the transaction of its act."
        raise transaction.TransactionManagementError(message)
    with acting_as(System("writing the trail")):
        head = _lock_head(organisation_id)
        entries = []
        for target_id, changed, row in rows:
            entry = _entry(
                by, act=act, model=model, target_id=target_id, version_after=1, changed=changed
            )
            _link(head, entry, row)
            entries.append(entry)
        AuditEntry.objects.bulk_create(entries)
        head.save(update_fields=["number", "hash"])


def _entry(by: AnyActor, *, changed: Iterable[str], **columns: Any) -> AuditEntry:
    came = origin.current()
    return AuditEntry(
        at=clock.now(),
        actor=by.label,
        actor_id=by.user_id,
        door=came.door,
        request_id=came.request_id,
        changed=" ".join(sorted(changed)),
        **columns,
    )


def _link(head: AuditHead, entry: AuditEntry, row: Mapping[str, object] | None) -> None:
    """Make an entry the next link of a chain whose head is locked."""
    entry.organisation_id, entry.number = head.organisation_id, head.number + 1
    entry.previous_hash = head.hash
    entry.commitment = entry.commitment_to(row)
    entry.hash = chain.link(entry.previous_hash, entry.fingerprint())
    head.number, head.hash = entry.number, entry.hash


@contextmanager
def system(reason: str) -> Iterator[System]:
    """Act as the system under a named reason, and say so in the trail."""
    actor = System(reason)
    with origin.running(), acting_as(actor), transaction.atomic():
        note(by=actor, act="acted as the system", model="system", reason=reason)
        yield actor


def _lock_head(organisation_id: UUID | None) -> AuditHead:
    """Lock the head, so that two acts at once make two links and not one."""
    chain_id = organisation_id or NO_ORGANISATION
    start = {"organisation_id": organisation_id, "hash": chain.START}
    head, _ = AuditHead.objects.select_for_update().get_or_create(pk=chain_id, defaults=start)
    return head
