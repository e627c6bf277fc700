"""Two cases of one person become one: what the kept case takes over, and what stands against it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from cases.rules.status import FINAL
from cases.vocabulary.individuals import (
    CaseSensitivity,
    Certainty,
    FamilyTie,
    Identification,
    Priority,
    Sex,
)
from cases.vocabulary.status import ReturnStatus, WorkStatus

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

HIGHER: Mapping[str, tuple[str, ...]] = {
    "sensitivity": (CaseSensitivity.STANDARD, CaseSensitivity.RESTRICTED),
    "priority": (Priority.ROUTINE, Priority.HIGH, Priority.URGENT),
    "identification": (
        Identification.DESCRIBED,
        Identification.PARTLY_NAMED,
        Identification.NAMED,
    ),
}
"""Columns of which the higher of two terms stands, in ascending order."""
JOINED = "do_not_share_with"
"""The column of which both texts stand: whoever must not learn of one must not of the other."""
FILLED: tuple[tuple[str, ...], ...] = (
    ("sex",),
    ("birth_edtf", "birth_as_stated"),
    ("age_as_stated", "age_as_of_edtf", "age_as_of_as_stated"),
    ("home_place_id",),
    ("last_known_place_id",),
    ("separation_edtf", "separation_as_stated"),
    ("circumstances",),
    ("assigned_to_id",),
)
"""Columns that the kept case takes over where it has nothing; those that belong together, whole."""
COLUMNS = (*HIGHER, JOINED, *(name for group in FILLED for name in group))
MOST_NAMED = 5
_NOTHING = (None, "", Sex.UNKNOWN)
_ELDERS = frozenset({FamilyTie.MOTHER, FamilyTie.FATHER, FamilyTie.PARENT, FamilyTie.GRANDPARENT})
_DESCENDANTS = frozenset({FamilyTie.CHILD, FamilyTie.GRANDCHILD})


def settled(kept: Mapping[str, Any], duplicate: Mapping[str, Any]) -> dict[str, Any]:
    """Give what changes in the kept case: what stands, of the columns given of it."""
    found = {name: _higher(name, kept[name], duplicate[name]) for name in HIGHER if name in kept}
    if JOINED in kept:
        found[JOINED] = _joined(kept[JOINED], duplicate[JOINED])
    for group in FILLED:
        told = group[0]
        if told in kept and kept[told] in _NOTHING and duplicate[told] not in _NOTHING:
            found |= {name: duplicate[name] for name in group if name in kept}
    return {name: value for name, value in found.items() if value != kept[name]}


def _higher(name: str, one: str, other: str) -> str:
    order = HIGHER[name]
    known = [term for term in (one, other) if term in order]
    return max(known, key=order.index) if len(known) > 1 else one


def _joined(one: str, other: str) -> str:
    if other in one:
        return one
    return f"{one}\n{other}" if one else other


KEPT_FROM = gettext_lazy(
    "One of the two is shared with somebody who must not learn of the other. "
    "End that sharing first."
)
DECIDED = gettext_lazy(
    "It was decided that the two are different people. If that was wrong, decide anew first."
)
SHARED = gettext_lazy(
    "One of the two is shared with another organisation, and a merge would share more with it. "
    "Let somebody merge them who may share cases, or end the sharing first."
)


def check_two(kept: UUID, duplicate: UUID) -> None:
    """Refuse to merge a case into itself.

    :raises ValidationError: always then.
    """
    if kept == duplicate:
        raise refused(_("A case is not merged into itself. Choose another one."), "same_case")


def check_chain(
    *, is_kept_merged: bool, is_duplicate_merged: bool, has_duplicate_others: bool
) -> None:
    """Refuse chains and circles: a case is merged once, and into one that goes on.

    :raises ValidationError: saying what to do instead.
    """
    if is_kept_merged:
        message = _("The case to be kept was merged into another one itself. Merge into that one.")
        raise refused(message, "kept_is_merged")
    if is_duplicate_merged:
        message = _("This case is merged into another one already. Undo that merge first.")
        raise refused(message, "merged_already")
    if has_duplicate_others:
        message = _(
            "Other cases were merged into this one. Merge the other way round, "
            "or undo those merges first."
        )
        raise refused(message, "has_merges")


def check_cases(kept: Mapping[str, Any], duplicate: Mapping[str, Any]) -> None:
    """Refuse cases that are at an end, or in the middle of what a merge would decide in passing.

    :raises ValidationError: saying what to settle first.
    """
    if kept["return_status"] == ReturnStatus.DUPLICATE:
        message = _(
            "The case to be kept is a duplicate itself. Choose the one it is a duplicate of."
        )
        raise refused(message, "kept_is_duplicate")
    if duplicate["return_status"] in FINAL:
        label = ReturnStatus(duplicate["return_status"]).label
        message = _(
            "The duplicate is “%(status)s”, which is final. Merge the other way round, or "
            "correct that status first."
        ) % {"status": label}
        raise refused(message, "final")
    if WorkStatus.PENDING_CLOSURE in (kept["work_status"], duplicate["work_status"]):
        message = _(
            "The closure of one of the two waits for a second person. Let them decide first."
        )
        raise refused(message, "pending_closure")
    if Identification.ANONYMOUS in (kept["identification"], duplicate["identification"]) and (
        kept["identification"] != duplicate["identification"]
    ):
        message = _(
            "One of the two is deliberately kept without a name, and the other would give it one. "
            "Change the identification first, if the person may be named."
        )
        raise refused(message, "anonymous")


def check_waiting(waiting: Iterable[str]) -> None:
    """Refuse two cases of which something waits for a decision.

    :raises ValidationError: naming what.
    """
    if named := list(waiting):
        message = _(
            "Something of one of the two waits for a decision: %(waiting)s. Let it be "
            "decided first."
        ) % {"waiting": ", ".join(named)}
        raise refused(message, "waiting")


def check_withdrawn(
    withdrawn: Iterable[tuple[Any, str, datetime]], allowed: Iterable[tuple[Any, str, datetime]]
) -> None:
    """Refuse where a consent was withdrawn in one case after the other's was recorded.

    Each is of a case, for a purpose, at a moment.

    :raises ValidationError: saying what to settle.
    """
    standing = list(allowed)
    for whose, purpose, ended_at in withdrawn:
        if any(
            other != whose and use == purpose and since < ended_at for other, use, since in standing
        ):
            message = _(
                "What the person withdrew in one of the two, the other still allows. "
                "Ask them, and record the withdrawal there too."
            )
            raise refused(message, "withdrawn")


def check_family(
    between: Iterable[str],
    kept: Iterable[tuple[Any, str]],
    duplicate: Iterable[tuple[Any, str]],
) -> None:
    """Refuse two cases whose ties say that they are two people.

    ``between`` are the certainties of the ties between the two; ``kept`` and ``duplicate`` each
    case's other relatives, with what they are to it.

    :raises ValidationError: saying which tie to look at.
    """
    if Certainty.CONFIRMED in between:
        message = _(
            "A confirmed family tie says that the two are two people. "
            "If the tie is wrong, make it less certain first."
        )
        raise refused(message, "relatives")
    sides = [list(kept), list(duplicate)]
    elders = [{who for who, tie in ties if tie in _ELDERS} for ties in sides]
    younger = [{who for who, tie in ties if tie in _DESCENDANTS} for ties in sides]
    if elders[0] & younger[1] or elders[1] & younger[0]:
        message = _(
            "Somebody is a parent or grandparent of one of the two and a child or grandchild of "
            "the other. Mend the tie that is wrong first."
        )
        raise refused(message, "opposed_ties")


def check_places(*, is_in_two_movements: bool, shared_batches: Iterable[str]) -> None:
    """Refuse a person with two places in one batch, or in two movements that are not over.

    :raises ValidationError: naming the batch, where it is over.
    """
    if is_in_two_movements:
        message = _(
            "Both are in a batch that is not over. "
            "Take one of them off it first, or wait until it is over."
        )
        raise refused(message, "two_movements")
    if codes := ", ".join(sorted(shared_batches)):
        message = _(
            "Both have a place in the batch %(batches)s, which counts them as two people. "
            "Unbind one of the two there first."
        ) % {"batches": codes}
        raise refused(message, "one_batch")


def reason_of(text: str) -> str:
    """Give a reason as it is kept.

    :raises ValidationError: where there is none.
    """
    if not text.strip():
        message = _("Say why: whoever comes after you must be able to judge it.")
        raise ValidationError({"reason": ValidationError(message, code="no_reason")})
    return text


def check_unchanged(changed: Sequence[str]) -> None:
    """Refuse to undo over later changes.

    :raises ValidationError: naming the first few.
    """
    if changed:
        named, more = ", ".join(changed[:MOST_NAMED]), len(changed) - MOST_NAMED
        if more > 0:
            named = ngettext(
                "%(named)s and %(count)s more", "%(named)s and %(count)s more", more
            ) % {
                "named": named,
                "count": more,
            }
        message = _(
            "Changed since the merge: %(changed)s. Put that back as it was, then undo the merge."
        ) % {"changed": named}
        raise ValidationError(message, code="changed_since")


def refused(message: "StrOrPromise", code: str) -> ValidationError:
    """Make a sentence that faces show beside the choice of the duplicate."""
    return ValidationError({"duplicate": ValidationError(message, code=code)})
