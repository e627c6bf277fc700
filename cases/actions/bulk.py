"""One act on many rows: chosen, confirmed, then done row by row as if each were done alone."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _, gettext_noop

from cases import clock
from cases.access.actor import AnyActor
from cases.access.gate import System, acting_as, require
from cases.access.roles import Act
from cases.actions import audit, batches, casework, individuals, jobs, recording
from cases.actions.recording import Conflict
from cases.models import BatchSlot, BulkItem, BulkRun, Individual, RepatriationBatch, Task, User
from cases.models.bulk import LONGEST_WHY
from cases.models.clashes import sentence_of
from cases.outbox import Job
from cases.queries.bulk import model_of
from cases.rules import bulk as rules
from cases.rules.batches import GONE
from cases.vocabulary.bulk import BulkAct, BulkOutcome, BulkState

NEEDED: Mapping[str, Act] = {
    BulkAct.ASSIGN: Act.KEEP_CASES,
    BulkAct.PRIORITY: Act.KEEP_CASES,
    BulkAct.BATCH: Act.KEEP_BATCHES,
    BulkAct.EXPORT: Act.READ_CASES,
    BulkAct.ASSIGN_TASKS: Act.KEEP_TASKS,
    BulkAct.FINISH_TASKS: Act.KEEP_TASKS,
}
_KEEPING = "keeping bulk work"
Verdict = tuple[BulkOutcome, str]


@transaction.atomic
def select(*, by: AnyActor, act: BulkAct, rows: Sequence[tuple[UUID, int]]) -> BulkRun:
    """Keep which rows were chosen, each with the version that was seen.

    :raises ValidationError: for none, or for too many.
    """
    require(by, NEEDED.get(act, Act.KEEP_CASES))
    if by.user_id is None or by.organisation_id is None:
        message = _("You may not do bulk work: it is done by somebody who signs in.")
        raise PermissionDenied(message)
    rules.check_number(len(rows))
    with acting_as(System(_KEEPING)):
        run = BulkRun(organisation_id=by.organisation_id, user_id=by.user_id, act=act)
        run.full_clean()
        run.save(force_insert=True)
        BulkItem.objects.bulk_create(
            BulkItem(run=run, position=place, target_id=key, target_version=version)
            for place, (key, version) in enumerate(rows)
        )
    return run


@transaction.atomic
def start(
    run: BulkRun,
    *,
    by: AnyActor,
    assigned_to: User | None = None,
    priority: str = "",
    batch: RepatriationBatch | None = None,
) -> BulkRun:
    """Confirm a run: from here on the worker carries it out, as its user.

    :raises PermissionDenied: for a run of somebody else's.
    :raises ValidationError: for one that was confirmed already.
    """
    require(by, NEEDED.get(run.act, Act.KEEP_CASES))
    _require_chosen_by(run, by)
    with acting_as(System(_KEEPING)):
        chosen = BulkRun.objects.filter(pk=run.pk, state=BulkState.SELECTED)
        began = chosen.update(
            state=BulkState.RUNNING,
            began_at=clock.now(),
            assigned_to=assigned_to,
            priority=priority,
            batch=batch,
        )
        if began != 1:
            message = _("This was confirmed already. Look at how far it has come.")
            raise ValidationError(message, code="confirmed")
        run.refresh_from_db()
        number = BulkItem.objects.filter(run=run).count()
    _note(run, by=by, act="began bulk work", reason=f"{run.act}: {number} rows")
    jobs.put(Job.CARRY_OUT_BULK, str(run.pk))
    return run


@transaction.atomic
def try_next(run: BulkRun, *, by: AnyActor) -> bool:
    """Do one row: its act and how it went stand or fall together, so that none is done twice.

    :returns: whether there was one.
    """
    require(by, NEEDED.get(run.act, Act.KEEP_CASES))
    _require_chosen_by(run, by)
    with acting_as(System(_KEEPING)):
        waiting = BulkItem.objects.filter(run=run, outcome=BulkOutcome.WAITING)
        item = waiting.order_by("position").select_for_update(skip_locked=True).first()
        if item is None:
            _end(run)
            return False
    outcome, why = _attempt(run, item, by)
    with acting_as(System(_KEEPING)):
        item.outcome, item.why = outcome, why[:LONGEST_WHY]
        item.save(update_fields=["outcome", "why"])
    return True


@transaction.atomic
def give_up(run: BulkRun, *, by: AnyActor, why: str) -> None:
    """Refuse what is left of a run whose user may no longer do it."""
    require(by, Act.KEEP_USERS)
    with acting_as(System(_KEEPING)):
        waiting = BulkItem.objects.filter(run=run, outcome=BulkOutcome.WAITING)
        waiting.update(outcome=BulkOutcome.REFUSED, why=why)
        _end(run)
    _note(run, by=by, act="gave up bulk work", reason=why)


@transaction.atomic
def export(run: BulkRun, *, by: AnyActor, found: Sequence[UUID]) -> None:
    """Put on record that rows leave the tracker as a file; call it before they do."""
    require(by, Act.READ_CASES)
    _require_chosen_by(run, by)
    with acting_as(System(_KEEPING)):
        items = BulkItem.objects.filter(run=run)
        items.filter(target_id__in=found).update(outcome=BulkOutcome.DONE, why="")
        items.exclude(target_id__in=found).update(outcome=BulkOutcome.REFUSED, why=rules.GONE)
        _end(run)
    _note(run, by=by, act="exported", reason=f"{len(found)} cases as CSV")


@transaction.atomic
def forget_old(*, by: AnyActor, before: Any) -> int:
    """Take away selections that nobody confirmed.

    :returns: how many.
    """
    require(by, Act.KEEP_USERS)
    with acting_as(System(_KEEPING)):
        left = BulkRun.objects.filter(state=BulkState.SELECTED, selected_at__lt=before)
        keys = list(left.values_list("pk", flat=True))
        BulkItem.objects.filter(run__in=keys).delete()
        BulkRun.objects.filter(pk__in=keys).delete()
    return len(keys)


def _require_chosen_by(run: BulkRun, by: AnyActor) -> None:
    if by.user_id is None or run.user_id != by.user_id:
        message = _("You may not carry out what somebody else has chosen.")
        raise PermissionDenied(message)


def _end(run: BulkRun) -> None:
    """End a run of which no row waits: one that another worker has in hand still waits."""
    if not BulkItem.objects.filter(run=run, outcome=BulkOutcome.WAITING).exists():
        running = BulkRun.objects.filter(pk=run.pk).exclude(state=BulkState.ENDED)
        running.update(state=BulkState.ENDED, ended_at=clock.now())


def _note(run: BulkRun, *, by: AnyActor, act: str, reason: str) -> None:
    audit.note(
        by=by,
        act=act,
        model="bulkrun",
        organisation_id=run.organisation_id,
        target_id=run.pk,
        reason=reason,
    )


def _attempt(run: BulkRun, item: BulkItem, by: AnyActor) -> Verdict:
    """Carry out the single act on one row; a refusal undoes it and becomes its sentence."""
    try:
        with transaction.atomic():
            row: Any = model_of(run.act).objects.get(pk=item.target_id)
            recording.compare(row, item.target_version)
            is_changed = _ACTS[run.act](run, row, by)
    except ObjectDoesNotExist:
        return BulkOutcome.REFUSED, rules.GONE
    except Conflict as refusal:
        return BulkOutcome.REFUSED, rules.STALE if refusal.expected is not None else str(refusal)
    except ValidationError as refusal:
        return BulkOutcome.REFUSED, " ".join(refusal.messages)
    except PermissionDenied as refusal:
        return BulkOutcome.REFUSED, str(refusal) or gettext_noop("You may not do this.")
    except IntegrityError as fault:
        return BulkOutcome.REFUSED, sentence_of(fault)
    return (BulkOutcome.DONE if is_changed else BulkOutcome.UNCHANGED), ""


def _assign(run: BulkRun, person: Individual, by: AnyActor) -> bool:
    before = person.version
    after = individuals.amend(person, by=by, version=before, assigned_to=run.assigned_to)
    return after.version != before


def _set_priority(run: BulkRun, person: Individual, by: AnyActor) -> bool:
    before = person.version
    return individuals.amend(person, by=by, version=before, priority=run.priority).version != before


def _add_to_batch(run: BulkRun, person: Individual, by: AnyActor) -> bool:
    """Bind the person to the first unnamed slot, or to a new one where all have their name."""
    chosen: Any = run.batch_id
    batch = RepatriationBatch.objects.get(pk=chosen)
    recording.hold(RepatriationBatch, batch.pk)
    readable = BatchSlot.objects.filter(BatchSlot.readable("individual"), batch=batch)
    unnamed = readable.filter(individual__isnull=True).exclude(presence__in=GONE)
    slot = unnamed.order_by("number").first()
    if slot is None:
        batches.add_slot(by=by, batch=batch, individual=person)
    else:
        batches.bind(slot, by=by, version=slot.version, individual=person)
    return True


def _assign_task(run: BulkRun, task: Task, by: AnyActor) -> bool:
    before = task.version
    after = casework.reassign(task, by=by, version=before, assigned_to=run.assigned_to)
    return after.version != before


def _finish_task(_run: BulkRun, task: Task, by: AnyActor) -> bool:
    before = task.version
    return casework.finish(task, by=by, version=before).version != before


_ACTS: Mapping[str, Callable[[BulkRun, Any, AnyActor], bool]] = {
    BulkAct.ASSIGN: _assign,
    BulkAct.PRIORITY: _set_priority,
    BulkAct.BATCH: _add_to_batch,
    BulkAct.ASSIGN_TASKS: _assign_task,
    BulkAct.FINISH_TASKS: _finish_task,
}
