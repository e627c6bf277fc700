"""The first page: counts that lead to the lists they count."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cases import clock
from cases.access.gate import can, current_actor
from cases.access.roles import Act
from cases.admin import links
from cases.admin.columns import tone_of
from cases.models import (
    Discrepancy,
    Individual,
    RepatriationBatch,
    ReportText,
    SourceReport,
    StatusProposal,
    Task,
)
from cases.queries import report_texts
from cases.rules.dates import in_words
from cases.vocabulary.batches import BatchStatus
from cases.vocabulary.casework import TaskState
from cases.vocabulary.counts import DiscrepancyState
from cases.vocabulary.reports import DigestState
from cases.vocabulary.status import ProposalState, ReturnStatus, WorkStatus

RECENT_DAYS = 30
_ENDED = (BatchStatus.RECONCILED, BatchStatus.CLOSED, BatchStatus.CANCELLED, BatchStatus.FAILED)
_IN_QUEUE = 8
_CLOSED = (WorkStatus.CLOSED,)


@dataclass(frozen=True)
class Tally:
    """A number that leads to its list."""

    label: str
    number: int
    url: str
    tone: str = "plain"


@dataclass(frozen=True)
class Entry:
    words: str
    detail: str
    url: str


@dataclass(frozen=True)
class Work:
    """What waits for whoever is signed in."""

    tallies: tuple[Tally, ...]
    cases: tuple[Tally, ...]
    tasks: tuple[Entry, ...]
    batches: tuple[Entry, ...]
    queue: tuple[Entry, ...]
    reports: tuple[Entry, ...]
    discrepancies: tuple[Entry, ...]


def waiting() -> Work:
    """Read the first page in a fixed number of queries, as much of it as the actor may see."""
    actor = current_actor()
    may_read_cases, may_read_evidence = can(actor, Act.READ_CASES), can(actor, Act.READ_EVIDENCE)
    return Work(
        tallies=(
            *(_case_tallies() if may_read_cases else ()),
            *(_evidence_tallies() if may_read_evidence else ()),
        ),
        cases=tuple(_by_status() if may_read_cases else ()),
        tasks=tuple(_tasks() if may_read_cases else ()),
        batches=tuple(_batches() if may_read_evidence else ()),
        queue=tuple(_queue() if may_read_evidence else ()),
        reports=tuple(_reports() if may_read_evidence else ()),
        discrepancies=tuple(_discrepancies() if may_read_evidence else ()),
    )


def _is_masked(model: type[Individual | Task], name: str) -> bool:
    return name in model.masked_for_actor()


def _case_tallies() -> Iterable[Tally]:
    today = clock.today()
    mine = Q(assigned_to=current_actor().user_id)
    if not _is_masked(Individual, "assigned_to"):
        number = Individual.objects.filter(mine).exclude(work_status__in=_CLOSED).count()
        yield Tally(_("Cases assigned to me"), number, links.list_of(Individual, mine="yes"))
    pending = Individual.objects.filter(work_status=WorkStatus.PENDING_CLOSURE).count()
    url = links.list_of(Individual, work_status__exact=WorkStatus.PENDING_CLOSURE.value)
    yield Tally(_("Cases pending closure"), pending, url, "warn" if pending else "plain")
    waiting = StatusProposal.objects.filter(state=ProposalState.PENDING).count()
    url = links.list_of(StatusProposal, state__exact=ProposalState.PENDING.value)
    yield Tally(_("Steps for a second person"), waiting, url, "warn" if waiting else "plain")
    if not _is_masked(Task, "due_on"):
        yield from _task_tallies(today)


def _task_tallies(today: date) -> Iterable[Tally]:
    tasks = Task.objects.filter(state=TaskState.OPEN)
    found = tasks.aggregate(
        overdue=Count("pk", filter=Q(due_on__lt=today)), today=Count("pk", filter=Q(due_on=today))
    )
    overdue = found["overdue"]
    tone = "bad" if overdue else "good"
    yield Tally(_("Tasks overdue"), overdue, links.list_of(Task, due="overdue"), tone)
    yield Tally(_("Tasks due today"), found["today"], links.list_of(Task, due="today"))


def _evidence_tallies() -> Iterable[Tally]:
    texts = ReportText.objects.filter(digest_state=DigestState.NEW).count()
    url = links.list_of(ReportText, digest_state__exact=DigestState.NEW.value)
    yield Tally(_("Reports to digest"), texts, url, "warn" if texts else "good")
    waiting_batches = RepatriationBatch.objects.filter(status=BatchStatus.ARRIVED).count()
    url = links.list_of(RepatriationBatch, status__exact=BatchStatus.ARRIVED.value)
    yield Tally(
        _("Batches to reconcile"), waiting_batches, url, "warn" if waiting_batches else "good"
    )
    doubts = Discrepancy.objects.filter(state=DiscrepancyState.OPEN).count()
    url = links.list_of(Discrepancy, state__exact=DiscrepancyState.OPEN.value)
    yield Tally(_("Open discrepancies"), doubts, url, "warn" if doubts else "good")


def _by_status() -> Iterable[Tally]:
    """Count the cases that are not closed, by return status or by work status."""
    name = "work_status" if _is_masked(Individual, "return_status") else "return_status"
    rows = Individual.objects.order_by().exclude(work_status__in=_CLOSED)
    numbers = dict(rows.values_list(name).annotate(number=Count("pk")))
    terms = WorkStatus if name == "work_status" else ReturnStatus
    for value, label in terms.choices:
        if value in numbers:
            url = links.list_of(Individual, **{f"{name}__exact": value})
            yield Tally(str(label), numbers[value], url, tone_of(value))


def _tasks() -> Iterable[Entry]:
    if _is_masked(Task, "due_on") or _is_masked(Task, "assigned_to"):
        return
    rows = Task.objects.filter(state=TaskState.OPEN, assigned_to=current_actor().user_id)
    for task in rows.order_by("due_on", "recorded_at", "pk")[:8]:
        words = str(task) if _is_masked(Task, "title") else task.title
        day = date_format(task.due_on) if task.due_on else ""
        due = _("due %(day)s") % {"day": day} if day else _("no day set")
        yield Entry(words, due, links.url_of(task))


def _batches() -> Iterable[Entry]:
    rows = RepatriationBatch.objects.exclude(status__in=_ENDED).order_by("-updated_at", "pk")[:6]
    for batch in rows:
        title = "" if "title" in batch.unread_fields() else batch.title
        yield Entry(f"{batch} {title}".strip(), batch.get_status_display(), links.url_of(batch))


def _queue() -> Iterable[Entry]:
    for text in report_texts.queue(_IN_QUEUE):
        given = {
            "name": text.taken_by,
            "state": str(text.state.label).lower(),
            "day": date_format(text.kept_at, "MONTH_DAY_FORMAT"),
            "count": text.statements,
        }
        detail = (
            _("in hand of %(name)s, kept %(day)s, statements: %(count)s") % given
            if text.taken_by
            else _("%(state)s, kept %(day)s, statements: %(count)s") % given
        )
        yield Entry(str(text.report), detail, links.page_of(SourceReport, text.report.id))


def _reports() -> Iterable[Entry]:
    rows = SourceReport.objects.prefetch_related("publisher").order_by("-recorded_at", "pk")[:6]
    for report in rows:
        when = in_words(report.published_edtf) if report.published_edtf else _("undated")
        yield Entry(
            str(report), f"{report.publisher or _('no publisher')}, {when}", links.url_of(report)
        )


def _discrepancies() -> Iterable[Entry]:
    since = clock.now() - timedelta(days=RECENT_DAYS)
    rows = Discrepancy.objects.filter(state=DiscrepancyState.OPEN).order_by("-recorded_at", "pk")[
        :6
    ]
    for row in rows:
        age = _("new") if row.recorded_at > since else row.get_kind_display().lower()
        yield Entry(row.title, age, links.url_of(row))
