"""The second factor: a code is good once, near its time; a reset takes two people."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from cases import clock
from cases.access.gate import Actor, System, acting_as
from cases.actions import factors, organisations, sign_in
from cases.actions.throttling import Throttled
from cases.models import AuditEntry, Factor, RecoveryCode, Session
from cases.rules.throttling import CODE
from cases.vocabulary.organisations import Role
from tests.factories import (
    PASSWORD,
    FactorFactory,
    SessionFactory,
)
from tests.refusals import sentence_of
from tests.signing_in import add_factor

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "192.0.2.1", "198.51.100.1"


@pytest.fixture
def user(user_of):
    return user_of()


@pytest.fixture(autouse=True)
def still():
    """Hold the clock: half a minute may end in the middle of a test."""
    with clock.fixed(clock.now()):
        yield


def show(user, code, address=HERE):
    sign_in.check_factor(user, code=code, address=address)


def test_a_code_is_good_once(user):
    shown, _codes = add_factor(user)
    code = shown()
    show(user, code)

    assert "used already" in sentence_of(show, user, code)
    assert "used already" in sentence_of(show, user, shown(-1))
    show(user, shown(1))


def test_the_code_that_set_it_up_does_not_also_sign_in(user):
    shown, _codes = add_factor(user)

    assert sentence_of(show, user, shown(-1))


@pytest.mark.parametrize("steps", [-3, -2, 2, 3])
def test_a_code_of_another_time_is_refused(user, steps):
    shown, _codes = add_factor(user)

    assert sentence_of(show, user, shown(steps))


def test_a_recovery_code_is_good_once_and_on_record(user):
    _shown, codes = add_factor(user)
    assert len(set(codes)) == 10
    show(user, codes[0].upper().replace("-", " "))

    assert "used already" in sentence_of(show, user, codes[0])
    assert list(AuditEntry.objects.order_by("number").values_list("act", flat=True)) == [
        "added a second factor",
        "used a recovery code",
        "showed a wrong code",
    ]


def test_recovery_codes_are_the_users_own(user, user_of):
    _shown, codes = add_factor(user)
    other = user_of()
    add_factor(other)

    assert sentence_of(show, other, codes[0])


def test_renewed_codes_replace_those_before(user):
    _shown, before = add_factor(user)
    after = factors.renew_codes(user, by=Actor.of(user))

    assert sentence_of(show, user, before[0])
    show(user, after[0])


def test_ten_thousand_codes_are_not_tried(user):
    add_factor(user)
    tried = 0
    with clock.fixed(clock.now()):
        for number in range(200):
            try:
                show(user, f"{number:06}", address=f"10.{number}.0.1")
            except Throttled:
                continue
            except ValidationError:
                tried += 1

    assert tried == CODE.free


def test_the_password_does_not_clear_the_count_of_codes(user):
    add_factor(user)
    with clock.fixed(clock.now()):
        for _ in range(CODE.free):
            with pytest.raises(ValidationError):
                show(user, "000000")
        sign_in.check_password(email=user.email, password=PASSWORD, address=HERE)
        with pytest.raises(Throttled):
            show(user, "000000", ELSEWHERE)


def test_without_a_factor_no_code_is_right(user):
    assert sentence_of(show, user, "000000")


def test_secrets_are_not_kept_in_clear(user):
    shown, codes = add_factor(user)
    factor = Factor.objects.get()
    kept = [factor.secret, *RecoveryCode.objects.values_list("digest", flat=True)]

    assert shown() not in "".join(kept)
    assert not any(code.replace("-", "") in "".join(kept) for code in codes)
    assert factor.secret.startswith("gAAAA")


def test_a_new_key_takes_over_while_the_former_one_is_kept(user, settings):
    shown, _codes = add_factor(user)
    former, settings.SECRET_KEY = settings.SECRET_KEY, "a new key for the tests"
    assert sentence_of(show, user, shown())
    settings.SECRET_KEY_FALLBACKS = [former]

    show(user, shown())

    settings.SECRET_KEY_FALLBACKS = []
    show(user, shown(1))


def test_another_code_than_the_secrets_adds_nothing(user):
    assert "not the app's" in sentence_of(
        factors.add, user, by=Actor.of(user), sealed=factors.new_secret(), code="000000"
    )
    assert not sign_in.has_factor(user)


def test_to_prove_oneself_again_takes_the_factor_or_else_the_password(user):
    sign_in.confirm(user, proof=PASSWORD, address=HERE)
    shown, _codes = add_factor(user)

    assert sentence_of(sign_in.confirm, user, proof=PASSWORD, address=HERE)
    sign_in.confirm(user, proof=shown(), address=HERE)


# --- Resetting it ---


@pytest.fixture
def administrators(user_of):
    return [Actor.of(user_of(Role.ADMINISTRATOR)) for _ in range(2)]


def test_a_reset_takes_two_administrators(user, administrators):
    add_factor(user)
    session = SessionFactory(user=user)
    first, second = administrators

    for by in (first, second):
        with acting_as(by):
            assert "Two administrators" in sentence_of(factors.reset, user, by=by)
    with acting_as(first):
        factors.ask_reset(user, by=first)
        assert "Two administrators" in sentence_of(factors.reset, user, by=first)
    with acting_as(second):
        factors.reset(user, by=second)

    assert not sign_in.has_factor(user)
    assert not RecoveryCode.objects.exists()
    assert not Session.objects.filter(pk=session.pk).exists()


def test_a_reset_is_agreed_to_within_a_day(user, administrators):
    add_factor(user)
    first, second = administrators
    with acting_as(first), clock.fixed(clock.now() - timedelta(days=1)):
        factors.ask_reset(user, by=first)

    with acting_as(second):
        assert "Two administrators" in sentence_of(factors.reset, user, by=second)


def test_there_must_be_something_to_reset(user, administrators):
    by = administrators[0]
    with acting_as(by):
        assert "no second factor" in sentence_of(factors.ask_reset, user, by=by)


def test_nobody_resets_the_own_factor(user_of):
    user = user_of(Role.ADMINISTRATOR)
    add_factor(user)
    by = Actor.of(user)
    with acting_as(by):
        assert "own second factor" in sentence_of(factors.ask_reset, user, by=by)


def test_another_organisations_factor_stays(user, user_of, other_organisation):
    add_factor(user)
    by = Actor.of(user_of(Role.ADMINISTRATOR, organisation=other_organisation))
    for act in (factors.ask_reset, factors.reset):
        with pytest.raises(PermissionDenied):
            act(user, by=by)


def test_the_command_line_resets_alone(user):
    add_factor(user)
    factors.reset(user, by=System("tests"))

    assert not sign_in.has_factor(user)


@pytest.mark.parametrize("act", [factors.renew_codes])
def test_a_factor_is_its_owners(user, user_of, act):
    FactorFactory(user=user)
    with pytest.raises(PermissionDenied, match="somebody else"):
        act(user, by=Actor.of(user_of(Role.ADMINISTRATOR)))


@pytest.mark.parametrize("asks", ["the first", "the one that the first has made"])
def test_an_account_that_one_of_the_two_has_made_is_no_second_person(user, user_of, asks):
    first = Actor.of(user_of(Role.ADMINISTRATOR))
    with acting_as(first):
        made = organisations.add_user(
            by=first,
            email="new@example.org",
            password="corridor lantern 4417 quietly",
            role=Role.ADMINISTRATOR,
        )
    pair = [first, Actor.of(made)]
    asking, agreeing = pair if asks == "the first" else reversed(pair)
    add_factor(user)
    factors.ask_reset(user, by=asking)

    with pytest.raises(ValidationError, match="Neither has added or changed the other"):
        factors.reset(user, by=agreeing)

    with clock.fixed(clock.now() + factors.INDEPENDENT_AFTER + timedelta(days=1)):
        factors.ask_reset(user, by=asking)
        factors.reset(user, by=agreeing)
    assert not Factor.objects.exists()
