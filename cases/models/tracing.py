"""Somebody looks for somebody: the request, and what was done for it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from cases import clock
from cases.access.scope import OF_TRACING, TRACING, Scope
from cases.access.sensitivity import (
    IDENTIFYING,
    OPEN,
    OPERATIONAL,
    PROTECTED,
    Classes,
    dated,
)
from cases.models.base import LONG, Record, listed
from cases.models.dates import PartialDateField
from cases.models.names import SearchKeyField
from cases.models.terms import KnownTerm, known_term
from cases.rules import dates, individuals, tracing, tracing_words
from cases.vocabulary.individuals import CaseSensitivity, FamilyTie, Priority, Sex
from cases.vocabulary.tracing import (
    ContactWish,
    TracingOutcome,
    TracingState,
)
from cases.vocabulary.tracing_work import TracingActionKind

S = TracingState


class TracingRequest(Record):
    """An enquirer looks for a person: for a case that is kept, or for somebody described.

    Who asks is protected, and in no list. Who asks hears only what the person found agrees to.
    """

    SCOPE: ClassVar[Scope] = TRACING
    SENSITIVITY: ClassVar[Classes] = {
        **Record.SENSITIVITY,
        "number": OPEN,
        "state": OPEN,
        "outcome": OPERATIONAL,
        "closed_at": OPEN,
        "closed_by": OPERATIONAL,
        "duplicate_of": OPERATIONAL,
        "assigned_to": OPERATIONAL,
        "priority": OPERATIONAL,
        "sensitivity": OPERATIONAL,
        **dated("asked", OPERATIONAL),
        "enquirer": PROTECTED,
        "enquirer_body": PROTECTED,
        "relation": PROTECTED,
        "may_be_named": OPERATIONAL,
        "may_be_shared": OPERATIONAL,
        "individual": IDENTIFYING,
        "contact_wish": OPERATIONAL,
        "sought_names": IDENTIFYING,
        "search_key": IDENTIFYING,
        "sex": IDENTIFYING,
        "age_as_stated": IDENTIFYING,
        **dated("age_as_of", IDENTIFYING),
        "home_place": PROTECTED,
        "last_known_place": PROTECTED,
        **dated("last_contact", PROTECTED),
        "circumstances": PROTECTED,
        "statement": PROTECTED,
        "anonymised_at": OPEN,
    }

    number = models.CharField(
        max_length=20, editable=False, help_text="Given by the tracker; holds nothing personal."
    )
    state = models.CharField(max_length=15, choices=S, default=S.RECEIVED, editable=False)
    outcome = models.CharField(
        max_length=20, choices=TracingOutcome, blank=True, default="", editable=False,
        help_text="How it ended.",
    )  # fmt: skip
    closed_at = models.DateTimeField("closed", null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        "cases.User", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    duplicate_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", editable=False,
        help_text="The other request for the same search.",
    )  # fmt: skip
    assigned_to = models.ForeignKey(
        "cases.User", models.PROTECT, null=True, blank=True, related_name="+",
        help_text="Who looks for the person.",
    )  # fmt: skip
    priority = models.CharField(
        max_length=10, choices=Priority, default=Priority.ROUTINE, help_text="How urgent it is."
    )
    sensitivity = models.CharField(
        max_length=20,
        choices=CaseSensitivity,
        default=CaseSensitivity.STANDARD,
        help_text="Restricted: seen by staff who are cleared for it only.",
    )
    asked_edtf = PartialDateField("asked")
    enquirer = models.ForeignKey(
        "cases.Contact", models.PROTECT, null=True, blank=True, related_name="tracing_requests",
        help_text="Who asks, where it is a person. Nobody reads it in a list.",
    )  # fmt: skip
    enquirer_body = models.ForeignKey(
        "cases.Body", models.PROTECT, null=True, blank=True, related_name="+",
        help_text="Who asks, where it is a body, such as a national society.",
    )  # fmt: skip
    relation = models.CharField(
        max_length=20, choices=FamilyTie, blank=True, default="",
        help_text="What the enquirer is to the person sought; empty where they are no family.",
    )  # fmt: skip
    may_be_named = models.BooleanField(
        "enquirer may be named",
        default=False,
        help_text="The enquirer agrees that the person found is told who asks.",
    )
    may_be_shared = models.BooleanField(
        "request may be shared",
        default=False,
        help_text="The enquirer agrees that other bodies are asked.",
    )
    individual = models.ForeignKey(
        "cases.Individual", models.PROTECT, null=True, blank=True, related_name="tracing_requests",
        help_text="The case that is sought, where the enquirer knows it; else whoever is found.",
    )  # fmt: skip
    contact_wish = models.CharField(
        max_length=10,
        choices=ContactWish,
        default=ContactWish.UNKNOWN,
        help_text="What the person found lets the enquirer be told.",
    )
    sought_names = models.TextField(
        "names as stated", max_length=300, blank=True, default="",
        help_text="As the enquirer says or writes them, in any script, one a line.",
    )  # fmt: skip
    search_key = SearchKeyField("sought_names")
    sex = models.CharField(
        max_length=10, choices=Sex, default=Sex.UNKNOWN, help_text="As the enquirer says it."
    )
    age_as_stated = models.PositiveSmallIntegerField(
        "age as stated", null=True, blank=True, help_text="In years, as the enquirer says it."
    )
    age_as_of_edtf = PartialDateField("age as of")
    home_place = models.ForeignKey(
        "cases.Place", models.PROTECT, null=True, blank=True, related_name="+",
        help_text="Where the person lived.",
    )  # fmt: skip
    last_known_place = models.ForeignKey(
        "cases.Place", models.PROTECT, null=True, blank=True, related_name="+",
        help_text="Where the person was last known to be.",
    )  # fmt: skip
    last_contact_edtf = PartialDateField("last contact")
    circumstances = models.TextField(
        max_length=LONG, blank=True, default="",
        help_text="How contact was lost, how the person looks: all that may help to find them.",
    )  # fmt: skip
    statement = models.ForeignKey(
        "cases.Statement", models.PROTECT, null=True, blank=True, related_name="+",
        help_text="The statement that the request rests on, if one is recorded.",
    )  # fmt: skip
    anonymised_at = models.DateTimeField(
        "anonymised", null=True, blank=True, editable=False,
        help_text="From then on nothing is known of who asked for whom, for good.",
    )  # fmt: skip

    class Meta(Record.Meta):
        constraints = (
            known_term("tracing_request", "state", S),
            known_term("tracing_request", "priority", Priority),
            known_term("tracing_request", "sensitivity", CaseSensitivity),
            known_term("tracing_request", "sex", Sex),
            known_term("tracing_request", "contact_wish", ContactWish),
            KnownTerm(
                condition=Q(outcome__in=["", *TracingOutcome.values]),
                name="tracing_request_outcome_is_known",
                violation_error_message="Choose one of the listed terms for outcome.",
            ),
            KnownTerm(
                condition=Q(relation__in=["", *FamilyTie.values]),
                name="tracing_request_relation_is_known",
                violation_error_message="Choose one of the listed terms for relation.",
            ),
            models.UniqueConstraint(
                fields=["organisation", "number"],
                name="tracing_number_is_unique_in_its_organisation",
                violation_error_message="Your organisation has a request of this number already.",
            ),
            models.CheckConstraint(
                condition=Q(anonymised_at__isnull=False)
                | Q(enquirer__isnull=False, enquirer_body__isnull=True)
                | Q(enquirer__isnull=True, enquirer_body__isnull=False),
                name="tracing_request_has_one_enquirer",
                violation_error_message="Say who asks: a contact or a body, one of the two.",
            ),
            models.CheckConstraint(
                condition=Q(anonymised_at__isnull=False)
                | Q(individual__isnull=False)
                | ~Q(sought_names="")
                | ~Q(circumstances=""),
                name="tracing_request_seeks_somebody",
                violation_error_message="Say who is sought.",
            ),
            models.CheckConstraint(
                condition=Q(individual__isnull=False)
                | Q(anonymised_at__isnull=False)
                | ~Q(state=S.FOUND) & ~Q(outcome__in=tracing.FOUND_OUTCOMES),
                name="tracing_request_has_found_somebody",
                violation_error_message="Somebody is found only where it is known which case.",
            ),
            models.CheckConstraint(
                condition=Q(state=S.CLOSED, closed_at__isnull=False) & ~Q(outcome="")
                | ~Q(state=S.CLOSED) & Q(closed_at__isnull=True, outcome=""),
                name="tracing_request_closed_says_how",
                violation_error_message="A closed request says when and how it ended; no other.",
            ),
            models.CheckConstraint(
                condition=Q(outcome=TracingOutcome.DUPLICATE, duplicate_of__isnull=False)
                | ~Q(outcome=TracingOutcome.DUPLICATE) & Q(duplicate_of__isnull=True),
                name="tracing_request_duplicate_says_of_which",
                violation_error_message="A duplicate says of which other request, and no other.",
            ),
            models.CheckConstraint(
                condition=Q(duplicate_of__isnull=True) | ~Q(duplicate_of=F("id")),
                name="tracing_request_is_not_its_own_duplicate",
                violation_error_message="Choose another request.",
            ),
            models.CheckConstraint(
                condition=Q(age_as_stated__isnull=True)
                | Q(age_as_stated__lte=individuals.OLDEST_AGE),
                name="tracing_request_age_is_plausible",
                violation_error_message=f"An age is at most {individuals.OLDEST_AGE}.",
            ),
        )
        indexes = (
            listed("tracing_request", "recorded_by", "sensitivity", "state", "priority", "outcome"),
        )

    def __str__(self) -> str:
        return self.number

    def clean(self) -> None:
        on = clock.day_of(self.recorded_at)
        individuals.check_age(self.age_as_stated, self.age_as_of_edtf)
        dates.check_past("asked_edtf", self.asked_edtf, on)
        dates.check_past("last_contact_edtf", self.last_contact_edtf, on)
        tracing_words.check_wish(self.contact_wish, self.individual_id)
        if self.anonymised_at is None:
            tracing_words.check_enquirer(contact=self.enquirer_id, body=self.enquirer_body_id)
            tracing_words.check_sought(
                individual=self.individual_id,
                names=self.sought_names,
                circumstances=self.circumstances,
            )


class TracingAction(Record):
    """Something that was done for a request, and what came of it; a later one sets it right."""

    SCOPE: ClassVar[Scope] = OF_TRACING
    SENSITIVITY: ClassVar[Classes] = {
        **Record.SENSITIVITY,
        "request": OPEN,
        "kind": OPERATIONAL,
        **dated("done", OPERATIONAL),
        "done_by": OPERATIONAL,
        "body": OPERATIONAL,
        "text": PROTECTED,
        "result": PROTECTED,
        "corrects": OPEN,
    }

    request = models.ForeignKey(
        TracingRequest, models.PROTECT, related_name="actions", help_text="For which request."
    )
    kind = models.CharField(
        max_length=20, choices=TracingActionKind, help_text="What sort of thing was done."
    )
    done_edtf = PartialDateField("done")
    done_by = models.ForeignKey(
        "cases.User", models.PROTECT, null=True, blank=True, related_name="+",
        help_text="Who did it; empty takes whoever records it.",
    )  # fmt: skip
    body = models.ForeignKey(
        "cases.Body", models.PROTECT, null=True, blank=True, related_name="+",
        help_text="The body that was asked, or that has answered.",
    )  # fmt: skip
    text = models.TextField(
        "what was done", max_length=LONG, help_text="In your own words; name nobody needlessly."
    )
    result = models.TextField(
        "what came of it", max_length=LONG, blank=True, default="",
        help_text="Empty while it is not known; record a later action when it is.",
    )  # fmt: skip
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by",
        help_text="The earlier action this one sets right.",
    )  # fmt: skip

    class Meta(Record.Meta):
        constraints = (
            known_term("tracing_action", "kind", TracingActionKind),
            models.CheckConstraint(
                condition=~Q(kind__in=tracing_words.WITH_BODY) | Q(body__isnull=False),
                name="tracing_action_names_its_body",
                violation_error_message="Say which body.",
            ),
            models.UniqueConstraint(
                fields=["request", "corrects"],
                condition=Q(corrects__isnull=False),
                name="tracing_action_is_set_right_once",
                violation_error_message="This is set right already. Choose the later one.",
            ),
        )

    def clean(self) -> None:
        dates.check_past("done_edtf", self.done_edtf, clock.day_of(self.recorded_at))
