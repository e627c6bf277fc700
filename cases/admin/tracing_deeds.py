"""The acts on a tracing request, and on who it may be: what each asks, and why it is closed."""

from collections.abc import Callable
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


def _closed_by(guard: Callable[..., None], **asked: Any) -> Callable[[Any], str]:
    """Let a guard of the act say why its button is closed."""
    return lambda row: guards.sentence_of(partial(guard, row, by=current_actor(), **asked))


OF_REQUEST = (
    Deed(
        name="move",
        label=gettext_lazy("Move it on"),
        intro=gettext_lazy("What goes back is kept with what was done, with your reason."),
        act=Act.KEEP_TRACING,
        do=tracing_steps.move,
        form=MoveForm,
    ),
    Deed(
        name="close",
        label=gettext_lazy("Close the request"),
        intro=gettext_lazy(
            "Cases that still wait for a decision are taken back. Whoever asks is told only what "
            "the person found agrees to."
        ),
        act=Act.KEEP_TRACING,
        do=_close,
        form=CloseForm,
        closed=_closed_by(tracing_guards.of_move, to_state=TracingState.CLOSED),
    ),
    Deed(
        name="forget",
        label=gettext_lazy("Anonymise the request"),
        intro=gettext_lazy(
            "Who asked, who was sought and what was done is forgotten for good; a contact that is "
            "kept for this request alone goes with it. The number, the dates and how it ended stay."
        ),
        act=Act.KEEP_RETENTION,
        do=tracing.forget,
        form=ForgetForm,
        closed=_closed_by(tracing_guards.of_forgetting),
    ),
)
OF_CANDIDATE = (
    Deed(
        name="confirm",
        label=gettext_lazy("It is the person"),
        intro=gettext_lazy(
            "You say so as a second person; the request leads to the case from now on. A wrong "
            "match tells a family of somebody else, and a stranger where somebody is."
        ),
        act=Act.CONFIRM_TRACING,
        do=tracing_candidates.confirm,
        form=ConfirmForm,
        closed=_closed_by(tracing_guards.of_confirmation),
    ),
    Deed(
        name="reject",
        label=gettext_lazy("It is somebody else"),
        intro=gettext_lazy("The case is not offered for this request again."),
        act=Act.KEEP_TRACING,
        do=tracing_candidates.reject,
        form=ReasonForm,
        closed=_closed_by(tracing_guards.of_rejection),
    ),
    Deed(
        name="take-back",
        label=gettext_lazy("Take back"),
        intro=gettext_lazy("Nothing is said of this case any more; it may be proposed again."),
        act=Act.KEEP_TRACING,
        do=tracing_candidates.take_back,
        form=ReasonForm,
        closed=_closed_by(tracing_guards.of_taking_back),
    ),
)
