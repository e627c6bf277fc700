"""The page of a tracing request: who asks, who is sought, what was done, who it may be."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from cases.access.gate import can, current_actor
from cases.access.roles import Act
from cases.admin import in_place, links, masking, next_steps, tracing_facts, tracing_forms
from cases.admin.columns import tone_of
from cases.admin.deeds import Button, buttons
from cases.admin.in_place import Opened
from cases.admin.tracing_deeds import OF_CANDIDATE, OF_REQUEST
from cases.models import TracingRequest
from cases.queries import tracing as queries, tracing_file
from cases.queries.individuals import names_of
from cases.queries.names import Match
from cases.queries.tracing_file import MayBe
from cases.vocabulary.tracing import ContactWish, TracingState
from cases.vocabulary.tracing_work import CandidateState

AHEAD = ("enquirer", "enquirer_body", "individual__names", "home_place", "last_known_place",
         "statement", "assigned_to", "duplicate_of", "closed_by")  # fmt: skip
TONES = {
    CandidateState.PROPOSED: "warn",
    CandidateState.CONFIRMED: "good",
    CandidateState.REJECTED: "bad",
}


@dataclass(frozen=True)
class Considered:
    """A case that may be the person, and what may be done about it."""

    one: MayBe
    words: str
    url: str
    tone: str
    steps: tuple[Button, ...]
    is_open: bool


def context_of(
    request: HttpRequest, sought: TracingRequest, opened: Opened | None
) -> dict[str, Any]:
    """Gather what the page of a request shows."""
    sought = TracingRequest.objects.prefetch_related(*AHEAD).get(pk=sought.pk)
    may_keep = tracing_forms.may_keep(sought)
    is_asked = request.GET.get(in_place.ASKED) == tracing_forms.MATCHES
    may_match = may_keep and "sought_names" not in sought.unread_fields()
    return {
        "title": sought.number,
        "original": sought,
        "badges": list(_badges(sought)),
        "asking": list(tracing_facts.of_asking(sought)),
        "facts": list(tracing_facts.of_sought(sought)),
        "assigned_to": masking.value(sought, "assigned_to"),
        "person": masking.value(sought, "individual"),
        "person_names": _names(sought),
        "is_masked": "sought_names" in sought.unread_fields(),
        "is_quiet": masking.value(sought, "contact_wish") in _QUIET,
        "wish": sought.get_contact_wish_display() if _has_wish(sought) else "",
        "actions": tracing_file.actions_of(sought),
        "candidates": [_considered(one, opened) for one in tracing_file.candidates_of(sought)],
        "matches": list(_matches(sought)) if is_asked and may_match else None,
        "may_keep": may_keep,
        "may_work": may_keep and sought.state != TracingState.CLOSED,
        "may_propose": may_match and sought.individual_id is None
        and sought.state != TracingState.CLOSED,
        "deeds": [one for one in buttons(OF_REQUEST[2:], sought) if not one.reason],
        "next": next_steps.of_request(sought) if may_keep else None,
        "opened": opened,
        "opened_on": opened.on if opened else None,
        "media": opened.media if opened else "",
    }  # fmt: skip


_QUIET = (ContactWish.ALIVE_ONLY, ContactWish.NOTHING)


def _has_wish(sought: TracingRequest) -> bool:
    wish = masking.value(sought, "contact_wish", ContactWish.UNKNOWN)
    return bool(wish != ContactWish.UNKNOWN)


def _names(sought: TracingRequest) -> str:
    person = masking.value(sought, "individual")
    return names_of(person) if person else ""


def _badges(sought: TracingRequest) -> Iterator[tuple[str, str, str]]:
    for name, label in (
        ("state", _("State")),
        ("outcome", _("Outcome")),
        ("priority", _("Priority")),
        ("sensitivity", _("Sensitivity")),
    ):
        if masking.value(sought, name):
            words = getattr(sought, f"get_{name}_display")()
            yield label, words, tone_of(getattr(sought, name))


def _considered(one: MayBe, opened: Opened | None) -> Considered:
    person = one.person
    return Considered(
        one=one,
        words=f"{person} {one.names}".strip() if person else _("outside your access"),
        url=links.url_of(person) if person else "",
        tone=TONES.get(CandidateState(one.row.state), "plain"),
        steps=tuple(_steps(one)),
        is_open=opened is not None and opened.on == one.row.pk,
    )


def _steps(one: MayBe) -> Iterator[Button]:
    """Offer what may be decided; of what is decided, only to take it back."""
    for deed, button in zip(OF_CANDIDATE, _offered(one), strict=True):
        if button is not None:
            url = links.with_form(one.row.request, deed.name, candidate=one.row.pk)
            yield Button(button.label, "" if button.reason else url, button.reason)


def _offered(one: MayBe) -> list[Button | None]:
    is_waiting = one.row.state == CandidateState.PROPOSED
    is_over = one.row.state == CandidateState.WITHDRAWN
    shown = {"confirm": is_waiting, "reject": is_waiting, "take-back": not is_over}
    may = can(current_actor(), Act.KEEP_TRACING)
    return [
        next(iter(buttons((_for_all(deed),), one.row)), None) if may and shown[deed.name] else None
        for deed in OF_CANDIDATE
    ]


def _for_all(deed: Any) -> Any:
    """Show a deed to all who work on requests: a closed button says who may."""
    return deed.__class__(**{**vars(deed), "act": Act.KEEP_TRACING})


def _matches(sought: TracingRequest) -> Iterator[tuple[Match, str, str]]:
    for match in queries.matches(sought):
        propose = links.with_form(sought, "propose", individual=match.person.pk)
        yield match, links.url_of(match.person), propose
