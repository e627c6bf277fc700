"""When a consent, or another legal basis, holds; and what it covers."""

from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cases.rules.names.sounds import search_key
from cases.vocabulary.consents import GivenBy, ProcessingPurpose
from cases.vocabulary.grants import LegalBasis
from cases.vocabulary.organisations import OrganisationKind

SHARING = frozenset(
    {
        ProcessingPurpose.SHARE_WITH_ORGANISATION,
        ProcessingPurpose.SHARE_WITH_AUTHORITIES,
        ProcessingPurpose.SHARE_WITH_RED_CROSS,
    }
)
"""Purposes that may name a recipient."""


def check_giver(legal_basis: str, given_by: str, given: str) -> None:
    """Refuse a consent that nobody gave, and a giver where nobody was asked.

    :raises ValidationError: saying what to choose.
    """
    is_consent = legal_basis == LegalBasis.CONSENT
    if is_consent and given_by == GivenBy.NOBODY:
        message = _("Somebody gives a consent. Say who, or choose another legal basis.")
        raise ValidationError({"given_by": ValidationError(message, code="giver")})
    if not is_consent and given_by != GivenBy.NOBODY:
        message = _("Only a consent is given by somebody. Choose “Nobody was asked”, or “Consent”.")
        raise ValidationError({"given_by": ValidationError(message, code="giver")})
    if is_consent and not given:
        message = _("Say when the consent was given, as exactly as it is known.")
        raise ValidationError({"given_edtf": ValidationError(message, code="undated")})


def check_withdrawer(withdrawn_by: str) -> None:
    """Refuse a withdrawal by nobody known.

    :raises ValidationError: naming those who may.
    """
    if withdrawn_by not in GivenBy.values:
        message = _("Say who withdrew it: one of %(givers)s.") % {
            "givers": ", ".join(GivenBy.values)
        }
        raise ValidationError({"withdrawn_by": ValidationError(message, code="giver")})


def check_notice(version: str, language: str) -> None:
    """Refuse half of what tells which information notice was given.

    :raises ValidationError: saying which half is missing.
    """
    if bool(version) != bool(language):
        name = "notice_language" if version else "notice_version"
        message = _("Give both the version of the information notice and its language, or neither.")
        raise ValidationError({name: ValidationError(message, code="notice")})


def check_recipients(purpose: str, *, organisation: object, body: object, use: str) -> None:
    """Refuse a recipient where nothing is shared, and two at once.

    :raises ValidationError: beside the field that is too much.
    """
    if organisation and body:
        message = _("Name an organisation or a body, one of the two.")
        raise ValidationError({"body": ValidationError(message, code="two_recipients")})
    if purpose not in SHARING and (organisation or body or use):
        name = "recipient" if organisation else "body" if body else "shared_for"
        message = _("Nothing is shared for this purpose. Leave it out, or choose one of sharing.")
        raise ValidationError({name: ValidationError(message, code="not_shared")})


def is_live(*, withdrawn_at: datetime | None, expires_on: date | None, on: date) -> bool:
    """Say whether a basis holds on a day; on the day that it ends it does still."""
    return withdrawn_at is None and (expires_on is None or on <= expires_on)


def purpose_of_sharing(kind: str) -> ProcessingPurpose:
    """Say for which purpose a case is shared with an organisation of a kind."""
    if kind == OrganisationKind.OFFICIAL:
        return ProcessingPurpose.SHARE_WITH_AUTHORITIES
    return ProcessingPurpose.SHARE_WITH_ORGANISATION


def covers(
    *, named: UUID | None, body: UUID | None, shared_for: str, recipient: UUID, use: str
) -> bool:
    """Say whether a basis of sharing reaches a recipient and a use.

    One that names no recipient reaches every organisation, one that names no use every use; one
    that names a body reaches no organisation.
    """
    return body is None and named in {None, recipient} and shared_for in {"", use}


def is_named_in(text: str, name: str) -> bool:
    """Say whether a free text names somebody, in any spelling; every word of the name counts."""
    words, sought = search_key(text).split(), search_key(name).split()
    starts = range(len(words) - len(sought) + 1)
    return bool(sought) and any(words[at : at + len(sought)] == sought for at in starts)
