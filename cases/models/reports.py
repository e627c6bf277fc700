"""Evidence: published reports, the statements they relay, and who spoke."""

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from cases.access.scope import SHARED, Scope
from cases.access.sensitivity import OPEN, Classes, dated
from cases.models.base import LONG, SHORT, Record
from cases.models.dates import PartialDateField
from cases.models.terms import known_term
from cases.vocabulary.reports import (
    Attribution,
    Channel,
    Credibility,
    DateBasis,
    Modality,
    QualityFlagKind,
    Reliability,
    ReportKind,
)


class SourceReport(Record):
    """A published report that we cite."""

    SCOPE: ClassVar[Scope] = SHARED
    SENSITIVITY: ClassVar[Classes] = {
        **Record.SENSITIVITY,
        "code": OPEN,
        "publisher": OPEN,
        "title": OPEN,
        "kind": OPEN,
        "language": OPEN,
        **dated("published", OPEN),
        "published_basis": OPEN,
        "url": OPEN,
        "archived_sha256": OPEN,
        "reliability": OPEN,
        "derivative_of": OPEN,
        "remarks": OPEN,
    }

    code = models.CharField(
        max_length=20, unique=True, help_text="A short reference, such as SR-001."
    )
    publisher = models.ForeignKey(
        "cases.Body",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reports",
        help_text="Empty where none can be seen.",
    )
    title = models.CharField(max_length=SHORT, help_text="What it is about, in our own words.")
    kind = models.CharField(max_length=20, choices=ReportKind, default=ReportKind.NEWS)
    language = models.CharField(max_length=35, default="en", help_text="BCP 47 tag of the text.")
    published_edtf = PartialDateField("published")
    published_basis = models.CharField(
        "basis of the date", max_length=10, choices=DateBasis, default=DateBasis.UNKNOWN
    )
    url = models.URLField("address", blank=True, default="", max_length=1000)
    archived_sha256 = models.CharField(
        "SHA-256 of the archived copy",
        max_length=64,
        blank=True,
        default="",
        validators=[
            RegexValidator(r"\A[0-9a-f]{64}\Z", gettext_lazy("A SHA-256 is 64 hexadecimal digits."))
        ],
    )
    reliability = models.CharField(max_length=1, choices=Reliability, default=Reliability.F)
    derivative_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="copies",
        help_text="The report it copies, if that is recorded too.",
    )
    remarks = models.TextField(max_length=LONG, blank=True, default="")

    class Meta(Record.Meta):
        constraints = (
            known_term("report", "kind", ReportKind),
            known_term("report", "published_basis", DateBasis),
            known_term("report", "reliability", Reliability),
            models.CheckConstraint(
                condition=Q(published_basis=DateBasis.UNKNOWN, published_edtf="")
                | (~Q(published_basis=DateBasis.UNKNOWN) & ~Q(published_edtf="")),
                name="report_date_says_its_basis",
                violation_error_message=(
                    "Say whether the date is stated or derived; a report without a date has the "
                    "basis “unknown”."
                ),
            ),
            models.CheckConstraint(
                condition=Q(derivative_of__isnull=True) | ~Q(derivative_of=F("id")),
                name="report_is_not_its_own_copy",
                violation_error_message="A report cannot be a copy of itself.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class QualityFlag(Record):
    """A weakness of a report that a reader of its figures should know."""

    SCOPE: ClassVar[Scope] = SHARED
    SENSITIVITY: ClassVar[Classes] = {
        **Record.SENSITIVITY,
        "report": OPEN,
        "kind": OPEN,
        "remarks": OPEN,
    }

    report = models.ForeignKey(SourceReport, models.PROTECT, related_name="flags")
    kind = models.CharField(max_length=20, choices=QualityFlagKind)
    remarks = models.CharField(max_length=500, blank=True, default="")

    class Meta(Record.Meta):
        constraints = (
            known_term("quality_flag", "kind", QualityFlagKind),
            models.UniqueConstraint(
                fields=["report", "kind"],
                name="quality_flag_stands_once",
                violation_error_message="The report has this flag already.",
            ),
        )

    def __str__(self) -> str:
        return self.get_kind_display()


class Statement(Record):
    """One utterance: the origin that several reports may relay."""

    SCOPE: ClassVar[Scope] = SHARED
    SENSITIVITY: ClassVar[Classes] = {
        **Record.SENSITIVITY,
        "code": OPEN,
        "attribution": OPEN,
        "channel": OPEN,
        "modality": OPEN,
        **dated("said", OPEN),
        "summary": OPEN,
        "source_term": OPEN,
        "rests_on": OPEN,
    }

    code = models.CharField(
        max_length=60, unique=True, help_text="A short reference, such as moskalkova-46."
    )
    attribution = models.CharField(max_length=20, choices=Attribution)
    channel = models.CharField(max_length=20, choices=Channel, default=Channel.UNKNOWN)
    modality = models.CharField(max_length=20, choices=Modality, default=Modality.ASSERTS)
    said_edtf = PartialDateField("said")
    summary = models.TextField(
        max_length=LONG, help_text="What was said, in our own words; no private person's name."
    )
    source_term = models.CharField(
        "source's own term",
        max_length=60,
        blank=True,
        default="",
        help_text="The speaker's own word or two, such as “evacuated”.",
    )
    rests_on = models.CharField(
        max_length=SHORT,
        blank=True,
        default="",
        help_text="What the speaker says it rests on, such as “various data sources”.",
    )

    class Meta(Record.Meta):
        constraints = (
            known_term("statement", "attribution", Attribution),
            known_term("statement", "channel", Channel),
            known_term("statement", "modality", Modality),
        )

    def __str__(self) -> str:
        return self.code


class Speaker(Record):
    """One of those who made a statement: an official, a body, or a private contact."""

    SCOPE: ClassVar[Scope] = SHARED
    SENSITIVITY: ClassVar[Classes] = {
        **Record.SENSITIVITY,
        "statement": OPEN,
        "official": OPEN,
        "body": OPEN,
        "contact": OPEN,
    }

    statement = models.ForeignKey(Statement, models.PROTECT, related_name="speakers")
    official = models.ForeignKey(
        "cases.Official", models.PROTECT, null=True, blank=True, related_name="spoken"
    )
    body = models.ForeignKey(
        "cases.Body", models.PROTECT, null=True, blank=True, related_name="spoken"
    )
    contact = models.ForeignKey(
        "cases.Contact",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="spoken",
        help_text="A private person; shown only to those who may read the contact.",
    )

    class Meta(Record.Meta):
        constraints = (
            models.CheckConstraint(
                condition=Q(official__isnull=False)
                | Q(body__isnull=False)
                | Q(contact__isnull=False),
                name="speaker_is_somebody",
                violation_error_message="Choose an official, a body or a contact as the speaker.",
            ),
            *(
                models.UniqueConstraint(
                    fields=["statement", who],
                    condition=Q(
                        **{f"{who}__isnull": False, **{f"{o}__isnull": True for o in rest}}
                    ),
                    name=f"speaker_{who}_stands_once",
                    violation_error_message="The statement has this speaker already.",
                )
                for who, rest in (
                    ("official", ()),
                    ("body", ("official",)),
                    ("contact", ("official", "body")),
                )
            ),
        )


class Citation(Record):
    """A report relaying a statement."""

    SCOPE: ClassVar[Scope] = SHARED
    SENSITIVITY: ClassVar[Classes] = {
        **Record.SENSITIVITY,
        "statement": OPEN,
        "report": OPEN,
        "relayed_via": OPEN,
        "locator": OPEN,
        "credibility": OPEN,
    }

    statement = models.ForeignKey(
        Statement,
        models.PROTECT,
        related_name="citations",
        error_messages={
            "null": gettext_lazy("A citation cites a statement. Choose the statement it relays.")
        },
    )
    report = models.ForeignKey(
        SourceReport,
        models.PROTECT,
        related_name="citations",
        error_messages={"null": gettext_lazy("A citation stands in a report. Choose the report.")},
    )
    relayed_via = models.ForeignKey(
        "cases.Body",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The agency or outlet through which the report had it.",
    )
    locator = models.CharField(
        max_length=60, blank=True, default="", help_text="Where it stands, such as “paragraph 3”."
    )
    credibility = models.CharField(max_length=1, choices=Credibility, default=Credibility.UNJUDGED)

    class Meta(Record.Meta):
        constraints = (
            known_term("citation", "credibility", Credibility),
            models.UniqueConstraint(
                fields=["statement", "report"],
                name="citation_stands_once",
                violation_error_message="The report cites this statement already.",
            ),
        )
