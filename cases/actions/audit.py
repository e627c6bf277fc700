"""The trail is written here, inside the transaction of the act it tells of."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import transaction

from cases import clock
from cases.access.actor import AnyActor
from cases.access.gate import System, acting_as
from cases.models import AuditEntry, AuditHead
from cases.rules import audit as chain

NO_ORGANISATION = UUID(int=0)
"""The chain of what belongs to no organisation: commands, sign-ins, the server itself."""


def note(
    *,
    by: AnyActor,
    act: str,
    model: str,
    organisation_id: UUID | None = None,
    target_id: UUID | None = None,
    versions: tuple[int | None, int | None] = (None, None),
    changed: Iterable[str] = (),
    reason: str = "",
) -> AuditEntry:
    """Add one entry to its organisation's chain.

    :raises TransactionManagementError: outside a transaction; an entry without its act is a lie.
    """
    if not transaction.get_connection().in_atomic_block:  # SQLite would let it pass
        message = "An entry of the trail is written in the transaction of its act."
        raise transaction.TransactionManagementError(message)
    with acting_as(System("writing the trail")):
        head = _lock_head(organisation_id)
        entry = AuditEntry(
            organisation_id=organisation_id,
            number=head.number + 1,
            at=clock.now(),
            actor=by.label,
            actor_id=by.user_id,
            act=act,
            model=model,
            target_id=target_id,
            version_before=versions[0],
            version_after=versions[1],
            changed=" ".join(sorted(changed)),
            reason=reason,
            previous_hash=head.hash,
        )
        entry.hash = chain.link(head.hash, fingerprint(entry))
        entry.save(force_insert=True)
        head.number, head.hash = entry.number, entry.hash
        head.save(update_fields=["number", "hash"])
    return entry


def fingerprint(entry: AuditEntry) -> dict[str, object]:
    """Give what the hash of an entry covers: all of it but the hashes themselves."""
    return {
        "id": str(entry.id),
        "organisation": str(entry.organisation_id),
        "number": entry.number,
        "at": entry.at.isoformat(),
        "actor": entry.actor,
        "actor_id": str(entry.actor_id),
        "act": entry.act,
        "outcome": str(entry.outcome),
        "model": entry.model,
        "target": str(entry.target_id),
        "versions": [entry.version_before, entry.version_after],
        "changed": entry.changed,
        "reason": entry.reason,
    }


@contextmanager
def system(reason: str) -> Iterator[System]:
    """Act as the system under a named reason, and say so in the trail."""
    actor = System(reason)
    with acting_as(actor), transaction.atomic():
        note(by=actor, act="acted as the system", model="system", reason=reason)
        yield actor


def _lock_head(organisation_id: UUID | None) -> AuditHead:
    """Lock the head, so that two acts at once make two links and not one."""
    chain_id = organisation_id or NO_ORGANISATION
    start = {"organisation_id": organisation_id, "hash": chain.START}
    head, _ = AuditHead.objects.select_for_update().get_or_create(pk=chain_id, defaults=start)
    return head
