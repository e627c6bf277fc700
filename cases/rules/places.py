"""Places below places."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cases.vocabulary.places import PlaceKind

_LEVEL = {
    PlaceKind.COUNTRY: 0,
    PlaceKind.OBLAST: 1,
    PlaceKind.DISTRICT: 2,
    PlaceKind.SETTLEMENT: 3,
    PlaceKind.FACILITY: 4,
}
"""Administrative levels; border points and informal areas may lie anywhere but above a country."""


def check_parent(
    kind: str, parent_kind: str | None, ancestors: Sequence[object], own: object
) -> None:
    """Refuse a place above its own parent, or inside itself.

    :raises ValidationError: naming both kinds.
    """
    if parent_kind is None or kind not in PlaceKind.values:
        return  # a kind outside the vocabulary has its own sentence
    if own in ancestors:
        raise _refusal(_("A place cannot lie inside itself. Choose another parent."), "place_loop")
    level, above = _LEVEL.get(PlaceKind(kind)), _LEVEL.get(PlaceKind(parent_kind))
    if kind == PlaceKind.COUNTRY or (level is not None and above is not None and above >= level):
        message = _(
            "%(place)s cannot lie inside %(parent)s. Choose a larger place as its parent."
        ) % {
            "place": str(PlaceKind(kind).label),
            "parent": str(PlaceKind(parent_kind).label).lower(),
        }
        raise _refusal(message, "place_level")


def _refusal(message: str, code: str) -> ValidationError:
    return ValidationError({"parent": ValidationError(message, code=code)})
