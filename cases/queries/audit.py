"""Whether the trail is whole: its chains, their heads, and the rows it speaks of."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from django.apps import apps
from django.db.models import Model, Q, QuerySet

from cases.models import AuditEntry, AuditHead
from cases.models.base import Versioned
from cases.models.held import held
from cases.rules import audit as chain

NO_ORGANISATION = UUID(int=0)
"""The chain of what belongs to no organisation: commands, failed sign-ins, the server itself."""
ERASED = "erased"
"""The act of an entry that says of a row: it was taken away for good."""
_AT_ONCE = 1000
M = TypeVar("M", bound=Model)


class Tampered(Exception):  # noqa: N818 - a finding, not a fault of ours
    """The first thing that is wrong: where, and what."""

    def __init__(self, chain_id: UUID, number: int, what: str) -> None:
        self.chain_id, self.number, self.what = chain_id, number, what
        super().__init__(f"Chain {chain_id}, entry {number}: {what}")


@dataclass(frozen=True)
class Head:
    """The last link of a chain at some moment."""

    chain: UUID
    number: int
    hash: str


@dataclass
class Checked:
    """What was looked at."""

    entries: int = 0
    chains: int = 0
    rows: int = 0
    anchored: int = 0
    ends: dict[UUID, Head] = field(default_factory=dict)


def heads() -> list[Head]:
    """Give where each chain ends, by its own word."""
    rows = AuditHead.objects.order_by("pk")
    return [Head(head.pk, head.number, head.hash) for head in rows]


def verify(anchored: Iterable[Head] = ()) -> Checked:
    """Read the whole trail, and every row that it speaks of, in constant memory.

    :raises Tampered: with the first thing that is wrong.
    """
    known = {(head.chain, head.number): head.hash for head in anchored}
    checked = Checked(anchored=len(known))
    owners = AuditEntry.objects.order_by("organisation_id").values_list("organisation_id")
    for (owner,) in list(owners.distinct()):
        end = _check_chain(owner or NO_ORGANISATION, _entries(owner), known)
        checked.ends[end.chain] = end
        checked.entries += end.number
    checked.chains = len(checked.ends)
    _check_heads(checked.ends)
    _check_nothing_is_cut(checked.ends, known)
    for _row, fault in rows():
        if fault is not None:
            raise fault
        checked.rows += 1
    return checked


def rows() -> Iterator[tuple[Versioned | None, Tampered | None]]:
    """Hold each row to the last entry that speaks for it; give what is wrong with it, if it is."""
    for model in _versioned():
        for some in _pages(model._base_manager.all(), "pk"):
            last = _last_entries([row.pk for row in some])
            for row in some:
                yield row, _fault_of(row, last.get(row.pk))
        lost = _lost(model)
        if lost is not None:
            yield None, _fault(lost, f"the {model._meta.verbose_name} {lost.target_id} is gone")


def _entries(owner: UUID | None) -> Iterator[AuditEntry]:
    """Give the entries of one chain in order."""
    chain_of = Q(organisation_id=owner) if owner else Q(organisation_id__isnull=True)
    for page in _pages(AuditEntry.objects.filter(chain_of), "number"):
        yield from page


def _pages(found: QuerySet[M], key: str) -> Iterator[list[M]]:
    """Give rows by a unique key, a page at a time: PostgreSQL would give a whole result at once."""
    page = list(found.order_by(key)[:_AT_ONCE])
    while page:
        yield page
        page = list(found.filter(**{f"{key}__gt": getattr(page[-1], key)}).order_by(key)[:_AT_ONCE])


def _check_chain(
    chain_id: UUID, entries: Iterator[AuditEntry], known: Mapping[tuple[UUID, int], str]
) -> Head:
    end = Head(chain_id, 0, chain.START)
    is_committed = False
    for entry in entries:
        wrong = _wrong_in(entry, end, is_committed=is_committed)
        if not wrong and known.get((chain_id, entry.number), entry.hash) != entry.hash:
            wrong = "an anchor knows another entry here: the log was replaced from here or before"
        if wrong:
            raise Tampered(chain_id, end.number + 1, wrong)
        end = Head(chain_id, entry.number, entry.hash)
        is_committed = bool(entry.commitment)
    return end


def _wrong_in(entry: AuditEntry, before: Head, *, is_committed: bool) -> str:
    """Say what is wrong with an entry after the one before it; nothing if it holds.

    Entries from before there were commitments have none; after the first, all do.
    """
    if entry.number != before.number + 1:
        return f"it is missing; the next one is numbered {entry.number}"
    if entry.previous_hash != before.hash:
        return "it does not follow on the entry before it"
    if entry.hash != chain.link(before.hash, entry.fingerprint()):
        return "it was edited: its hash does not fit what it says"
    if is_committed and not entry.commitment:
        return "it commits to nothing, unlike the entries before it"
    speaks_for_row = entry.version_after is not None
    if entry.commitment and not speaks_for_row and entry.commitment != entry.commitment_to(None):
        return "it was not written by this server: its commitment does not fit the server's key"
    return ""


def _check_heads(ends: Mapping[UUID, Head]) -> None:
    told = {head.chain: head for head in heads()}
    for chain_id in ends.keys() | told.keys():
        end = ends.get(chain_id, Head(chain_id, 0, chain.START))
        head = told.get(chain_id)
        if head is None:
            raise Tampered(chain_id, end.number, "the chain has lost its head")
        if head.number > end.number:
            raise Tampered(chain_id, end.number + 1, f"it is missing; the head is {head.number}")
        if head != end:
            raise Tampered(chain_id, end.number, "the head of the chain is another entry")


def _check_nothing_is_cut(ends: Mapping[UUID, Head], known: Mapping[tuple[UUID, int], str]) -> None:
    for chain_id, number in sorted(known):
        end = ends.get(chain_id)
        last = end.number if end is not None else 0
        if number > last:
            what = f"it is missing; an anchor knows entry {number}: the end was cut off, or an "
            raise Tampered(chain_id, last + 1, f"{what}older database was restored")


def _versioned() -> list[type[Versioned]]:
    models = apps.get_app_config("cases").get_models()
    return [m for m in models if issubclass(m, Versioned) and not m._meta.proxy]


def _last_entries(targets: list[UUID]) -> dict[UUID | None, AuditEntry]:
    """Give for each row the last entry that speaks for it.

    A row that passed to another organisation has entries in two chains, whose numbers tell
    nothing of each other; its version rose as it passed.
    """
    entries = AuditEntry.objects.filter(target_id__in=targets, version_after__isnull=False)
    in_order = entries.order_by("version_after", "number", "pk")
    return {entry.target_id: entry for entry in in_order.iterator(_AT_ONCE)}


def _fault_of(row: Versioned, entry: AuditEntry | None) -> Tampered | None:
    owner = getattr(row, "organisation_id", row.pk)
    name = f"the {row._meta.verbose_name} {row.pk}"
    if entry is None:
        return Tampered(owner, 0, f"no entry speaks for {name}: it was added without an act")
    if entry.organisation_id != owner:
        return _fault(entry, f"{name} is in another organisation now")
    if entry.version_after != row.version:
        told = f"version {entry.version_after}, and it has {row.version}"
        return _fault(entry, f"{name} was changed without an act: the trail says {told}")
    if entry.commitment != entry.commitment_to(held(row)):
        return _fault(entry, f"{name} was changed without an act after this one")
    return None


def _lost(model: type[Versioned]) -> AuditEntry | None:
    """Find the first entry that speaks for a row which is not there, and was not erased."""
    name = model._meta.model_name
    spoken = AuditEntry.objects.filter(model=name, version_after__isnull=False)
    gone = spoken.exclude(target_id__in=model._base_manager.values("pk")).exclude(
        target_id__in=AuditEntry.objects.filter(model=name, act=ERASED).values("target_id")
    )
    return gone.order_by("organisation_id", "number").first()


def _fault(entry: AuditEntry, what: str) -> Tampered:
    return Tampered(entry.organisation_id or NO_ORGANISATION, entry.number, what)
