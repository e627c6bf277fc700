"""The page of a person: where they are, what happened, and what is to be done."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from cases import clock
from cases.access.gate import can, current_actor
from cases.access.roles import Act
from cases.actions import guards
from cases.admin import links, masking, next_steps
from cases.admin.columns import tone_of
from cases.models import (
    Anonymisation,
    Assistance,
    Consent,
    Exclusion,
    FamilyLink,
    Grant,
    Individual,
    IndividualName,
    LegalHold,
    Note,
    Referral,
    Task,
    TracingRequest,
)
from cases.queries import case_file, case_rights, case_trail, duplicates, looked_for, merges
from cases.queries.consents import may_list_disclosures
from cases.rules.dates import in_words
from cases.rules.status import TERMS
from cases.vocabulary.status import Axis, ProposalState

_WRITTEN = (
    ("home_place", pgettext_lazy("place", "Home")),
    ("last_known_place", gettext_lazy("Last known")),
    ("circumstances", gettext_lazy("Circumstances")),
    ("do_not_share_with", gettext_lazy("Not to share with")),
)
_DATED = (("birth", gettext_lazy("Born")), ("separation", gettext_lazy("Separated")))


@dataclass(frozen=True)
class Waiting:
    """A step that waits for a second person."""

    words: str
    detail: str
    url: str
    reason: str
    """Why whoever looks does not decide it."""


def context_of(person: Individual) -> dict[str, Any]:
    """Gather what the page of a person shows."""
    file = case_file.of(person)
    is_own = person.organisation_id == current_actor().organisation_id
    merged_into = merges.into(person)
    is_open = is_own and merged_into is None and person.anonymised_at is None
    may_step = is_open and can(current_actor(), Act.RECORD_STATUS)
    return {
        "title": f"{person} {file.full_name}".strip(),
        "original": person,
        "file": file,
        "today": clock.today(),
        "overdue": [task for task in file.tasks if task.is_overdue(clock.today())],
        "badges": list(_badges(person)),
        "facts": list(facts(person)),
        "assigned_to": masking.value(person, "assigned_to"),
        "next": next_steps.of_case(person) if may_step else [],
        "may_step": may_step,
        "waiting": list(_waiting(person)),
        "names_masked": masking.value(person, "sex") is None,
        "is_shared": not is_own,
        "rights": case_rights.of(person),
        "may_list_disclosures": is_own and may_list_disclosures(),
        "trail": case_trail.of(person),
        "keeps_trail": case_trail.may_read(person),
        "merged_into": merged_into,
        "merges": [row for row in merges.of(person) if row.undone_at is None],
        "looked_for": looked_for.looked_for(person) if is_own else (),
        "alike": _alike(person) if is_own else [],
        **_links(person, is_own=is_open),
    }


def _links(person: Individual, *, is_own: bool) -> dict[str, Any]:
    actor, is_own = current_actor(), is_own and person.anonymised_at is None
    offered = {
        "add_name": (IndividualName, Act.KEEP_CASES),
        "add_tie": (FamilyLink, Act.KEEP_CASES),
        "add_help": (Assistance, Act.KEEP_ASSISTANCE),
        "add_task": (Task, Act.KEEP_TASKS),
        "add_note": (Note, Act.KEEP_TASKS),
        "add_share": (Grant, Act.SHARE_CASES),
        "add_consent": (Consent, Act.KEEP_CASES),
        "add_exclusion": (Exclusion, Act.KEEP_CASES),
        "add_referral": (Referral, Act.REFER_CASES),
        "add_search": (TracingRequest, Act.KEEP_TRACING),
        "add_hold": (LegalHold, Act.KEEP_RETENTION),
        "add_anonymisation": (Anonymisation, Act.KEEP_CASES),
    }
    return {
        name: links.add_to(model, individual=person.pk) if is_own and can(actor, act) else None
        for name, (model, act) in offered.items()
    } | {
        "may_keep": is_own and can(actor, Act.KEEP_CASES),
        "add_file": links.deed_of(person, "attach")
        if is_own and can(actor, Act.KEEP_CASES)
        else None,
        "add_merge": links.deed_of(person, "merge")
        if is_own and can(actor, Act.MERGE_CASES)
        else None,
    }


def _alike(person: Individual) -> list[tuple[Individual, str]]:
    """List the cases like this one, each with the page that holds the two side by side."""
    if not can(current_actor(), Act.MERGE_CASES):
        return []
    return [(one, links.pair_of(person.pk, one.pk)) for one in duplicates.waiting_with(person)]


def _badges(person: Individual) -> Iterable[tuple[str, str, str]]:
    for name, label in (
        ("return_status", _("Return")),
        ("work_status", _("Work")),
        ("priority", _("Priority")),
        ("sensitivity", _("Sensitivity")),
    ):
        if name not in person.unread_fields():
            words = getattr(person, f"get_{name}_display")()
            yield label, words, tone_of(getattr(person, name))


def facts(person: Individual) -> Iterable[tuple[str, str]]:
    """Yield what is known of a person and may be read, each with its label."""
    for name, label in (("identification", _("Identification")), ("sex", _("Sex"))):
        if name not in person.unread_fields():
            yield label, getattr(person, f"get_{name}_display")()
    age = masking.value(person, "age_as_stated")
    if age is not None:
        day = in_words(person.age_as_of_edtf)
        yield _("Age"), _("%(age)s as of %(day)s") % {"age": age, "day": day}
    for name, heading in _DATED:
        written = masking.value(person, f"{name}_edtf", "")
        if written:
            yield str(heading), in_words(written)
    for name, heading in _WRITTEN:
        words = str(masking.value(person, name) or "")
        if words:
            yield str(heading), words


def _waiting(person: Individual) -> Iterable[Waiting]:
    rows = person.proposals.filter(state=ProposalState.PENDING).prefetch_related("recorded_by")
    for row in rows.order_by("recorded_at", "pk"):
        if "to_status" in row.unread_fields():
            continue
        yield Waiting(
            words=str(TERMS[Axis(row.axis)](row.to_status).label),
            detail=_proposed_by(masking.value(row, "recorded_by")),
            url=links.url_of(row),
            reason=guards.sentence_of(partial(guards.of_decision, row, by=current_actor())),
        )


def _proposed_by(user: Any) -> str:
    return _("proposed by %(name)s") % {"name": user} if user else _("proposed by the system")
