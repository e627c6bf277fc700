"""The tables of the pages as files hold them: the same queries, all rows, nothing else."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain

from django.conf import settings
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from cases import clock
from cases.access.gate import current_actor
from cases.dashboards import forms, knowledge
from cases.exchange.claims import CLAIM, FIGURES, cited, head_of, row_of
from cases.exchange.tables import Column, Kind, Row, Table
from cases.models import Population
from cases.queries import bridge, discrepancies, outstanding, populations
from cases.queries.claims import Claim, ReportRef
from cases.queries.discrepancies import Contradiction
from cases.queries.knowledge import Event, Learned
from cases.queries.outstanding import Outstanding
from cases.queries.returns import latest_returns

Asked = Sequence[tuple[str, str]]
_IS_LATEST = Column("is_latest", ("is_latest",), Kind.TRUTH, "Whether it is its claimant's latest.")
_IS_STALE = Column("is_stale", ("is_stale",), Kind.TRUTH, "Whether it is old, or has no date.")


_DISPUTE = tuple(
    Column(name, (name,), kind, meaning)
    for name, kind, meaning in (
        ("discrepancy", Kind.TEXT, "What the sources disagree about."),
        ("discrepancy.kind", Kind.TERM, "What kind of disagreement it is."),
        ("discrepancy.state", Kind.TERM, "How far its review is."),
        ("discrepancy.rationale", Kind.TEXT, "Why it stands, or how it is explained."),
        ("version_text", Kind.TEXT, "What this side says."),
        ("side", Kind.TEXT, "Whose side it is."),
        ("said", Kind.TEXT, "When it was said."),
        ("side.reports", Kind.TEXT, "The reports that relay it."),
    )
)


@dataclass(frozen=True)
class _Shown:
    """What a page shows as a table, before it has its head."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]
    reports: Iterable[ReportRef]
    asked: Asked = field(default_factory=tuple)
    figures: tuple[tuple[str, ...], ...] = FIGURES

    def table(self, at: datetime) -> Table:
        method = settings.PUBLIC_URL.rstrip("/") + reverse("dashboards:methodology")
        head = head_of(self.title, self.asked, self.reports, taken_at=at, method=method)
        return Table(
            self.name, self.title, self.columns, self.rows, head=head, figures=self.figures
        )


def overview(params: QueryDict) -> Table:
    """Give the latest claim of each claimant, for each population."""
    forms.nothing(params)
    moment, day = clock.now(), clock.today()
    groups = populations.with_outstanding_claims()
    answers = outstanding.side_by_side(groups, valid_at=day, known_at=moment)
    latest = [(answer, series.latest) for answer in answers for series in answer.series]
    return _Shown(
        "overview",
        _("Overview"),
        (*CLAIM, _IS_STALE),
        [row_of(claim, is_stale=answer.is_stale(claim)) for answer, claim in latest],
        _cited_by(claim for _answer, claim in latest),
        [(_("As of"), day.isoformat())],
    ).table(moment)


def returns(params: QueryDict) -> Table:
    """Give the latest returns, a row for each claimed headcount."""
    forms.nothing(params)
    found = latest_returns()
    columns = tuple(
        Column(name, (name,), kind, meaning)
        for name, kind, meaning in (
            ("batch", Kind.TEXT, "The code of the batch."),
            ("title", Kind.TEXT, "What it is called."),
            ("kind", Kind.TERM, "What kind of return it is."),
            ("status", Kind.TERM, "How far it is."),
            ("arrived", Kind.TEXT, "When it arrived, as EDTF."),
            ("route", Kind.TEXT, "By which route."),
            ("slots", Kind.NUMBER, "Places in the batch, by the tracker's own records."),
            ("bound", Kind.NUMBER, "How many of them are bound to a person."),
            ("compared", Kind.TERM, "The claimed headcount against the slots."),
        )
    )
    rows = []
    for batch in found:
        own = {
            "batch": batch.code,
            "title": batch.title,
            "kind": batch.kind.value,
            "status": batch.status.value,
            "arrived": batch.arrived,
            "route": batch.route,
            "slots": batch.slots,
            "bound": batch.bound,
        }
        rows += [
            row_of(head.claim, **own, compared="" if batch.bound is None else head.state.value)
            for head in batch.headcounts
        ] or [own]
    claims = (head.claim for batch in found for head in batch.headcounts)
    shown = _Shown("returns", _("Latest returns"), (*columns, *CLAIM), rows, _cited_by(claims))
    return shown.table(clock.now())


def of_population(params: QueryDict) -> Table:
    """Give all claims about one population, the latest of each claimant marked."""
    answer, asked = _answer(params)
    rows = [
        row_of(claim, is_latest=claim is series.latest, is_stale=answer.is_stale(claim))
        for series in answer.series
        for claim in reversed(series.claims)
    ]
    claims = (claim for series in answer.series for claim in series.claims)
    title = answer.population.title
    columns = (*CLAIM, _IS_LATEST, _IS_STALE)
    return _Shown("outstanding", title, columns, rows, _cited_by(claims), asked).table(clock.now())


def bridges(params: QueryDict) -> Table:
    """Give each step of the bridge, with its verdict and what it used and left out."""
    answer, asked = _answer(params)
    claims = [claim for series in answer.series for claim in series.claims]
    steps = bridge.chain(answer.population, claims, known_at=answer.known_at)
    names = (
        ("start", Kind.TEXT, "The earlier claim."),
        ("start.claimant", Kind.TEXT, "Whose it is."),
        ("start.id", Kind.ID, "Of its figure."),
        ("used", Kind.TEXT, "Who left in between, by whose claim."),
        ("left_out", Kind.TEXT, "Flows that were left out, and why."),
        ("expected.low", Kind.NUMBER, "The lowest that can be left; empty is open."),
        ("expected.high", Kind.NUMBER, "The highest that can be left; empty is open."),
        ("end", Kind.TEXT, "The later claim."),
        ("end.claimant", Kind.TEXT, "Whose it is."),
        ("end.id", Kind.ID, "Of its figure."),
        ("verdict", Kind.TERM, "Whether both can be so."),
        ("in_words", Kind.TEXT, "The arithmetic, in words."),
    )
    rows = [
        {
            "start": step.start.stated_text,
            "start.claimant": step.start.claimant.label,
            "start.id": str(step.start.id),
            "used": "; ".join(flow.in_words for flow in step.used),
            "left_out": "; ".join(f"{c.stated_text}: {reason}" for c, reason in step.left_out),
            "expected.low": step.expected.low,
            "expected.high": step.expected.high,
            "end": step.end.stated_text,
            "end.claimant": step.end.claimant.label,
            "end.id": str(step.end.id),
            "verdict": step.verdict.value,
            "in_words": step.in_words,
        }
        for step in steps
    ]
    flows = [claim for step in steps for flow in step.used for claim in flow.claims]
    title = _("Bridge: %(population)s") % {"population": answer.population.title}
    columns = tuple(Column(name, (name,), kind, meaning) for name, kind, meaning in names)
    reports, ends = _cited_by([*claims, *flows]), (("start.id",), ("end.id",))
    return _Shown("bridge", title, columns, rows, reports, asked, ends).table(clock.now())


def contradictions(params: QueryDict) -> Table:
    """Give the contradictions in one state, a row for each side."""
    state = forms.discrepancies(params)
    listed = discrepancies.in_state(state).listed
    columns = (*_DISPUTE, *CLAIM)
    asked = [(_("State"), str(state.label))]
    reports = (report for one in listed for side in one.sides for report in side.reports)
    shown = _Shown(
        "discrepancies", _("Discrepancies"), columns, list(_sides(listed)), reports, asked
    )
    return shown.table(clock.now())


def _sides(listed: Iterable[Contradiction]) -> Iterator[Row]:
    for one in listed:
        for side in one.sides:
            yield row_of(
                side.claim,
                **{
                    "discrepancy": one.title,
                    "discrepancy.kind": one.kind.value,
                    "discrepancy.state": one.state.value,
                    "discrepancy.rationale": one.rationale,
                    "version_text": side.version_text,
                    "side": side.claimant,
                    "said": side.said,
                    "side.reports": cited(side.reports),
                },
            )


def changes(params: QueryDict) -> Table:
    """Give what changed, a row for each figure, contradiction, statement and batch."""
    span, found = knowledge.read(forms.changes(params), current_actor().user_id)
    columns = (
        Column("change", ("change",), Kind.TEXT, "What became of it."),
        Column("changed_at", ("changed_at",), Kind.MOMENT, "When the tracker learned that."),
        Column("about", ("about",), Kind.TEXT, "What it is, where it is no figure."),
        Column("reason", ("reason",), Kind.TEXT, "Why, where somebody said so."),
        Column("replaced_by", ("replaced_by",), Kind.TEXT, "What took its place."),
        Column("replaced_by.id", ("replaced_by.id",), Kind.ID, "Of the figure that did."),
        *CLAIM,
    )
    asked = [(_("Since"), span.since.isoformat(timespec="minutes"))]
    events = [*found.new, *found.superseded, *found.retracted, *found.reviewed]
    reports = _cited_by(event.claim for event in events)
    rows = list(chain(_of_events(found), _of_others(found)))
    return _Shown("changes", _("What changed"), columns, rows, reports, asked).table(span.until)


def _of_events(found: Learned) -> Iterator[Row]:
    kinds: tuple[tuple[str, tuple[Event, ...]], ...] = (
        ("new", found.new),
        ("superseded", found.superseded),
        ("retracted", found.retracted),
        ("reviewed", found.reviewed),
    )
    for change, events in kinds:
        for event in events:
            yield row_of(
                event.claim,
                change=change,
                changed_at=event.at.isoformat(),
                reason=event.reason,
                **_became(event.by),
            )
    for moved in found.taken:
        yield row_of(
            moved.claim,
            change="changed since it left in a file",
            about=f"{moved.file}: {moved.said}",
            **_became(moved.by),
        )


def _became(by: Claim | None) -> dict[str, str]:
    return {"replaced_by": by.stated_text, "replaced_by.id": str(by.id)} if by else {}


def _of_others(found: Learned) -> Iterator[Row]:
    for change, listed in (("contradicted", found.opened), ("contradiction ended", found.closed)):
        for one in listed:
            yield {"change": change, "about": one.title, "reason": one.rationale}
    for said in found.statements:
        about = f"{said.claimant} {said.modality.label}: {said.summary}"
        moment = said.recorded_at.isoformat()
        yield {"change": "new statement", "about": about, "changed_at": moment}
    for batch in found.batches:
        about, moment = f"{batch.code} {batch.title}".strip(), batch.recorded_at.isoformat()
        yield {"change": "new batch", "about": about, "changed_at": moment}


def _answer(params: QueryDict) -> tuple[Outstanding, Asked]:
    asked = forms.outstanding(params)
    answer = outstanding.outstanding(
        population_of(asked.population), valid_at=asked.valid_at, known_at=asked.known_at
    )
    return answer, [
        (_("Population"), f"{answer.population.title} ({answer.population.code})"),
        (_("As of"), answer.valid_at.isoformat()),
        (_("As known on"), answer.known_at.isoformat(timespec="minutes")),
    ]


def population_of(code: str | None) -> Population:
    """Give the population of a code, or the one that the page shows unasked.

    :raises Http404: where there is none.
    """
    if code is None:
        found = next(iter(populations.with_outstanding_claims()), None)
    else:
        found = populations.of_code(code)
    if found is None:
        raise Http404(forms.NO_POPULATION)
    return found


def _cited_by(claims: Iterable[Claim]) -> Iterator[ReportRef]:
    return (report for claim in claims for report in claim.reports)
