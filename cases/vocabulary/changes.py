"""The feed of changes."""

from cases.vocabulary.base import Terms


class ChangeKind(Terms):
    CHANGED = "changed", "The row was added or changed, or has come into sight.", "Changed"
    GONE = "gone", "The row went out of sight of those who could see it.", "Gone"
    ANEW = "anew", "All readers begin anew: rows came in past the acts.", "Begin anew"
