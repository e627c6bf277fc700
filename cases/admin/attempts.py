"""What the admin refuses, for the trail."""

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import Http404, HttpRequest

from cases.access.doors import guarded
from cases.access.gate import current_actor
from cases.access.scope import Kind
from cases.actions import recording, refusals
from cases.filters import values
from cases.models.gate import Gated, reads_masked
from cases.vocabulary.audit import Refusal

View = Callable[..., Any]
ENTER = "open the admin"


@dataclass(frozen=True)
class Attempt:
    """Something refused, before it is written."""

    reason: Refusal
    fields: tuple[str, ...] = ()


_pending: ContextVar[list[Attempt] | None] = ContextVar("pending", default=None)


def remember(reason: Refusal, fields: Iterable[str] = ()) -> None:
    """Keep a refusal that a form shows until its view, and any transaction of it, has ended."""
    pending = _pending.get()
    if pending is not None:
        pending.append(Attempt(reason, tuple(fields)))


def watched(inner: View, view: View, is_let_in: Callable[[HttpRequest], bool]) -> View:
    """Wrap a view of the site: what it refuses is in the trail before the answer leaves."""

    @wraps(inner)
    def watching(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        found: list[Attempt] = []
        token = _pending.set(found)
        try:
            if request.user.is_authenticated and not is_let_in(request):
                found.append(Attempt(Refusal.NOT_STAFF))
            return inner(request, *args, **kwargs)
        except (PermissionDenied, Http404, DisallowedModelAdminLookup) as refusal:
            found += _of(refusal, request, getattr(view, "__self__", None))
            raise
        finally:
            _pending.reset(token)
            _write(found, request, getattr(view, "__self__", None), kwargs)

    return guarded(watching)


def _of(refusal: Exception, request: HttpRequest, owner: Any) -> list[Attempt]:
    model: type[models.Model] | None = getattr(owner, "model", None)
    if isinstance(refusal, PermissionDenied):
        return [Attempt(Refusal.NOT_ALLOWED)]
    if isinstance(refusal, Http404):
        is_scoped = issubclass(model, Gated) and model.SCOPE.kind is not Kind.SHARED if model else 0
        return [Attempt(Refusal.NOT_FOUND)] if is_scoped else []
    if model and any(reads_masked(model, name) for name in request.GET):
        return [Attempt(Refusal.MASKED)]
    return [Attempt(Refusal.LOOK_UP)]


def _write(
    found: Iterable[Attempt], request: HttpRequest, owner: Any, kwargs: dict[str, Any]
) -> None:
    model: type[models.Model] | None = getattr(owner, "model", None)
    declared = "keep_act" if request.method == "POST" else "read_act"
    act = str(getattr(owner, declared, None) or getattr(owner, "read_act", ENTER))
    for attempt in dict.fromkeys(found):
        refusals.note(
            by=current_actor(),
            act=ENTER if attempt.reason is Refusal.NOT_STAFF else act,
            reason=attempt.reason,
            model=recording.model_name(model) if model else "",
            target_id=_target(kwargs),
            fields=attempt.fields,
        )


def _target(kwargs: dict[str, Any]) -> UUID | None:
    try:
        return values.key(str(kwargs.get("pk") or kwargs.get("object_id", "")))
    except ValidationError:
        return None
