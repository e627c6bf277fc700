"""Asking another organisation, and answering, as the tests do it."""

from datetime import timedelta
from typing import Any

from cases import clock
from cases.access.gate import acting_as
from cases.actions import referrals
from cases.models import Referral
from tests.factories import (
    ConsentFactory,
)


def asked(sender, person, theirs, kind="referral", **fields) -> Referral:
    ConsentFactory(individual=person)
    opened = {"level": "protected", "grant_ends_at": clock.now() + timedelta(days=30)}
    given = {
        "kind": kind,
        "purpose": "medical",
        "answer_by": clock.now() + timedelta(days=7),
        "reason": "A surgeon is needed.",
        **(opened if kind == "referral" else {}),
        **fields,
    }
    with acting_as(sender):
        return referrals.request(by=sender, individual=person, recipient=theirs, **given)


def answer(act, request, by, **given) -> Any:
    with acting_as(by):
        seen = Referral.objects.get(pk=request.pk)
        return act(seen, by=by, version=seen.version, **given)
