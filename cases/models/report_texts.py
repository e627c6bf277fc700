"""Texts of reports, kept as evidence by the organisation that digests them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from cases.access.scope import ORGANISATION, Scope
from cases.access.sensitivity import OPEN, OPERATIONAL, PROTECTED, Classes
from cases.models.base import Record
from cases.models.terms import known_term
from cases.rules.report_texts import LONGEST
from cases.vocabulary.attachments import MediaType
from cases.vocabulary.reports import DigestState


class ReportText(Record):
    """The text of a report, and how far it is digested.

    The report is shared ground, its text is not: it names private people, and is somebody's work.
    """

    SCOPE: ClassVar[Scope] = ORGANISATION
    SENSITIVITY: ClassVar[Classes] = {
        **Record.SENSITIVITY,
        "report": OPEN,
        "text": PROTECTED,
        "media_type": OPERATIONAL,
        "size": OPERATIONAL,
        "sha256": OPEN,
        "stored_name": PROTECTED,
        "digest_state": OPEN,
        "taken_by": OPERATIONAL,
        "set_aside_reason": PROTECTED,
    }

    report = models.ForeignKey(
        "cases.SourceReport",
        models.PROTECT,
        related_name="texts",
        help_text="The report whose text it is; your own.",
    )
    text = models.TextField(
        max_length=LONGEST,
        help_text="The words of the report, a line left empty between paragraphs.",
    )
    media_type = models.CharField(
        max_length=40, choices=MediaType, editable=False, help_text="What was archived."
    )
    size = models.PositiveIntegerField(editable=False, help_text="In bytes, of what was archived.")
    sha256 = models.CharField(
        "SHA-256", max_length=64, editable=False, help_text="The fingerprint of what was archived."
    )
    stored_name = models.CharField(
        max_length=80,
        blank=True,
        default="",
        editable=False,
        help_text="Where a PDF document lies; random, never shown. A text lies here itself.",
    )
    digest_state = models.CharField(
        max_length=20, choices=DigestState, default=DigestState.NEW, editable=False
    )
    taken_by = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        help_text="Who has it in hand, or has digested it.",
    )
    set_aside_reason = models.CharField(
        max_length=500, blank=True, default="", editable=False, help_text="Why it is set aside."
    )

    class Meta(Record.Meta):
        verbose_name_plural = "texts of reports"
        constraints = (
            known_term("report_text", "media_type", MediaType),
            known_term("report_text", "digest_state", DigestState),
            models.UniqueConstraint(
                fields=["report"],
                name="report_has_one_text",
                violation_error_message=(
                    "The text of this report is kept already. Replace it if it is the wrong one."
                ),
            ),
            models.UniqueConstraint(
                fields=["stored_name"],
                condition=~Q(stored_name=""),
                name="report_text_file_is_kept_once",
                violation_error_message="This file is kept already.",
            ),
            models.CheckConstraint(
                condition=Q(digest_state=DigestState.SET_ASIDE) & ~Q(set_aside_reason="")
                | ~Q(digest_state=DigestState.SET_ASIDE) & Q(set_aside_reason=""),
                name="report_text_set_aside_has_a_reason",
                violation_error_message="Say why the text is set aside.",
            ),
            models.CheckConstraint(
                condition=~Q(digest_state=DigestState.NEW) | Q(taken_by__isnull=True),
                name="report_text_to_digest_is_in_nobodys_hands",
                violation_error_message="A text that is to be digested is in nobody's hands.",
            ),
        )
