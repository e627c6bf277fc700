"""Files kept on people. The content lies in the storage, under a name that says nothing."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from cases.access.scope import OF_PERSON, Scope
from cases.access.sensitivity import OPEN, OPERATIONAL, PROTECTED, Classes
from cases.models.base import Record
from cases.models.terms import known_term
from cases.rules.attachments import LONGEST_TITLE
from cases.vocabulary.attachments import AttachmentKind, MediaType

LONGEST_REASON = 500


class Attachment(Record):
    """A file kept on a person: a photograph, a passport, a letter."""

    SCOPE: ClassVar[Scope] = OF_PERSON
    SENSITIVITY: ClassVar[Classes] = {
        **Record.SENSITIVITY,
        "individual": OPEN,
        "title": PROTECTED,
        "kind": PROTECTED,
        "media_type": OPERATIONAL,
        "size": OPERATIONAL,
        "sha256": PROTECTED,
        "stored_name": PROTECTED,
        "withdrawn_at": OPERATIONAL,
        "withdrawal_reason": PROTECTED,
    }

    individual = models.ForeignKey(
        "cases.Individual",
        models.PROTECT,
        related_name="attachments",
        help_text="The person it is kept on.",
    )
    title = models.CharField(
        max_length=LONGEST_TITLE, help_text="What it is; taken from the file's name at first."
    )
    kind = models.CharField(max_length=20, choices=AttachmentKind, help_text="What it shows.")
    media_type = models.CharField(
        max_length=40, choices=MediaType, editable=False, help_text="Told from its content."
    )
    size = models.PositiveIntegerField(
        editable=False, help_text="In bytes, as it is kept; a picture is drawn anew."
    )
    sha256 = models.CharField(
        "SHA-256", max_length=64, editable=False, help_text="The fingerprint of what is kept."
    )
    stored_name = models.CharField(
        max_length=80, unique=True, editable=False, help_text="Where it lies; random, never shown."
    )
    withdrawn_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="From then on the content is gone."
    )
    withdrawal_reason = models.CharField(
        max_length=LONGEST_REASON, blank=True, default="", editable=False,
        help_text="Why it was withdrawn.",
    )  # fmt: skip

    class Meta(Record.Meta):
        constraints = (
            known_term("attachment", "kind", AttachmentKind),
            known_term("attachment", "media_type", MediaType),
            models.CheckConstraint(
                condition=Q(size__gt=0),
                name="attachment_is_not_empty",
                violation_error_message="A file has at least one byte.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawal_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawal_reason="")),
                name="attachment_withdrawn_has_a_reason",
                violation_error_message="Say why the file is withdrawn.",
            ),
        )
