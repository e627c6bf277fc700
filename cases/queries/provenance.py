"""Where one number comes from: who said it, in which reports, and who recorded it here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import ngettext

from cases.access.gate import current_actor
from cases.models import CountLink, Discrepancy, RepatriationBatch, ReportedCount, User
from cases.queries import discrepancies, origins
from cases.queries.claims import Claim, claim_of, claims_of
from cases.queries.discrepancies import Contradiction
from cases.queries.origins import Origin, Relay
from cases.vocabulary.batches import BatchStatus
from cases.vocabulary.counts import LinkKind


@dataclass(frozen=True)
class Recorded:
    """Who entered the figure; the person only for readers of the same organisation."""

    organisation: str
    person: str
    at: datetime
    verified_by: str


@dataclass(frozen=True)
class Ended:
    """Why a figure counts no longer."""

    at: datetime
    is_retracted: bool
    reason: str


@dataclass(frozen=True)
class Tie:
    """Another figure and how the two relate, read from this one."""

    kind: LinkKind
    is_from_here: bool
    other: Claim
    remarks: str


@dataclass(frozen=True)
class BatchRef:
    """The return whose headcount it is."""

    code: str
    title: str
    status: BatchStatus


@dataclass(frozen=True)
class Provenance:
    """All that stands behind one figure."""

    claim: Claim
    population_code: str
    population_definition: str
    as_of_as_stated: str
    origin: Origin
    relays: tuple[Relay, ...]
    recorded: Recorded
    ended: Ended | None
    replaces: Claim | None
    replaced_by: tuple[Claim, ...]
    ties: tuple[Tie, ...]
    contradictions: tuple[Contradiction, ...]
    whole: Claim | None
    subgroups: tuple[Claim, ...]
    batch: BatchRef | None

    @property
    def corroboration(self) -> str:
        """Say how many reports there are and how many origins: two relays are one voice."""
        reports = len(self.relays)
        return ngettext("%(count)s report, 1 origin", "%(count)s reports, 1 origin", reports) % {
            "count": reports
        }


def provenance(figure: UUID) -> Provenance | None:
    """Trace a figure back, in a fixed number of queries; None if there is none to be seen."""
    count = _rows().filter(pk=figure).first()
    if count is None:
        return None
    near = _Near.of(count)
    contradictory = Discrepancy.objects.filter(members__count=count).distinct()
    return Provenance(
        claim=claim_of(count),
        population_code=count.population.code,
        population_definition=count.population.definition,
        as_of_as_stated=origins.as_stated(count, "as_of"),
        origin=origins.origin_of(count.statement),
        relays=origins.relays_of(count.statement.citations.all()),
        recorded=_recorded(count),
        ended=_ended(count),
        replaces=near.claims.get(count.supersedes_id),
        replaced_by=near.replaced_by,
        ties=near.ties,
        contradictions=tuple(discrepancies.read(contradictory)),
        whole=near.claims.get(count.part_of_id),
        subgroups=near.subgroups,
        batch=_batch(count.batch_id),
    )


def _rows() -> "QuerySet[ReportedCount]":
    return ReportedCount.objects.select_related(
        "population", "statement", "organisation"
    ).prefetch_related(*(f"statement__{relation}" for relation in origins.READ_WITH))


@dataclass(frozen=True)
class _Near:
    """The other figures that this one touches, read at once."""

    claims: dict[UUID | None, Claim]
    ties: tuple[Tie, ...]
    replaced_by: tuple[Claim, ...]
    subgroups: tuple[Claim, ...]

    @classmethod
    def of(cls, count: ReportedCount) -> "_Near":
        links = list(
            CountLink.objects.filter(Q(from_count=count) | Q(to_count=count)).order_by(
                "kind", "recorded_at", "pk"
            )
        )
        ends = {key for link in links for key in (link.from_count_id, link.to_count_id)}
        ends |= {key for key in (count.supersedes_id, count.part_of_id) if key}
        rows = ReportedCount.objects.filter(
            Q(pk__in=ends) | Q(supersedes=count) | Q(part_of=count)
        ).exclude(pk=count.pk)
        parents = {
            key: (above, whole)
            for key, above, whole in rows.values_list("pk", "supersedes", "part_of")
        }
        claims = claims_of(rows.order_by("recorded_at", "pk"))
        by_id: dict[UUID | None, Claim] = {claim.id: claim for claim in claims}
        return cls(
            claims=by_id,
            ties=_ties(links, count.pk, by_id),
            replaced_by=tuple(c for c in claims if parents[c.id][0] == count.pk),
            subgroups=tuple(c for c in claims if parents[c.id][1] == count.pk),
        )


def _ties(
    links: Iterable[CountLink], here: UUID, claims: dict[UUID | None, Claim]
) -> tuple[Tie, ...]:
    """Give the links whose other end the reader may see."""
    found = []
    for link in links:
        is_from_here = link.from_count_id == here
        other = claims.get(link.to_count_id if is_from_here else link.from_count_id)
        if other is not None:
            found.append(Tie(LinkKind(link.kind), is_from_here, other, link.remarks))
    return tuple(found)


def _recorded(count: ReportedCount) -> Recorded:
    hidden = ReportedCount.masked_for_actor()
    keys = {
        name: getattr(count, f"{name}_id")
        for name in ("recorded_by", "verified_by")
        if name not in hidden
    }
    is_own = current_actor().organisation_id == count.organisation_id
    people = User.objects.filter(pk__in=[key for key in keys.values() if key and is_own])
    names: dict[UUID | None, str] = {user.pk: str(user) for user in people}
    return Recorded(
        organisation=count.organisation.name,
        person=names.get(keys.get("recorded_by"), ""),
        at=count.recorded_at,
        verified_by=names.get(keys.get("verified_by"), ""),
    )


def _ended(count: ReportedCount) -> Ended | None:
    if count.retracted_at is not None:
        return Ended(count.retracted_at, is_retracted=True, reason=count.retraction_reason)
    if count.superseded_at is not None:
        return Ended(count.superseded_at, is_retracted=False, reason="")
    return None


def _batch(key: UUID | None) -> BatchRef | None:
    batch = RepatriationBatch.objects.filter(pk=key).first() if key else None
    if batch is None:
        return None
    title = "" if "title" in RepatriationBatch.masked_for_actor() else batch.title
    return BatchRef(batch.code, title, BatchStatus(batch.status))
