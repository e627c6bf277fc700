"""What readers of the dashboards keep: views for themselves, and figures as they stood."""

from typing import ClassVar

from django.db import models

from cases.access.scope import FROZEN, OWN, Scope
from cases.access.sensitivity import OPEN, Classes
from cases.models.base import Record
from cases.models.terms import known_term
from cases.rules import kept_pages as rules
from cases.vocabulary.kept_pages import KeptPage

LONGEST_NAME, LONGEST_QUERY, LONGEST_CONTENT = 100, 500, 1_000_000


class SavedView(Record):
    """A page with what it is narrowed by, under a name: of one user, for that user alone."""

    SCOPE: ClassVar[Scope] = OWN
    SENSITIVITY: ClassVar[Classes] = {
        **Record.SENSITIVITY,
        "name": OPEN,
        "page": OPEN,
        "query": OPEN,
    }

    name = models.CharField(max_length=LONGEST_NAME, help_text="What you call this view.")
    page = models.CharField(max_length=20, choices=KeptPage)
    query = models.CharField(
        max_length=LONGEST_QUERY, blank=True, default="", help_text="What the page is narrowed by."
    )

    class Meta(Record.Meta):
        constraints = (
            known_term("saved_view", "page", KeptPage),
            models.UniqueConstraint(
                fields=["recorded_by", "name"],
                name="saved_view_name_is_own",
                violation_error_message="You have a view of this name. Choose another name.",
            ),
        )


class FrozenPage(Record):
    """The figures of a page as they stood, with their ids: stored, never worked out again.

    It holds what everybody who reads the dashboards in the organisation may read.
    """

    SCOPE: ClassVar[Scope] = FROZEN
    SENSITIVITY: ClassVar[Classes] = {
        **Record.SENSITIVITY,
        "name": OPEN,
        "page": OPEN,
        "query": OPEN,
        "valid_at": OPEN,
        "known_at": OPEN,
        "content": OPEN,
        "sha256": OPEN,
    }

    name = models.CharField(max_length=LONGEST_NAME, help_text="What it is called.")
    page = models.CharField(max_length=20, choices=KeptPage)
    query = models.CharField(
        max_length=LONGEST_QUERY, blank=True, default="", help_text="What the page was narrowed by."
    )
    valid_at = models.DateField("as of")
    known_at = models.DateTimeField("as known at")
    content = models.TextField(
        max_length=LONGEST_CONTENT, help_text="The figures, their ids and values, as JSON."
    )
    sha256 = models.CharField(
        "SHA-256", max_length=64, help_text="The fingerprint of what it holds."
    )

    class Meta(Record.Meta):
        constraints = (
            known_term("frozen_page", "page", KeptPage),
            models.UniqueConstraint(
                fields=["organisation", "name"],
                name="frozen_page_name_is_free",
                violation_error_message="There is a snapshot of this name. Choose another name.",
            ),
        )

    @property
    def is_whole(self) -> bool:
        """Whether it holds what was frozen, to the letter."""
        return rules.fingerprint(self.content) == self.sha256

    def clean(self) -> None:
        rules.check_fingerprint(self.content, self.sha256)
