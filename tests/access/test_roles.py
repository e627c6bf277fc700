"""Who may do what: the whole table, against what was agreed."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from cases.access.actor import Actor, Anonymous, System
from cases.access.gate import can, require
from cases.access.roles import POWERS, Act, Reach
from cases.access.sensitivity import Sensitivity
from cases.vocabulary.organisations import Role

ROLES = tuple(Role)
EVIDENCE_AND_CASES = "caseworker supervisor partner"
EXPECTED = {
    Act.READ_EVIDENCE: "caseworker supervisor manager partner auditor administrator",
    Act.READ_CASES: "caseworker supervisor manager partner auditor",
    Act.READ_TRAIL: "auditor",
    Act.READ_USERS: "supervisor auditor administrator",
    Act.KEEP_PLACES: "caseworker supervisor",
    Act.KEEP_BODIES: "caseworker supervisor",
    Act.RECORD_REPORTS: EVIDENCE_AND_CASES,
    Act.RECORD_COUNTS: EVIDENCE_AND_CASES,
    Act.REVIEW_COUNTS: "supervisor",
    Act.RECORD_NEGOTIATIONS: EVIDENCE_AND_CASES,
    Act.KEEP_ROUTES: "caseworker supervisor",
    Act.KEEP_BATCHES: EVIDENCE_AND_CASES,
    Act.MOVE_BATCHES: EVIDENCE_AND_CASES,
    Act.KEEP_CASES: EVIDENCE_AND_CASES,
    Act.MERGE_CASES: "caseworker supervisor",
    Act.RECORD_STATUS: EVIDENCE_AND_CASES,
    Act.APPROVE_STATUS: "supervisor",
    Act.CONFIRM_TRACING: "supervisor",
    Act.KEEP_ASSISTANCE: EVIDENCE_AND_CASES,
    Act.KEEP_TASKS: EVIDENCE_AND_CASES,
    Act.KEEP_TRACING: EVIDENCE_AND_CASES,
    Act.EXPORT_CASES: EVIDENCE_AND_CASES,
    Act.APPROVE_EXPORTS: "supervisor",
    Act.SHARE_CASES: "supervisor",
    Act.REFER_CASES: "supervisor",
    Act.KEEP_RETENTION: "supervisor",
    Act.KEEP_WEBHOOKS: "supervisor partner",
    Act.KEEP_ORGANISATIONS: "administrator",
    Act.KEEP_USERS: "administrator",
    Act.KEEP_TOKENS: "administrator",
}
READS = {
    Role.CASEWORKER: (Reach.ORGANISATION, Sensitivity.PROTECTED),
    Role.SUPERVISOR: (Reach.ORGANISATION, Sensitivity.PROTECTED),
    Role.MANAGER: (Reach.ORGANISATION, Sensitivity.OPERATIONAL),
    Role.PARTNER: (Reach.INTAKE, Sensitivity.PROTECTED),
    Role.AUDITOR: (Reach.ORGANISATION, Sensitivity.OPEN),
    Role.ADMINISTRATOR: (Reach.NOTHING, Sensitivity.OPERATIONAL),
}


def actor(role, **flags):
    return Actor(user_id=uuid4(), organisation_id=uuid4(), role=role, **flags)


def test_the_table_names_every_role_and_every_act():
    assert set(POWERS) == set(Role)
    assert set(EXPECTED) == set(Act)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("act", EXPECTED)
def test_who_may_do_what(act, role):
    may = role in EXPECTED[act].split()

    assert can(actor(role), act) is may
    if may:
        require(actor(role), act)
    else:
        with pytest.raises(PermissionDenied, match=f"You may not {act}"):
            require(actor(role), act)


@pytest.mark.parametrize("act", Act)
def test_the_system_may_and_nobody_may_not(act):
    assert can(System("tests"), act)
    assert not can(Anonymous(), act)


@pytest.mark.parametrize("role", ROLES)
def test_how_far_a_role_reads(role):
    assert (actor(role).reach, actor(role).clearance) == READS[role]
    assert actor(role).label == role


@pytest.mark.parametrize("role", ROLES)
def test_the_movement_cell_adds_to_a_high_clearance_only(role):
    clearance = actor(role, is_movement_cell=True).clearance

    is_high = READS[role][1] is Sensitivity.PROTECTED
    assert clearance is (Sensitivity.CRITICAL if is_high else READS[role][1])


def test_the_system_says_what_it_is_for():
    assert System("loading fixtures").label == "system: loading fixtures"
    assert Anonymous().label == "nobody"
