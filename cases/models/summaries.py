"""The e-mails by the clock: which user had which day's, and which week's."""

from typing import ClassVar

from django.db import models

from cases import clock, ids
from cases.access.scope import SYSTEM, Scope
from cases.access.sensitivity import OPERATIONAL, Classes
from cases.models.gate import Gated


class DailySummary(Gated):
    """One e-mail to one user about one day, taken in hand before it is sent.

    Whatever is killed in between, no user gets a day's mail twice; at worst they miss one, and
    the next says all that is still open.
    """

    SCOPE: ClassVar[Scope] = SYSTEM
    SENSITIVITY: ClassVar[Classes] = {
        "id": OPERATIONAL,
        "user": OPERATIONAL,
        "day": OPERATIONAL,
        "claimed_at": OPERATIONAL,
        "sent_at": OPERATIONAL,
    }

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    user = models.ForeignKey("cases.User", models.PROTECT, related_name="+")
    day = models.DateField()
    claimed_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta(Gated.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=["user", "day"],
                name="daily_summary_goes_once",
                violation_error_message="This day's summary was sent already.",
            ),
        )

    def __str__(self) -> str:
        return f"daily summary {str(self.pk)[:8]}"


class WeeklySummary(Gated):
    """One e-mail to one user about one week, taken in hand before it is sent, likewise."""

    SCOPE: ClassVar[Scope] = SYSTEM
    SENSITIVITY: ClassVar[Classes] = DailySummary.SENSITIVITY

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    user = models.ForeignKey("cases.User", models.PROTECT, related_name="+")
    day = models.DateField(help_text="The Monday after the week.")
    claimed_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta(Gated.Meta):
        verbose_name_plural = "weekly summaries"
        constraints = (
            models.UniqueConstraint(
                fields=["user", "day"],
                name="weekly_summary_goes_once",
                violation_error_message="This week's summary was sent already.",
            ),
        )

    def __str__(self) -> str:
        return f"weekly summary {str(self.pk)[:8]}"
