"""A record of another registry, kept until somebody says what becomes of it; never a case."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from cases import clock, ids
from cases.access.scope import ORGANISATION, Scope
from cases.access.sensitivity import OPEN, OPERATIONAL, PROTECTED, Classes
from cases.models.gate import Gated
from cases.models.terms import known_term
from cases.vocabulary.offers import OfferState as S

LONGEST_CONTENT = 100_000
LONGEST_REASON = 500
TAKEN = (S.REGISTERED, S.NOTED)


class PersonOffer(Gated):
    """One record of PFIF. What it says goes when it is decided: the case has it then, or nobody."""

    SCOPE: ClassVar[Scope] = ORGANISATION
    SENSITIVITY: ClassVar[Classes] = {
        "id": OPEN,
        "organisation": OPEN,
        "recorded_by": OPERATIONAL,
        "recorded_at": OPEN,
        "record_key": OPERATIONAL,
        "content": PROTECTED,
        "source_at": OPERATIONAL,
        "ends_at": OPERATIONAL,
        "state": OPEN,
        "target_id": OPERATIONAL,
        "decided_by": OPERATIONAL,
        "decided_at": OPERATIONAL,
        "reason": PROTECTED,
    }

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey("cases.Organisation", models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(
        "cases.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(default=clock.now)
    record_key = models.CharField(max_length=64, help_text="A keyed hash of its person_record_id.")
    content = models.TextField(
        max_length=LONGEST_CONTENT, blank=True, default="", help_text="What it says, as JSON."
    )
    source_at = models.DateTimeField(
        "changed at the source", help_text="Its source_date: when it was last changed there."
    )
    ends_at = models.DateTimeField(
        "ends", null=True, blank=True, help_text="Its expiry_date: from then on it is kept nowhere."
    )
    state = models.CharField(max_length=10, choices=S, default=S.OFFERED)
    target_id = models.UUIDField(
        null=True, blank=True, help_text="The case; no key, so that an offer hinders nothing."
    )
    decided_by = models.ForeignKey(
        "cases.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=LONGEST_REASON, blank=True, default="")

    class Meta(Gated.Meta):
        constraints = (
            known_term("person_offer", "state", S),
            models.UniqueConstraint(
                fields=["organisation", "record_key"],
                condition=Q(state=S.OFFERED),
                name="person_offer_stands_once",
                violation_error_message="This record waits to be looked at already.",
            ),
            models.CheckConstraint(
                condition=Q(state=S.OFFERED) & ~Q(content="") | ~Q(state=S.OFFERED) & Q(content=""),
                name="person_offer_is_kept_while_it_waits",
                violation_error_message="What another registry says is kept while it waits only.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(*TAKEN, S.LEFT))
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="person_offer_is_decided_by_somebody",
                violation_error_message="A person decides what becomes of it.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=TAKEN) | Q(target_id__isnull=False),
                name="person_offer_taken_says_where",
                violation_error_message="What was taken says which case has it.",
            ),
        )
        indexes = (
            models.Index(
                fields=["organisation", "recorded_at"],
                condition=Q(state=S.OFFERED),
                name="person_offer_waiting",
            ),
            models.Index(fields=["organisation", "record_key"], name="person_offer_by_record"),
        )

    def __str__(self) -> str:
        return f"person offer {str(self.pk)[:8]}"
