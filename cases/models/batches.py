"""Returns of one or more people: the batch, its places, its steps, and who mediated."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from cases import clock
from cases.access.gate import System, acting_as
from cases.access.scope import Moving, Scope, publishable
from cases.access.sensitivity import (
    IDENTIFYING,
    OPEN,
    OPERATIONAL,
    PROTECTED,
    Classes,
    Raised,
    dated,
)
from cases.models.base import LONG, SHORT, Record
from cases.models.dates import PartialDateField
from cases.models.terms import in_order, known_term
from cases.rules import batches, dates
from cases.vocabulary.batches import (
    BatchKind,
    BatchStatus,
    MediationRole,
    Presence,
    RosterPolicy,
)
from cases.vocabulary.individuals import AgeClass, Sex


class RepatriationBatch(Record):
    """A return of one or more people, known from the news or from our own work."""

    SCOPE: ClassVar[Scope] = publishable("is_published")
    SENSITIVITY: ClassVar[Classes] = {
        **Record.SENSITIVITY,
        "code": OPEN,
        "title": OPERATIONAL,
        "kind": OPEN,
        "status": OPEN,
        "route": OPERATIONAL,
        **dated("departed", OPERATIONAL),
        **dated("arrived", OPERATIONAL),
        "releasing_body": OPERATIONAL,
        "receiving_body": OPERATIONAL,
        "destination": OPERATIONAL,
        "roster_policy": OPEN,
        "is_published": OPEN,
        "remarks": PROTECTED,
    }
    RAISED: ClassVar[Raised] = Raised(
        fields=frozenset({"route", "destination", "remarks"})
        | dated("departed", OPERATIONAL).keys()
        | dated("arrived", OPERATIONAL).keys(),
        column="status",
        values=batches.MOVING,
    )

    code = models.CharField(max_length=40, help_text="Your organisation's reference.")
    title = models.CharField(max_length=SHORT)
    kind = models.CharField(max_length=20, choices=BatchKind)
    status = models.CharField(max_length=20, choices=BatchStatus, default=BatchStatus.PROPOSED)
    route = models.ForeignKey(
        "cases.Route", models.PROTECT, null=True, blank=True, related_name="batches"
    )
    departed_edtf = PartialDateField("departed")
    arrived_edtf = PartialDateField("arrived")
    releasing_body = models.ForeignKey(
        "cases.Body", models.PROTECT, null=True, blank=True, related_name="+"
    )
    receiving_body = models.ForeignKey(
        "cases.Body", models.PROTECT, null=True, blank=True, related_name="+"
    )
    destination = models.ForeignKey(
        "cases.Place",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Where they are taken; empty where nobody says.",
    )
    roster_policy = models.CharField(
        max_length=20, choices=RosterPolicy, default=RosterPolicy.UNKNOWN
    )
    is_published = models.BooleanField(
        "published",
        default=False,
        help_text="Known from public reporting: readable by every signed-in organisation.",
    )
    remarks = models.TextField(max_length=LONG, blank=True, default="")

    class Meta(Record.Meta):
        verbose_name_plural = "repatriation batches"
        constraints = (
            known_term("batch", "kind", BatchKind),
            known_term("batch", "status", BatchStatus),
            known_term("batch", "roster_policy", RosterPolicy),
            models.UniqueConstraint(
                fields=["organisation", "code"],
                name="batch_code_is_unique_in_its_organisation",
                violation_error_message="Your organisation has a batch of this code already.",
            ),
            models.CheckConstraint(
                condition=Q(is_published=False) | Q(status__in=batches.OVER),
                name="batch_is_published_when_over",
                violation_error_message=(
                    "A movement that has not arrived is not published. Publish it when it is over."
                ),
            ),
            in_order("batch", "departed", "arrived", "The batch cannot arrive before it departs."),
        )

    def __str__(self) -> str:
        return self.code

    def clean(self) -> None:
        batches.check_published(self.status, is_published=self.is_published)


class BatchSlot(Record):
    """One place in a batch: bound to a person, or unnamed."""

    SCOPE: ClassVar[Scope] = publishable("batch__is_published")
    SENSITIVITY: ClassVar[Classes] = {
        **Record.SENSITIVITY,
        "batch": OPEN,
        "number": OPEN,
        "individual": OPERATIONAL,
        "age_class": IDENTIFYING,
        "sex": IDENTIFYING,
        "presence": OPERATIONAL,
        "is_live": OPEN,
    }
    RAISED: ClassVar[Raised] = Raised(
        fields=frozenset({"individual"}), column="is_live", values=(True,)
    )

    batch = models.ForeignKey(RepatriationBatch, models.PROTECT, related_name="slots")
    number = models.PositiveSmallIntegerField()
    individual = models.ForeignKey(
        "cases.Individual",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="slots",
        help_text="Empty while nobody knows who it is.",
    )
    age_class = models.CharField(max_length=10, choices=AgeClass, default=AgeClass.UNKNOWN)
    sex = models.CharField(max_length=10, choices=Sex, default=Sex.UNKNOWN)
    presence = models.CharField(max_length=20, choices=Presence, default=Presence.PLANNED)
    is_live = models.BooleanField(
        "live",
        default=True,
        editable=False,
        help_text="The movement is not over, and whoever holds the slot is still in it.",
    )

    class Meta(Record.Meta):
        constraints = (
            known_term("batch_slot", "age_class", AgeClass),
            known_term("batch_slot", "sex", Sex),
            known_term("batch_slot", "presence", Presence),
            models.UniqueConstraint(
                fields=["batch", "number"],
                name="batch_slot_number_stands_once",
                violation_error_message="The batch has a slot of this number already.",
            ),
            models.UniqueConstraint(
                fields=["batch", "individual"],
                name="individual_has_one_slot_in_a_batch",
                violation_error_message="This person has a slot in the batch already.",
            ),
            models.UniqueConstraint(
                fields=["individual"],
                condition=Q(is_live=True, individual__isnull=False),
                name="individual_is_in_one_live_batch",
                violation_error_message=(
                    "This person is in a batch that is not over. "
                    "Take them off it first, or wait until it is over."
                ),
            ),
        )

    def __str__(self) -> str:
        return _("slot %(number)s") % {"number": self.number}

    def clean(self) -> None:
        """Work out whether the slot is live, where its presence was read."""
        if "presence" not in self.unread_fields():
            is_live = self.would_be_live(self.presence)
            self.is_live = self.is_live if is_live is None else is_live

    def would_be_live(self, presence: str) -> bool | None:
        """Say whether the slot is live with a presence: by its batch as it stands, seen or unseen.

        None where there is no batch.
        """
        with acting_as(System("asking whether a movement is over")):
            batch = RepatriationBatch.objects.filter(pk=self.batch_id).only("status").first()
        return None if batch is None else batches.is_live(batch.status, presence)


class BatchStep(Record):
    """A dated step in the life of a batch; never edited."""

    SCOPE: ClassVar[Scope] = publishable(
        "batch__is_published", Moving("batch__status", batches.MOVING)
    )
    SENSITIVITY: ClassVar[Classes] = {
        **Record.SENSITIVITY,
        "batch": OPEN,
        "from_status": OPEN,
        "to_status": OPEN,
        **dated("occurred", OPERATIONAL),
        "statement": OPERATIONAL,
        "remarks": PROTECTED,
    }

    batch = models.ForeignKey(RepatriationBatch, models.PROTECT, related_name="steps")
    from_status = models.CharField(max_length=20, choices=BatchStatus, blank=True, default="")
    to_status = models.CharField(max_length=20, choices=BatchStatus)
    occurred_edtf = PartialDateField("occurred")
    statement = models.ForeignKey(
        "cases.Statement", models.PROTECT, null=True, blank=True, related_name="+"
    )
    remarks = models.TextField(max_length=LONG, blank=True, default="")

    class Meta(Record.Meta):
        constraints = (known_term("batch_step", "to_status", BatchStatus),)

    def clean(self) -> None:
        dates.check_past("occurred_edtf", self.occurred_edtf, clock.day_of(self.recorded_at))


class Mediation(Record):
    """A body's part in a batch or in talks, on somebody's word."""

    SCOPE: ClassVar[Scope] = publishable("is_published")
    SENSITIVITY: ClassVar[Classes] = {
        **Record.SENSITIVITY,
        "body": OPERATIONAL,
        "batch": OPEN,
        "negotiation": OPEN,
        "role": OPERATIONAL,
        "statement": OPERATIONAL,
        "is_published": OPEN,
    }

    body = models.ForeignKey("cases.Body", models.PROTECT, related_name="mediations")
    batch = models.ForeignKey(
        RepatriationBatch, models.PROTECT, null=True, blank=True, related_name="mediations"
    )
    negotiation = models.ForeignKey(
        "cases.Negotiation", models.PROTECT, null=True, blank=True, related_name="mediations"
    )
    role = models.CharField(max_length=20, choices=MediationRole)
    statement = models.ForeignKey(
        "cases.Statement",
        models.PROTECT,
        related_name="mediations",
        help_text="On whose word.",
    )
    is_published = models.BooleanField(
        "published", default=False, help_text="Known from public reporting."
    )

    class Meta(Record.Meta):
        constraints = (
            known_term("mediation", "role", MediationRole),
            models.CheckConstraint(
                condition=Q(batch__isnull=False, negotiation__isnull=True)
                | Q(batch__isnull=True, negotiation__isnull=False),
                name="mediation_is_in_a_batch_or_in_talks",
                violation_error_message="Choose a batch or a negotiation, one of the two.",
            ),
            *(
                models.UniqueConstraint(
                    fields=["organisation", "body", what, "role", "statement"],
                    condition=Q(**{f"{what}__isnull": False}),
                    name=f"mediation_in_{what}_stands_once",
                    violation_error_message="This part is recorded already on the same word.",
                )
                for what in ("batch", "negotiation")
            ),
        )
