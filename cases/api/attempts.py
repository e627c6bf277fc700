"""What the API refuses, for the trail."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from cases.access.gate import current_actor
from cases.access.scope import Kind
from cases.actions import recording, refusals
from cases.filters import values
from cases.models.gate import Gated
from cases.vocabulary.audit import Refusal

_OF_FIELDS = {
    "masked": Refusal.MASKED,
    "not_found": Refusal.NOT_FOUND,
    **dict.fromkeys(refusals.OWN_APPROVAL, Refusal.SECOND_PERSON),
}


def note(status: int, faults: Sequence[Mapping[str, str]], context: Mapping[str, Any]) -> None:
    """Write a refusal into the trail if it tells of a want of permission, or of a probe."""
    view = context.get("view")
    model: type[Gated] | None = getattr(view, "model", None)
    reason = _reason(status, faults, model)
    if view is None or reason is None:
        return
    refusals.note(
        by=current_actor(),
        act=_act(view, context["request"].method),
        reason=reason,
        model=recording.model_name(model) if model else "",
        target_id=_target(view.kwargs.get("pk", "")),
        fields=[fault["field"] for fault in faults if fault["code"] in _OF_FIELDS],
    )


def _act(view: Any, method: str) -> str:
    act_of = getattr(view, "act_of", None)
    return (act_of(method) if act_of else None) or "use the API"


def _reason(
    status: int, faults: Sequence[Mapping[str, str]], model: type[Gated] | None
) -> Refusal | None:
    if status == 403:  # noqa: PLR2004 - everybody knows them by number
        return Refusal.NOT_ALLOWED
    if status == 404:  # noqa: PLR2004
        is_scoped = model is not None and model.SCOPE.kind is not Kind.SHARED
        return Refusal.NOT_FOUND if is_scoped else None
    found = [_OF_FIELDS[fault["code"]] for fault in faults if fault["code"] in _OF_FIELDS]
    return found[0] if found else None


def _target(asked: str) -> UUID | None:
    try:
        return values.key(asked)
    except ValidationError:
        return None
