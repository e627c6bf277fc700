"""A person in words."""

from typing import Any

from cases.models import IndividualName
from cases.models.gate import reads_masked


def names_of(person: Any) -> str:
    """List a person's names; nothing to a reader who is not cleared for names."""
    if reads_masked(IndividualName, "text"):
        return ""
    texts = [name.text for name in person.names.all() if name.text]
    return " · ".join(dict.fromkeys(texts))
