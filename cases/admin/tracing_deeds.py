"""The acts on a tracing request, and on who it may be: what each asks, and why it is closed."""

from functools import partial
from typing import Any

from django.utils.translation import gettext as _, gettext_lazy

from cases.access.gate import current_actor
from cases.access.roles import Act
from cases.actions import (
    guards,
    recording,
    tracing,
    tracing_candidates,
    tracing_guards,
    tracing_steps,
)
from cases.admin.deeds import Deed
from cases.admin.tracing_asked import CloseForm, ConfirmForm, ForgetForm, MoveForm, ReasonForm
from cases.models import TracingRequest
from cases.vocabulary.tracing import TracingState

_SAID: dict[str, Any] = {
    "move": gettext_lazy("Move it on"),
    "move intro": gettext_lazy("What goes back is kept with what was done, with your reason."),
    "close": gettext_lazy("Close the request"),
    "close intro": gettext_lazy(
        "Cases that still wait for a decision are taken back. Whoever asks is told only what the "
        "person found agrees to."
    ),
    "forget": gettext_lazy("Anonymise the request"),
    "forget intro": gettext_lazy(
        "Who asked, who was sought and what was done is forgotten for good; a contact that is "
        "kept for this request alone goes with it. The number, the dates and how it ended stay."
    ),
    "confirm": gettext_lazy("It is the person"),
    "confirm intro": gettext_lazy(
        "You say so as a second person; the request leads to the case from now on. A wrong match "
        "tells a family of somebody else, and a stranger where somebody is."
    ),
    "reject": gettext_lazy("It is somebody else"),
    "reject intro": gettext_lazy("The case is not offered for this request again."),
    "take back": gettext_lazy("Take back"),
    "take back intro": gettext_lazy(
        "Nothing is said of this case any more; it may be proposed again."
    ),
}


def _close(request: TracingRequest, *, duplicate_number: str = "", **given: Any) -> TracingRequest:
    """Close a request; another one is named by its number.

    :raises ValidationError: where there is none of that number.
    """
    other = None
    if number := duplicate_number.strip():
        other = TracingRequest.objects.filter(
            organisation=request.organisation_id, number=number
        ).first()
        if other is None:
            message = _("There is no request of this number that you may see.")
            raise recording.refusal("duplicate_number", message, "not_found")
    return tracing_steps.move(request, to_state=TracingState.CLOSED, duplicate_of=other, **given)


def not_closed(request: Any) -> str:
    """Say why a request is not closed now."""
    ask = partial(tracing_guards.of_move, request, by=current_actor(), to_state=TracingState.CLOSED)
    return guards.sentence_of(ask)


def not_forgotten(request: Any) -> str:
    """Say why whoever is signed in does not anonymise a request."""
    return guards.sentence_of(partial(tracing_guards.of_forgetting, request, by=current_actor()))


def _asked_of(guard: Any) -> Any:
    """Let a guard of the act say why its button is closed."""
    return lambda row: guards.sentence_of(partial(guard, row, by=current_actor()))


OF_REQUEST = (
    Deed(
        name="move",
        label=_SAID["move"],
        intro=_SAID["move intro"],
        act=Act.KEEP_TRACING,
        do=tracing_steps.move,
        form=MoveForm,
    ),
    Deed(
        name="close",
        label=_SAID["close"],
        intro=_SAID["close intro"],
        act=Act.KEEP_TRACING,
        do=_close,
        form=CloseForm,
        closed=not_closed,
    ),
    Deed(
        name="forget",
        label=_SAID["forget"],
        intro=_SAID["forget intro"],
        act=Act.KEEP_RETENTION,
        do=tracing.forget,
        form=ForgetForm,
        closed=not_forgotten,
    ),
)
OF_CANDIDATE = (
    Deed(
        name="confirm",
        label=_SAID["confirm"],
        intro=_SAID["confirm intro"],
        act=Act.CONFIRM_TRACING,
        do=tracing_candidates.confirm,
        form=ConfirmForm,
        closed=_asked_of(tracing_guards.of_confirmation),
    ),
    Deed(
        name="reject",
        label=_SAID["reject"],
        intro=_SAID["reject intro"],
        act=Act.KEEP_TRACING,
        do=tracing_candidates.reject,
        form=ReasonForm,
        closed=_asked_of(tracing_guards.of_rejection),
    ),
    Deed(
        name="take-back",
        label=_SAID["take back"],
        intro=_SAID["take back intro"],
        act=Act.KEEP_TRACING,
        do=tracing_candidates.take_back,
        form=ReasonForm,
        closed=_asked_of(tracing_guards.of_taking_back),
    ),
)
