"""The steps of signing in. Nobody acts yet, so the system does; each step is on record.

Whatever is wrong with an e-mail and a password, the answer is one sentence after one hash: it
tells neither whether the account exists nor whether it is switched off.
"""

from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy

from cases.access.actor import Actor, Anonymous
from cases.access.gate import System, acting_as
from cases.actions import audit, factors, throttling
from cases.models import Factor, User
from cases.rules.factors import looks_like_recovery
from cases.vocabulary.audit import Outcome

WRONG = gettext_lazy(
    "This e-mail and password do not open the staff pages. Check both; if the account was "
    "switched off, or is a partner system's, ask your administrator."
)


def check_password(*, email: str, password: str, address: str) -> User:
    """Give the user whose e-mail and password these are.

    :raises Throttled: if there were too many attempts.
    :raises ValidationError: in the same words whatever is wrong.
    """
    account, network = throttling.of_account(email), throttling.of_address(address)
    throttling.take(network, account)
    user = authenticate(username=email, password=password)
    if not isinstance(user, User) or not user.is_staff:
        _note_failure(email)
        raise ValidationError(WRONG, code="invalid_login")
    throttling.forgive(cleared=[account], refunded=network)
    return user


def check_factor(user: User, *, code: str, address: str) -> None:
    """Let the user pass whose second factor this code is of.

    :raises Throttled: if there were too many attempts.
    :raises ValidationError: if the code is wrong, late, or used already.
    """
    codes, network = throttling.of_code(user.pk), throttling.of_address(address)
    throttling.take(network, codes)
    with transaction.atomic():
        is_right = factors.use(user, code)
        if is_right and looks_like_recovery(code):
            _note(user, "used a recovery code")
        elif not is_right:
            _note(user, "showed a wrong code", Outcome.REFUSED)
    if not is_right:
        raise ValidationError(factors.WRONG_CODE, code="code")
    throttling.forgive(cleared=[codes], refunded=network)


def confirm(user: User, *, proof: str, address: str) -> None:
    """Let somebody signed in prove again who they are, before they change how they sign in.

    :raises Throttled: if there were too many attempts.
    :raises ValidationError: if the code, or without a second factor the password, is wrong.
    """
    if has_factor(user):
        check_factor(user, code=proof, address=address)
    else:
        check_password(email=user.email, password=proof, address=address)


def has_factor(user: User) -> bool:
    """Say whether a user has a second factor."""
    with acting_as(System("looking for a second factor")):
        return Factor.objects.filter(user=user.pk).exists()


@transaction.atomic
def note_sign_in(user: User) -> None:
    """Put on record that somebody got in."""
    _note(user, "signed in")


@transaction.atomic
def note_sign_out(user: User) -> None:
    """Put on record that somebody left."""
    _note(user, "signed out")


def _note(user: User, act: str, outcome: Outcome = Outcome.DONE) -> None:
    audit.note(
        by=Actor.of(user),
        act=act,
        model="user",
        organisation_id=user.organisation_id,
        target_id=user.pk,
        outcome=outcome,
    )


@transaction.atomic
def _note_failure(email: str) -> None:
    """Put a failure on record: on the account, if there is one; never what was typed."""
    with acting_as(System("noting a failed sign-in")):
        user = User.objects.filter(email__iexact=email).first()
    audit.note(
        by=Anonymous(),
        act="failed to sign in",
        model="user",
        organisation_id=user.organisation_id if user else None,
        target_id=user.pk if user else None,
        outcome=Outcome.REFUSED,
    )
