"""Who asks for whom, and what whoever asks, or is found, has agreed to be told."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cases.vocabulary.tracing import ContactWish, TracingState as S
from cases.vocabulary.tracing_work import TracingActionKind as K

WITH_BODY = (K.ASKED_BODY, K.ANSWER_CAME)
ONCE_FOUND = (K.ASKED_PERSON, K.TOLD_PERSON, K.TOLD_ENQUIRER)
"""What is done only where it is known who the person is."""
MOST_NAMES = 10


def check_enquirer(*, contact: object, body: object) -> None:
    """Refuse a request of nobody, and one of two.

    :raises ValidationError: saying what to choose.
    """
    if bool(contact) == bool(body):
        message = _("Say who asks: a contact or a body, one of the two.")
        raise ValidationError({"enquirer": ValidationError(message, code="one_enquirer")})


def check_sought(*, individual: object, names: str, circumstances: str) -> None:
    """Refuse a request for nobody.

    :raises ValidationError: saying what to tell of the person.
    """
    if not (individual or names.strip() or circumstances.strip()):
        message = _("Say who is sought: a case, a name, or what is known of the person.")
        raise ValidationError({"sought_names": ValidationError(message, code="nobody_sought")})
    if len(lines(names)) > MOST_NAMES:
        message = _("Write at most %(most)s names, one a line.") % {"most": MOST_NAMES}
        raise ValidationError({"sought_names": ValidationError(message, code="too_many_names")})


def check_wish(wish: str, individual: object) -> None:
    """Refuse a wish of nobody.

    :raises ValidationError: saying when it is asked.
    """
    if wish != ContactWish.UNKNOWN and not individual:
        message = _("Nobody is found yet who could wish anything. Leave it as not asked.")
        raise ValidationError({"contact_wish": ValidationError(message, code="nobody_found")})


def check_wish_now(state: str) -> None:
    """Refuse to change what somebody wishes before it is known who they are.

    :raises ValidationError: saying when it is asked.
    """
    if state != S.FOUND:
        message = _("What the person wishes is recorded once a second person has said who it is.")
        raise ValidationError({"contact_wish": ValidationError(message, code="nobody_found")})


def lines(names: str) -> list[str]:
    """Give the names that stand one a line."""
    return list(dict.fromkeys(line.strip() for line in names.splitlines() if line.strip()))


def check_told(
    kind: str, *, state: str, body: object, may_be_named: bool, may_be_shared: bool, wish: str
) -> None:
    """Refuse to have told what the enquirer, or the person found, has not agreed to.

    :raises ValidationError: saying what to ask first.
    """
    if kind == K.STEP:
        message = _("The tracker records this by itself when the request is moved on.")
        raise ValidationError({"kind": ValidationError(message, code="by_itself")})
    if kind in WITH_BODY and not body:
        message = _("Say which body.")
        raise ValidationError({"body": ValidationError(message, code="no_body")})
    if kind in ONCE_FOUND and state != S.FOUND:
        message = _("Nobody is found yet. A second person says first who it is.")
        raise ValidationError({"kind": ValidationError(message, code="nobody_found")})
    refused: Mapping[str, tuple[bool, str]] = {
        K.ASKED_BODY: (
            not may_be_shared,
            _("The enquirer has not agreed that the request is shared. Ask them first."),
        ),
        K.TOLD_PERSON: (
            not may_be_named,
            _("The enquirer has not agreed to be named to the person found. Ask them first."),
        ),
        K.TOLD_ENQUIRER: (
            wish != ContactWish.CONTACT,
            _("The person found has not agreed to contact. The enquirer must not learn where."),
        ),
    }
    is_refused, sentence = refused.get(kind, (False, ""))
    if is_refused:
        raise ValidationError({"kind": ValidationError(sentence, code="not_agreed")})
