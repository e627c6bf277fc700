"""Who may be the speaker of a statement: nobody and several are legal."""

from django.core.exceptions import ValidationError

from cases.vocabulary.reports import Attribution

_SPOKEN = frozenset({Attribution.NAMED, Attribution.COLLECTIVE})


def check_speakers(attribution: str, speakers: int) -> None:
    """Refuse a named or collective statement of nobody, and a speaker where nobody is named.

    :raises ValidationError: saying which of the two to mend.
    """
    if attribution in _SPOKEN and not speakers:
        message = (
            f"“{Attribution(attribution).label}” needs a speaker. "
            "Name one, or choose “Nobody named”."
        )
        raise ValidationError({"speakers": ValidationError(message, code="speaker_missing")})
    if attribution == Attribution.UNATTRIBUTED and speakers:
        message = "“Nobody named” has no speaker. Choose “Named speaker” or remove the speaker."
        raise ValidationError({"speakers": ValidationError(message, code="speaker_unexpected")})
