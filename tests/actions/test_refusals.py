"""Refused attempts are on record; what cannot be recorded changes no answer."""

import logging
from uuid import uuid4

import pytest
from django.db import DatabaseError

from cases.access.gate import Anonymous
from cases.actions import audit, refusals
from cases.models import AuditEntry
from cases.vocabulary.audit import Outcome, Refusal
from cases.vocabulary.organisations import Role

pytestmark = pytest.mark.django_db


def test_a_refusal_names_who_what_and_which_id(actor_of):
    by, target = actor_of(Role.MANAGER), uuid4()

    refusals.note(
        by=by,
        act="read cases",
        reason=Refusal.NOT_FOUND,
        model="individual",
        target_id=target,
        fields=["names"],
    )

    entry = AuditEntry.objects.get()
    assert (entry.outcome, entry.reason) == (Outcome.REFUSED, "not found")
    assert (entry.actor_id, entry.organisation_id) == (by.user_id, by.organisation_id)
    assert (entry.act, entry.model, entry.target_id) == ("read cases", "individual", target)
    assert (entry.changed, entry.version_before, entry.version_after) == ("names", None, None)


def test_nobody_is_for_the_log(caplog):
    with caplog.at_level(logging.WARNING):
        refusals.note(by=Anonymous(), act="read cases", reason=Refusal.NOT_ALLOWED)

    assert "Refused: nobody, read cases, not allowed" in caplog.text
    assert not AuditEntry.objects.exists()


def test_a_refusal_that_cannot_be_written_stands_all_the_same(actor_of, monkeypatch, caplog):
    def fail(**_entry):
        raise DatabaseError

    by = actor_of(Role.MANAGER)
    monkeypatch.setattr(audit, "note", fail)

    refusals.note(by=by, act="read cases", reason=Refusal.NOT_ALLOWED)

    assert "A refusal is not in the trail: read cases" in caplog.text
