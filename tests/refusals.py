"""How tests look at a refusal."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError


def sentence_of(act: Any, *args: Any, **kwargs: Any) -> str:
    """Do what must be refused, and give the sentence it is refused with."""
    with pytest.raises(ValidationError) as refusal:
        act(*args, **kwargs)
    return " ".join(refusal.value.messages)
