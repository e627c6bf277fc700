"""Getting in: counted before it is tried, the same answer whatever is wrong, all on record."""

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.exceptions import ValidationError

from cases import clock
from cases.actions import sign_in, throttling
from cases.actions.throttling import Throttled
from cases.models import AuditEntry, SignInCount
from cases.rules.throttling import ACCOUNT, ADDRESS
from cases.vocabulary.organisations import Role
from tests.factories import (
    PASSWORD,
    OrganisationFactory,
    SignInCountFactory,
)
from tests.refusals import sentence_of

pytestmark = pytest.mark.django_db
WRONG = "something else entirely"
HERE, ELSEWHERE = "192.0.2.1", "198.51.100.1"


def attempt(email, password=WRONG, address=HERE):
    return sign_in.check_password(email=email, password=password, address=address)


def wrong_ones(make):
    return {
        "unknown": "nobody@example.org",
        "wrong password": make().email,
        "switched off": make(is_active=False).email,
        "organisation off": make(
            organisation=OrganisationFactory(key="off", is_active=False)
        ).email,
        "partner system": make(Role.PARTNER).email,
    }


@pytest.mark.parametrize("password", [PASSWORD, WRONG])
def test_whatever_is_wrong_the_sentence_is_the_same(user_of, password):
    said = set()
    for why, email in wrong_ones(user_of).items():
        if (why, password) != ("wrong password", PASSWORD):
            said.add(sentence_of(attempt, email, password))

    assert len(said) == 1


def test_whatever_is_wrong_one_hash_is_made(user_of, monkeypatch):
    made = []
    encode = MD5PasswordHasher.encode

    def counted(*given, **named):
        made.append(1)
        return encode(*given, **named)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    emails = wrong_ones(user_of)
    unusable = user_of(Role.CASEWORKER)
    unusable.set_unusable_password()
    unusable.save()
    hashes = {}

    for why, email in {**emails, "no password": unusable.email}.items():
        made.clear()
        with pytest.raises(ValidationError):
            attempt(email)
        hashes[why] = len(made)

    assert set(hashes.values()) == {1}, hashes


def test_guessing_at_an_account_has_to_wait_longer_and_longer(user_of):
    email, tried, waits = user_of().email, 0, set()
    with clock.fixed(clock.now()):
        for _ in range(1000):
            try:
                attempt(email)
            except Throttled as refusal:
                waits.add(refusal.seconds)
            except ValidationError:
                tried += 1
        with pytest.raises(Throttled, match="Too many attempts"):
            attempt(email, PASSWORD)  # the right one as well: else the wait would tell nothing

    assert (tried, waits) == (ACCOUNT.free, {1})


def test_nobody_is_locked_out_for_good(user_of):
    email, moment = user_of().email, clock.now()
    for _ in range(40):
        with clock.fixed(moment), pytest.raises((ValidationError, Throttled)):
            attempt(email)
        moment += timedelta(minutes=15)

    with clock.fixed(moment):
        assert attempt(email, PASSWORD).email == email


def test_an_account_that_is_not_there_is_throttled_alike():
    with clock.fixed(clock.now()):
        for _ in range(ACCOUNT.free):
            with pytest.raises(ValidationError):
                attempt("nobody@example.org")
        with pytest.raises(Throttled):
            attempt("Nobody@Example.org ")


def test_one_password_for_a_thousand_accounts_is_stopped_by_the_network():
    tried = 0
    with clock.fixed(clock.now()):
        for number in range(ADDRESS.free + 20):
            try:
                attempt(f"user{number}@example.org", address=f"192.0.2.{number % 250}")
            except Throttled:
                continue
            except ValidationError:
                tried += 1

    assert tried == ADDRESS.free


def test_an_office_is_not_locked_out_by_one_colleague(user_of):
    clumsy, colleague = user_of(), user_of()
    with clock.fixed(clock.now()):
        for _ in range(30):
            with pytest.raises((ValidationError, Throttled)):
                attempt(clumsy.email)

        assert attempt(colleague.email, PASSWORD) == colleague


def test_getting_in_clears_the_account_and_gives_the_network_back_one(user_of):
    user = user_of()
    for _ in range(3):
        with pytest.raises(ValidationError):
            attempt(user.email)

    attempt(user.email, PASSWORD)

    (row,) = SignInCount.objects.all()
    assert (row.key, row.attempts) == (throttling.of_address(HERE).key, 3)


def test_counters_say_nothing_of_whom_they_count(user_of):
    with pytest.raises(ValidationError):
        attempt("a password typed into the wrong box")

    kept = " ".join(SignInCount.objects.values_list("key", flat=True))
    assert "password" not in kept
    assert HERE not in kept


def test_counters_at_rest_are_forgotten():
    old = SignInCountFactory(last_at=clock.now() - timedelta(days=2))

    with pytest.raises(ValidationError):
        attempt("nobody@example.org")

    assert not SignInCount.objects.filter(pk=old.pk).exists()


def entries():
    rows = AuditEntry.objects.order_by("at", "number")
    return [(e.actor, e.act, e.outcome, e.target_id, e.organisation_id) for e in rows]


def test_a_failure_is_on_record_without_what_was_typed(user_of):
    user = user_of()
    for email in (user.email, "nobody@example.org"):
        with pytest.raises(ValidationError):
            attempt(email)

    assert entries() == [
        ("nobody", "failed to sign in", "refused", user.pk, user.organisation_id),
        ("nobody", "failed to sign in", "refused", None, None),
    ]
    assert "nobody@example.org" not in str(list(AuditEntry.objects.values()))


def test_letters_that_the_database_takes_for_others_share_a_count():
    counted = {throttling.of_account(email).key for email in ("admin@a.org", "ADMıN@a.org ")}

    assert len(counted) == 1
