"""Each action leaves an entry for every row that it changed, by whoever acted."""

from collections.abc import Callable
from datetime import date
from inspect import signature
from typing import Any, get_type_hints

import pytest
from django.db import models
from knox.models import AuthToken

from cases.access.gate import Actor, acting_as
from cases.access.roles import Act
from cases.actions import (
    counts,
    discrepancies,
    merges,
    organisations,
    recording,
)
from cases.api.urls import RESOURCES
from cases.models import AuditEntry, Individual, ReportedCount, StatusProposal, User
from cases.models.base import Versioned
from cases.models.held import held
from cases.queries.audit import rows, verify
from cases.queries.reminders import Due
from cases.vocabulary.audit import Outcome
from cases.vocabulary.casework import Reminder
from cases.vocabulary.organisations import Role
from tests import factories
from tests.actions.test_every_action_asks_first import ACTIONS
from tests.api.collections import CHANGES

pytestmark = pytest.mark.django_db
STRONG = "corridor lantern 4417 quietly"
OF_MODEL = {RESOURCES[name].model: changes for name, changes in CHANGES.items()}
ADMINISTRATION = {"organisations", "tokens"}
FURTHER: dict[str, dict[str, Any]] = {
    "amend_user": {"name": "Another"},
    "set_password": {"password": STRONG},
    "add_user": {"password": STRONG, "email": "new@example.org", "role": Role.CASEWORKER},
    "enrol": {"key": "third", "name": "Third"},
    "retract": {"reason": "Withdrawn."},
    "supersede": {"stated_text": "Read again"},
    "move": {"to_status": "agreed"},
    "casework.postpone": {"due_on": date(2999, 1, 1), "reason": "The shelter is closed."},
    "report_texts.move": {"to_state": "in_hand"},
    "report_texts.replace": {"text": "Other words.", "reason": "The wrong page."},
    "consents.withdraw": {"withdrawn_by": "person", "reason": "Changed their mind."},
    "consents.lift": {"reason": "No longer feared."},
    "lift_hold": {"reason": "The proceedings ended."},
    "amend_period": {"days": 400},
    "referrals.withdraw": {"reason": "Done otherwise."},
    "tracing_steps.move": {"to_state": "closed", "outcome": "withdrawn", "reason": "They met."},
    "tracing_candidates.reject": {"reason": "Another year of birth."},
    "tracing_candidates.take_back": {"reason": "A slip."},
    "status.record": {"to_status": "unaccounted_for", "observation": "Seen by staff."},
}
"""What the arguments are where neither a factory nor the API's changes say."""
GIVEN_LATER = {"state", "superseded_at", "retracted_at", "approved_at"}
Call = Callable[[Actor], Any]


def prepared(name: str, function: Any) -> Call:
    """Make what the action needs; give the call that is then looked at."""
    short = name.split(".")[1]
    special = SPECIAL.get(name) or SPECIAL.get(short)
    if special:
        return special(function)
    given = FURTHER.get(name) or FURTHER.get(short)
    first = next(iter(signature(function).parameters.values()))
    hints = get_type_hints(function)
    if first.name == "by":
        fields = given or fields_of(function, hints["return"])
        return lambda by: function(by=by, **fields)
    row = factory_of(hints[first.name])()
    changes = given or (OF_MODEL[hints[first.name]] if "changes" in hints else {})
    versions = {"version": 1} if "version" in hints else {}
    return lambda by: function(row, by=by, **versions, **changes)


def factory_of(model: type) -> Any:
    return getattr(factories, f"{model.__name__}Factory")


def fields_of(function: Any, model: Any) -> dict[str, Any]:
    """Give the fields of a row such as the factory makes, and take the row away again."""
    row = factory_of(model)()
    type(row)._base_manager.filter(pk=row.pk).delete()
    columns = [f for f in row._meta.concrete_fields if f.editable and not f.primary_key]
    return {f.name: getattr(row, f.name) for f in columns if f.name not in GIVEN_LATER}


def _bound(function: Any) -> Call:
    slot = factories.BatchSlotFactory()
    person = factories.IndividualFactory()
    return lambda by: function(slot, by=by, version=1, individual=person)


def _unbound(function: Any) -> Call:
    slot = factories.BatchSlotFactory(individual=factories.IndividualFactory())
    return lambda by: function(slot, by=by, version=1)


def _speaker(function: Any) -> Call:
    speaker, body = factories.SpeakerFactory(), factories.BodyFactory()
    return lambda by: function(speaker, by=by, version=1, official=None, body=body)


def _status(function: Any) -> Call:
    person = factories.IndividualFactory()
    return lambda by: function(by=by, individual=person, **FURTHER["status.record"])


def _of_proposal(function: Any) -> Call:
    proposal = factories.StatusProposalFactory()
    return lambda by: function(proposal, by=by, version=1, reason="As agreed.")


def _withdrawn_proposal(function: Any) -> Call:
    proposal = factories.StatusProposalFactory()

    def call(by: Actor) -> None:
        StatusProposal.objects.filter(pk=proposal.pk).update(recorded_by=by.user_id)
        function(proposal, by=by, version=1)

    return call


def _closure(function: Any) -> Call:
    person = factories.IndividualFactory(work_status="pending_closure")
    event = factories.StatusEventFactory(
        individual=person, axis="work", from_status="open", to_status="pending_closure"
    )
    return lambda by: function(event, by=by)


def _issued(function: Any) -> Call:
    user = factories.UserFactory(role=Role.PARTNER)
    return lambda by: function(by=by, user=user)


def _revoked(function: Any) -> Call:
    token, _ = AuthToken.objects.create(factories.UserFactory(role=Role.PARTNER))
    return lambda by: function(token, by=by)


def _contradiction(function: Any) -> Call:
    sides = [factories.StatementFactory() for _ in range(2)]
    members = [{"statement": side, "version_text": side.code} for side in sides]
    return lambda by: function(by=by, members=members, title="Two accounts", kind="value")


def _two_counts(function: Any) -> Call:
    one, other = factories.ReportedCountFactory(), factories.ReportedCountFactory()
    return lambda by: function(one, other, by=by)


def _ended(function: Any) -> Call:
    one, other = factories.ReportedCountFactory(), factories.ReportedCountFactory()

    def call(by: Actor) -> None:
        discrepancies.open_for(one, other, by=by)
        function(one, by=by, why="A side was withdrawn.")

    return call


def _shared(function: Any) -> Call:
    grant = factories.GrantFactory()
    return lambda by: function(grant, by=by, version=1, reason="Done.")


def _withdrawn(function: Any) -> Call:
    file = factories.AttachmentFactory()
    return lambda by: function(file, by=by, version=1, reason="Misfiled.")


def _reassigned(function: Any) -> Call:
    task, colleague = factories.TaskFactory(), factories.UserFactory()
    return lambda by: function(task, by=by, version=1, assigned_to=colleague)


def _reminded(function: Any) -> Call:
    person = factories.IndividualFactory()
    due = Due(Reminder.NO_CONTACT, person.pk, date(2026, 1, 1), person)
    return lambda by: function(by=by, due=due)


def _pair(function: Any) -> Call:
    pair = factories.DuplicateDecisionFactory()
    return lambda by: function(pair.second, by=by, other=pair.first, verdict="same")


def _merged(function: Any) -> Call:
    note = factories.NoteFactory()
    kept = factories.IndividualFactory(sex="unknown")
    arguments = {"version": None, "duplicate": note.individual, "reason": "One passport."}
    return lambda by: function(kept, by=by, **arguments)


def _unmerged(function: Any) -> Call:
    merged = _merged(merges.merge)
    return lambda by: function(merged(by), by=by, version=1, reason="Two people.")


def _note_of_a_step(function: Any) -> Call:
    request = factories.TracingRequestFactory()
    return lambda by: function(request, by=by, before="Found", reason="Wrong village.")


def _leading_nowhere(function: Any) -> Call:
    request = factories.TracingRequestFactory(found=True, sought_names="Anna")
    return lambda by: function(request, by=by)


def _taken_back_with_it(function: Any) -> Call:
    request = factories.TracingCandidateFactory().request
    return lambda by: function(request, by=by, reason="Closed.")


def _forgotten(function: Any) -> Call:
    request = factories.TracingRequestFactory(closed=True)
    factories.FamilyLinkFactory(to_contact=True, contact=request.enquirer)  # else it is erased
    return lambda by: function(request, by=by, version=1, number=request.number)


def _confirmed(function: Any) -> Call:
    row = factories.TracingCandidateFactory(request__state="proposed")
    return lambda by: function(row, by=by, version=1)


ELSEWHERE = {"bulk", "exports", "imports", "import_rows", "intake", "offers",
             "factors", "jobs", "sessions", "summaries", "idempotency", "loading",
             "changes", "names", "duplicates.find", "attachments.add", "attachments.taken",
             "attachments.sweep", "report_texts.taken", "sharing", "transfers",
             "anonymising", "referrals.accept", "referrals.reject",
             "referrals.expire", "retention.carry_out",
             "organisations.choose_language", "knowledge", "kept_pages", "caseload",
             "webhooks.fill", "webhooks.claim", "webhooks.note_result"}  # fmt: skip
"""What keeps its rows beside the records, or is for measuring: tests of each look at its trail."""
SPECIAL: dict[str, Callable[[Any], Call]] = {
    "bind": _bound,
    "casework.reassign": _reassigned,
    "reminders.remind": _reminded,
    "duplicates.decide": _pair,
    "merges.merge": _merged,
    "merges.undo": _unmerged,
    "grants.revoke": _shared,
    "attachments.withdraw": _withdrawn,
    "unbind": _unbound,
    "amend_speaker": _speaker,
    "status.record": _status,
    "proposals.approve": _of_proposal,
    "proposals.decline": _of_proposal,
    "proposals.withdraw": _withdrawn_proposal,
    "propose_closure": _closure,
    "issue": _issued,
    "revoke": _revoked,
    "open_discrepancy": _contradiction,
    "open_for": _two_counts,
    "end_for": _ended,
    "tracing_steps.unlink": _leading_nowhere,
    "tracing_actions.note_step": _note_of_a_step,
    "tracing_steps.withdraw_waiting": _taken_back_with_it,
    "tracing.forget": _forgotten,
    "tracing_candidates.confirm": _confirmed,
}


def all_rows() -> dict[Any, Any]:
    """Give what every row holds."""
    found: dict[Any, Any] = {}
    for model in Versioned.__subclasses__():
        for concrete in _concrete(model):
            found |= {(concrete, row.pk): held(row) for row in concrete._base_manager.all()}
    return found


def _concrete(model: type[models.Model]) -> list[Any]:
    own = [] if model._meta.abstract or model._meta.proxy else [model]
    return own + [found for below in model.__subclasses__() for found in _concrete(below)]


@pytest.mark.parametrize(("name", "function"), [
    pytest.param(param.id, param.values[0], id=param.id) for param in ACTIONS
    if not {param.id, str(param.id).split(".")[0]} & ELSEWHERE
])  # fmt: skip
def test_every_changed_row_has_its_entry(name, function, actor_of):
    role = Role.ADMINISTRATOR if name.split(".")[0] in ADMINISTRATION else Role.SUPERVISOR
    by = actor_of(role, is_movement_cell=True)
    call = prepared(name, function)
    before = all_rows()

    with acting_as(by):
        call(by)

    after = all_rows()
    changed = {key[1] for key, values in after.items() if before.get(key) != values}
    entries = list(AuditEntry.objects.all())
    assert entries
    assert {entry.target_id for entry in entries if entry.version_after} == changed
    by_system = {None} if name == "discrepancies.end_for" else set()  # which opened them, too
    assert {entry.actor_id for entry in entries} == {by.user_id} | by_system
    assert {entry.outcome for entry in entries} == {Outcome.DONE}
    for entry in entries:
        assert entry.organisation_id == by.organisation_id or name == "organisations.enrol"
    faults = [str(fault) for row, fault in rows() if fault and row and row.pk in changed]
    assert faults == []


def test_versions_before_and_after_are_told(actor_of):
    person = factories.IndividualFactory()
    by = actor_of(Role.CASEWORKER)

    with acting_as(by):
        seen = Individual.objects.get(pk=person.pk)
        recording.amend(seen, by=by, act=Act.KEEP_CASES, version=1, circumstances="A")

    entry = AuditEntry.objects.get()
    assert (entry.version_before, entry.version_after, entry.changed) == (1, 2, "circumstances")


def test_a_writer_who_reads_less_commits_to_the_whole_row(actor_of, user_of):
    """An administrator changes a user without reading the password; the entry covers it."""
    key = user_of().pk
    by = actor_of(Role.ADMINISTRATOR)

    with acting_as(by):
        organisations.amend_user(User.objects.get(pk=key), by=by, version=1, name="Anna")

    assert [fault for row, fault in rows() if row and row.pk == key and fault] == []
    User.objects.filter(pk=key).update(password="!")
    assert [fault for row, fault in rows() if row and row.pk == key and fault] != []


def test_the_chains_hold_after_all_of_it(actor_of):
    by = actor_of(Role.SUPERVISOR)
    call = prepared("counts.link", counts.link)
    with acting_as(by):
        call(by)

    assert ReportedCount.objects.exists()
    with pytest.raises(Exception, match="no entry speaks for"):
        verify()  # the factories' own rows: added without an act
