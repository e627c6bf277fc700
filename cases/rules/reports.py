"""Who may be the speaker of a statement: nobody and several are legal."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cases.vocabulary.reports import Attribution

_SPOKEN = frozenset({Attribution.NAMED, Attribution.COLLECTIVE})


def check_speakers(attribution: str, speakers: int) -> None:
    """Refuse a named or collective statement of nobody, and a speaker where nobody is named.

    :raises ValidationError: saying which of the two to mend.
    """
    if attribution in _SPOKEN and not speakers:
        message = _("“%(attribution)s” needs a speaker. Name one, or choose “Nobody named”.") % {
            "attribution": Attribution(attribution).label
        }
        raise ValidationError({"speakers": ValidationError(message, code="speaker_missing")})
    if attribution == Attribution.UNATTRIBUTED and speakers:
        message = _("“Nobody named” has no speaker. Choose “Named speaker” or remove the speaker.")
        raise ValidationError({"speakers": ValidationError(message, code="speaker_unexpected")})
