"""People: the individual and the case kept on them, names, contacts and ties."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from cases.access.scope import CONTACT, OF_SHARED_PERSON, OF_TWO, PERSON, Scope
from cases.access.sensitivity import (
    IDENTIFYING,
    OPEN,
    OPERATIONAL,
    PROTECTED,
    Classes,
    Raised,
    dated,
)
from cases.models.base import LONG, SHORT, Record, listed
from cases.models.dates import PartialDateField
from cases.models.names import SearchKeyField, language_tag
from cases.models.terms import known_term
from cases.rules import individuals
from cases.vocabulary.individuals import (
    CaseSensitivity,
    Certainty,
    FamilyTie,
    Identification,
    NamePart,
    Priority,
    Sex,
)
from cases.vocabulary.places import NameKind
from cases.vocabulary.status import ReturnStatus, WorkStatus


class Individual(Record):
    """A person and the case kept on them."""

    SCOPE: ClassVar[Scope] = PERSON
    SENSITIVITY: ClassVar[Classes] = {
        **Record.SENSITIVITY,
        "case_number": OPEN,
        "identification": OPERATIONAL,
        "sex": IDENTIFYING,
        **dated("birth", PROTECTED),
        "age_as_stated": IDENTIFYING,
        **dated("age_as_of", IDENTIFYING),
        "home_place": PROTECTED,
        "last_known_place": PROTECTED,
        **dated("separation", PROTECTED),
        "circumstances": PROTECTED,
        "return_status": OPERATIONAL,
        "work_status": OPEN,
        "assigned_to": OPERATIONAL,
        "priority": OPERATIONAL,
        "sensitivity": OPERATIONAL,
        "do_not_share_with": PROTECTED,
        "anonymised_at": OPEN,
    }

    case_number = models.CharField(
        max_length=20, editable=False, help_text="Given by the tracker; holds nothing personal."
    )
    identification = models.CharField(
        max_length=20, choices=Identification, default=Identification.NAMED
    )
    sex = models.CharField(max_length=10, choices=Sex, default=Sex.UNKNOWN)
    birth_edtf = PartialDateField("born")
    age_as_stated = models.PositiveSmallIntegerField(
        "age as stated", null=True, blank=True, help_text="In years, as somebody said it."
    )
    age_as_of_edtf = PartialDateField("age as of")
    home_place = models.ForeignKey(
        "cases.Place", models.PROTECT, null=True, blank=True, related_name="+"
    )
    last_known_place = models.ForeignKey(
        "cases.Place", models.PROTECT, null=True, blank=True, related_name="+"
    )
    separation_edtf = PartialDateField("separated")
    circumstances = models.TextField(
        max_length=LONG, blank=True, default="", help_text="How they came to be where they are."
    )
    return_status = models.CharField(
        max_length=30, choices=ReturnStatus, default=ReturnStatus.REPORTED, editable=False
    )
    work_status = models.CharField(
        max_length=20, choices=WorkStatus, default=WorkStatus.DRAFT, editable=False
    )
    assigned_to = models.ForeignKey(
        "cases.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    priority = models.CharField(max_length=10, choices=Priority, default=Priority.ROUTINE)
    sensitivity = models.CharField(
        max_length=20, choices=CaseSensitivity, default=CaseSensitivity.STANDARD
    )
    do_not_share_with = models.TextField(
        max_length=LONG,
        blank=True,
        default="",
        help_text="Authorities or organisations that must not learn of this person.",
    )
    anonymised_at = models.DateTimeField(
        "anonymised", null=True, blank=True, editable=False,
        help_text="From then on nothing is known of the person, for good.",
    )  # fmt: skip

    class Meta(Record.Meta):
        constraints = (
            known_term("individual", "identification", Identification),
            known_term("individual", "sex", Sex),
            known_term("individual", "return_status", ReturnStatus),
            known_term("individual", "work_status", WorkStatus),
            known_term("individual", "priority", Priority),
            known_term("individual", "sensitivity", CaseSensitivity),
            models.UniqueConstraint(
                fields=["organisation", "case_number"],
                name="case_number_is_unique_in_its_organisation",
                violation_error_message="Your organisation has a case of this number already.",
            ),
            models.CheckConstraint(
                condition=Q(age_as_stated__isnull=True)
                | Q(age_as_stated__lte=individuals.OLDEST_AGE),
                name="individual_age_is_plausible",
                violation_error_message=f"An age is at most {individuals.OLDEST_AGE}.",
            ),
        )
        indexes = (
            listed(
                "individual",
                *("recorded_by", "sensitivity", "work_status", "return_status", "priority"),
                *("identification", "sex", "assigned_to"),
            ),
            models.Index(fields=["case_number"], name="individual_by_case_number"),
            models.Index(
                fields=["id", "organisation", "recorded_by", "sensitivity"],
                condition=~Q(sensitivity=CaseSensitivity.STANDARD),
                name="individual_is_restricted",
            ),
        )

    def __str__(self) -> str:
        return self.case_number

    def clean(self) -> None:
        individuals.check_case_number(self.case_number)
        individuals.check_age(self.age_as_stated, self.age_as_of_edtf)


class IndividualName(Record):
    """One name of a person in one script."""

    SCOPE: ClassVar[Scope] = OF_SHARED_PERSON
    SENSITIVITY: ClassVar[Classes] = {
        **Record.SENSITIVITY,
        "individual": OPEN,
        "text": IDENTIFYING,
        "part": IDENTIFYING,
        "language_tag": IDENTIFYING,
        "kind": IDENTIFYING,
        "search_key": IDENTIFYING,
    }

    individual = models.ForeignKey(Individual, models.PROTECT, related_name="names")
    text = models.CharField("name", max_length=SHORT)
    part = models.CharField(max_length=20, choices=NamePart, default=NamePart.FULL)
    language_tag = models.CharField(
        max_length=35,
        validators=[language_tag],
        help_text="Language and script, such as ru-Cyrl or en-Latn.",
    )
    kind = models.CharField(max_length=20, choices=NameKind, default=NameKind.OFFICIAL)
    search_key = SearchKeyField("text")

    class Meta(Record.Meta):
        constraints = (
            known_term("individual_name", "part", NamePart),
            known_term("individual_name", "kind", NameKind),
            models.UniqueConstraint(
                fields=["individual", "text", "part", "language_tag"],
                name="individual_name_stands_once",
                violation_error_message="The person has this name already.",
            ),
        )
        indexes = (listed("individual_name", "part", "kind"),)


class Contact(Record):
    """Somebody who is not displaced: a relative who asks, an informant, a negotiator."""

    SCOPE: ClassVar[Scope] = CONTACT
    SENSITIVITY: ClassVar[Classes] = {
        **Record.SENSITIVITY,
        "reference": OPEN,
        "sensitivity": OPERATIONAL,
        "is_confidential": OPERATIONAL,
        "name": IDENTIFYING,
        "search_key": IDENTIFYING,
        "place": PROTECTED,
        "reached_at": PROTECTED,
        "remarks": PROTECTED,
    }
    RAISED: ClassVar[Raised] = Raised(
        fields=frozenset({"name", "search_key", "place", "reached_at", "remarks"}),
        column="is_confidential",
        values=(True,),
    )

    reference = models.CharField(
        max_length=40, help_text="An opaque reference; nothing of the person in it."
    )
    name = models.CharField(max_length=SHORT)
    search_key = SearchKeyField("name")
    place = models.ForeignKey(
        "cases.Place", models.PROTECT, null=True, blank=True, related_name="+"
    )
    reached_at = models.CharField(
        "reached at", max_length=SHORT, blank=True, default="", help_text="Telephone or e-mail."
    )
    sensitivity = models.CharField(
        max_length=20, choices=CaseSensitivity, default=CaseSensitivity.STANDARD
    )
    is_confidential = models.BooleanField(
        "confidential source or negotiator",
        default=False,
        help_text="Only the movement cell then reads who it is and how to reach them.",
    )
    remarks = models.TextField(max_length=LONG, blank=True, default="")

    class Meta(Record.Meta):
        constraints = (
            known_term("contact", "sensitivity", CaseSensitivity),
            models.UniqueConstraint(
                fields=["organisation", "reference"],
                name="contact_reference_is_unique_in_its_organisation",
                violation_error_message="Your organisation has this contact reference already.",
            ),
        )

    def __str__(self) -> str:
        return self.reference


class FamilyLink(Record):
    """A tie of an individual to another individual or to a contact."""

    SCOPE: ClassVar[Scope] = OF_TWO
    SENSITIVITY: ClassVar[Classes] = {
        **Record.SENSITIVITY,
        "individual": OPEN,
        "relative": IDENTIFYING,
        "contact": IDENTIFYING,
        "tie": IDENTIFYING,
        "certainty": IDENTIFYING,
        "statement": IDENTIFYING,
        "remarks": PROTECTED,
    }

    individual = models.ForeignKey(Individual, models.PROTECT, related_name="family_links")
    relative = models.ForeignKey(
        Individual,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="links_from_family",
        help_text="The relative, where they are a case of their own.",
    )
    contact = models.ForeignKey(
        Contact,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="family_links",
        help_text="The relative, where they are a contact.",
    )
    tie = models.CharField(
        max_length=20, choices=FamilyTie, help_text="What the relative is to the individual."
    )
    certainty = models.CharField(max_length=10, choices=Certainty, default=Certainty.POSSIBLE)
    statement = models.ForeignKey(
        "cases.Statement", models.PROTECT, null=True, blank=True, related_name="+"
    )
    remarks = models.TextField(max_length=LONG, blank=True, default="")

    class Meta(Record.Meta):
        constraints = (
            known_term("family_link", "tie", FamilyTie),
            known_term("family_link", "certainty", Certainty),
            models.CheckConstraint(
                condition=Q(relative__isnull=False, contact__isnull=True)
                | Q(relative__isnull=True, contact__isnull=False),
                name="family_link_has_one_relative",
                violation_error_message="Choose another case or a contact, one of the two.",
            ),
            models.CheckConstraint(
                condition=Q(relative__isnull=True) | ~Q(relative=F("individual")),
                name="family_link_joins_two_people",
                violation_error_message="A person cannot be their own relative.",
            ),
            *(
                models.UniqueConstraint(
                    fields=["individual", who, "tie"],
                    condition=Q(**{f"{who}__isnull": False}),
                    name=f"family_link_to_{who}_stands_once",
                    violation_error_message="This tie is recorded already.",
                )
                for who in ("relative", "contact")
            ),
        )
        indexes = (listed("family_link", "tie", "certainty"),)
