"""What the tests of tracing have in common: who works on a request, and one in each state."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from cases.access.gate import Actor
from cases.actions import tracing_candidates, tracing_steps
from cases.models import TracingRequest
from tests.factories import (
    IndividualFactory,
    IndividualNameFactory,
    TracingCandidateFactory,
    TracingRequestFactory,
    UserFactory,
)

WHY = "As agreed on the telephone."


def fresh(row: Any) -> Any:
    return type(row).objects.get(pk=row.pk)


def named(text: str = "Анна Петрова", **fields: Any) -> Any:
    """Make a case with a name."""
    person = IndividualFactory(**fields)
    IndividualNameFactory(individual=person, text=text)
    return person


def proposed(by: Any = None, **fields: Any) -> Any:
    """Propose a case, by somebody else than whoever confirms it in a test."""
    given = {"recorded_by": by or UserFactory(), "request__state": "proposed", **fields}
    return TracingCandidateFactory(**given)


def found(by: Actor, **fields: Any) -> Any:
    """Let a request lead to a case, by two people."""
    row = proposed(**fields)
    tracing_candidates.confirm(row, by=by, version=None)
    return fresh(row.request)


def close(request: TracingRequest, by: Any, outcome: str = "withdrawn", **given: Any) -> Any:
    given = {"reason": WHY, **given}
    return tracing_steps.move(
        request, by=by, version=None, to_state="closed", outcome=outcome, **given
    )


def described(**fields: Any) -> Any:
    return TracingRequestFactory(described=True, **fields)


def refused(field: str, call: Callable[[], Any]) -> str:
    """Give the sentence of a refusal, which stands beside one field."""
    with pytest.raises(ValidationError) as refusal:
        call()
    assert refusal.value.error_dict.keys() == {field}
    return " ".join(refusal.value.messages)
