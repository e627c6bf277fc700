"""Sharing a case: no more than one reads oneself, with nobody who is gone, ended once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cases import clock
from cases.access.gate import acting_as
from cases.access.roles import POWERS
from cases.access.sensitivity import OPERATIONAL
from cases.actions import grants
from cases.vocabulary.organisations import Role
from tests.factories import GrantFactory, IndividualFactory, OrganisationFactory
from tests.refusals import sentence_of

pytestmark = pytest.mark.django_db


def give(by, **fields):
    given = {
        "individual": IndividualFactory(),
        "recipient": OrganisationFactory(other=True),
        "level": "identifying",
        "purpose": "tracing",
        "legal_basis": "consent",
        "expires_at": clock.now() + timedelta(days=30),
        **fields,
    }
    return grants.give(by=by, **given)


def test_nobody_shares_more_than_they_read_themselves(actor_of, monkeypatch):
    """No role of today could: the rule stands for the table of tomorrow."""
    lowered = replace(POWERS[Role.SUPERVISOR], clearance=OPERATIONAL)
    monkeypatch.setitem(POWERS, Role.SUPERVISOR, lowered)

    said = sentence_of(give, actor_of(Role.SUPERVISOR))

    assert said == "You cannot share more than you may read yourself. Choose a lower level."


def test_nothing_is_shared_with_an_organisation_that_is_switched_off(actor_of):
    gone = OrganisationFactory(other=True, is_active=False)

    said = sentence_of(give, actor_of(Role.SUPERVISOR), recipient=gone)

    assert said == "This organisation is switched off. Choose one that is active."


def test_a_grant_ends_once(actor_of):
    by, grant = actor_of(Role.SUPERVISOR), GrantFactory()
    with acting_as(by):
        grants.revoke(grant, by=by, version=1, reason="Done.")
        said = sentence_of(grants.revoke, grant, by=by, version=2)

    assert said == "This grant has ended already."
