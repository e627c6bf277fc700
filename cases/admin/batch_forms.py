"""The forms of a batch's page: bind and unbind, credit a body, add a headcount or a slot."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from cases.access.gate import can, current_actor
from cases.access.roles import Act
from cases.admin import in_place, links
from cases.admin.in_place import Opened
from cases.filters import values
from cases.models import BatchSlot, Mediation, RepatriationBatch, ReportedCount

ON_SLOT = ("bind", "unbind")


def opened(request: HttpRequest, batch: RepatriationBatch) -> Opened | None:
    """Open the form that the address asks for, if any.

    :raises Http404: for a form there is none of, or a slot that is not in the batch.
    :raises PermissionDenied: for who may not use it.
    """
    name = request.GET.get(in_place.ASKED, "")
    if not name:
        return None
    if name in ON_SLOT:
        return in_place.deed(request, _slot(request, batch), name)
    if name not in _FORMS:
        raise Http404
    if not may_keep(batch):
        raise PermissionDenied
    return _FORMS[name](request, batch)


def may_keep(batch: RepatriationBatch) -> bool:
    """Say whether whoever acts keeps this batch."""
    actor = current_actor()
    return batch.organisation_id == actor.organisation_id and can(actor, Act.KEEP_BATCHES)


def after(batch: RepatriationBatch, done: Opened) -> str:
    """Say where on the page to go once something is done."""
    page = links.url_of(batch)
    return f"{page}#slot-{done.on}" if done.name in ON_SLOT else f"{page}#{done.name}"


def _slot(request: HttpRequest, batch: RepatriationBatch) -> BatchSlot:
    try:
        key = values.key(request.GET.get("slot", ""))
    except ValidationError:
        raise Http404 from None
    slot: BatchSlot | None = batch.slots.filter(pk=key).first()
    if slot is None:
        raise Http404
    return slot


def _mediation(request: HttpRequest, batch: RepatriationBatch) -> Opened:
    return in_place.addition(
        request,
        Mediation,
        name="mediation",
        title=_("Credit a body"),
        intro=_("A part in the return, on somebody's word: choose the statement that says so."),
        given={"batch": batch.pk, "is_published": batch.is_published},
        hidden=("batch", "negotiation"),
    )


def _headcount(request: HttpRequest, batch: RepatriationBatch) -> Opened:
    return in_place.addition(
        request,
        ReportedCount,
        name="headcount",
        title=_("Add a headcount"),
        intro=_("Low and high follow from the qualifier."),
        given={"batch": batch.pk, "is_published": batch.is_published},
        hidden=("batch", "low", "high"),
    )


def _add_slot(request: HttpRequest, batch: RepatriationBatch) -> Opened:
    return in_place.addition(
        request,
        BatchSlot,
        name="slots",
        title=_("Add a slot"),
        intro=_("Without a number it takes the next one."),
        given={"batch": batch.pk},
        hidden=("batch",),
    )


_FORMS: dict[str, Callable[[HttpRequest, RepatriationBatch], Opened]] = {
    "mediation": _mediation,
    "headcount": _headcount,
    "slots": _add_slot,
}
