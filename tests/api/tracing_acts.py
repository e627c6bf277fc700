"""Each act on a tracing request, and on who it may be: where it is sent, and what."""

from typing import Any

from tests.api.collections import address
from tests.factories import (
    IndividualFactory,
    TracingCandidateFactory,
    TracingRequestFactory,
    UserFactory,
)

Sent = tuple[str, dict[str, Any]]


def an_action() -> Sent:
    path = address("tracing-requests", TracingRequestFactory().pk, "actions")
    return path, {"kind": "spoke", "text": "Rang the neighbour."}


def somebody_proposed() -> Sent:
    path = address("tracing-requests", TracingRequestFactory(described=True).pk, "candidates")
    return path, {"individual": str(IndividualFactory().pk), "why": "The same village."}


def a_search_closed() -> Sent:
    path = address("tracing-requests", TracingRequestFactory().pk, "transitions")
    return path, {"to_state": "closed", "outcome": "withdrawn", "reason": "They met."}


def a_search_forgotten() -> Sent:
    row = TracingRequestFactory(closed=True)
    return address("tracing-requests", row.pk, "anonymise"), {"number": row.number}


def somebody_confirmed() -> Sent:
    row = TracingCandidateFactory(recorded_by=UserFactory(), request__state="proposed")
    return address("tracing-candidates", row.pk, "confirm"), {}


def somebody_rejected() -> Sent:
    path = address("tracing-candidates", TracingCandidateFactory().pk, "reject")
    return path, {"reason": "Another year of birth."}


def somebody_taken_back() -> Sent:
    path = address("tracing-candidates", TracingCandidateFactory().pk, "take-back")
    return path, {"reason": "A slip."}


TRACING = [an_action, somebody_proposed, a_search_closed, a_search_forgotten, somebody_confirmed,
           somebody_rejected, somebody_taken_back]  # fmt: skip
