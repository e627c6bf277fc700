"""The outbox: what is to be done in the background, written with the act that asked for it."""

from typing import ClassVar

from django.db import models

from cases import clock, ids
from cases.access.scope import SYSTEM, Scope
from cases.access.sensitivity import OPERATIONAL, Classes
from cases.models.gate import Gated
from cases.models.terms import known_term
from cases.vocabulary.jobs import JobState


class QueuedJob(Gated):
    """One job by its name, with one opaque argument and nothing of anybody in it."""

    SCOPE: ClassVar[Scope] = SYSTEM
    SENSITIVITY: ClassVar[Classes] = {
        "id": OPERATIONAL,
        "name": OPERATIONAL,
        "argument": OPERATIONAL,
        "state": OPERATIONAL,
        "attempt": OPERATIONAL,
        "takers": OPERATIONAL,
        "put_at": OPERATIONAL,
        "run_after": OPERATIONAL,
        "begun_at": OPERATIONAL,
        "ended_at": OPERATIONAL,
        "fault": OPERATIONAL,
    }

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    name = models.CharField(max_length=40)
    argument = models.CharField(max_length=40, blank=True, default="")
    state = models.CharField(max_length=10, choices=JobState, default=JobState.WAITING)
    attempt = models.PositiveSmallIntegerField(default=1)
    takers = models.PositiveSmallIntegerField(
        default=0, help_text="How many workers have had it in hand."
    )
    put_at = models.DateTimeField(default=clock.now)
    run_after = models.DateTimeField(default=clock.now)
    begun_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    fault = models.CharField(
        max_length=80, blank=True, default="", help_text="The kind of fault, never its words."
    )

    class Meta(Gated.Meta):
        constraints = (known_term("queued_job", "state", JobState),)
        indexes = (
            models.Index(
                fields=["run_after", "put_at"],
                condition=models.Q(state=JobState.WAITING),
                name="queued_job_waiting",
            ),
            models.Index(
                fields=["begun_at"],
                condition=models.Q(state=JobState.RUNNING),
                name="queued_job_running",
            ),
        )

    def __str__(self) -> str:
        return f"job {self.name} {str(self.pk)[:8]}"
