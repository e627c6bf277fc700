"""The life of a referral: every step that it has, and none that it has not."""

from datetime import UTC, datetime, timedelta

import pytest

from cases.rules import referrals
from cases.vocabulary.referrals import ReferralKind, ReferralState
from tests.refusals import sentence_of

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
REQUESTED = ReferralState.REQUESTED


@pytest.mark.parametrize("state", ReferralState)
@pytest.mark.parametrize("to_state", ReferralState)
def test_only_a_request_is_answered_and_once(state, to_state):
    if state == REQUESTED and to_state != REQUESTED:
        referrals.check_step(state, to_state, "Because.")
    else:
        assert "already" in sentence_of(referrals.check_step, state, to_state, "Because.")


@pytest.mark.parametrize("to_state", set(ReferralState) - {REQUESTED})
def test_a_refusal_says_why(to_state):
    if to_state in {ReferralState.REJECTED, ReferralState.WITHDRAWN}:
        assert "Say why" in sentence_of(referrals.check_step, REQUESTED, to_state, "  ")
    else:
        referrals.check_step(REQUESTED, to_state, "")


@pytest.mark.parametrize("state", ReferralState)
def test_an_unanswered_request_expires_by_itself(state):
    late = referrals.state_at(state, NOON, NOON)

    assert referrals.state_at(state, NOON + DAY, NOON) == state
    assert late == (ReferralState.EXPIRED if state == REQUESTED else state)


@pytest.mark.parametrize("until", [NOON, NOON - DAY, NOON + referrals.LONGEST_WAIT + DAY])
def test_a_request_waits_for_sixty_days_at_most(until):
    referrals.check_wait(NOON, None)
    referrals.check_wait(NOON, NOON + referrals.LONGEST_WAIT)

    assert "within 60 days" in sentence_of(referrals.check_wait, NOON, until)


@pytest.mark.parametrize("level", ["", "protected"])
@pytest.mark.parametrize("until", [None, NOON])
@pytest.mark.parametrize("kind", ReferralKind)
def test_a_referral_has_its_grant_and_a_transfer_none(kind, level, until):
    is_right = (bool(level), bool(until)) == (kind == "referral", kind == "referral")

    if is_right:
        referrals.check_attached(kind, level, until)
    else:
        assert sentence_of(referrals.check_attached, kind, level, until)
