"""The one table of roles: what each may do, which rows it reaches, which fields it reads."""

from dataclasses import dataclass
from enum import Enum, StrEnum

from cases.access.sensitivity import Sensitivity
from cases.vocabulary.organisations import Role


class Act(StrEnum):
    """Something that one may or may not do, in the words of a refusal: “You may not …”."""

    READ_EVIDENCE = "read places, bodies, reports and figures"
    READ_CASES = "read cases"
    READ_TRAIL = "read the audit trail"
    READ_USERS = "read users"
    KEEP_PLACES = "add or change places"
    KEEP_BODIES = "add or change bodies and officials"
    RECORD_REPORTS = "record reports and statements"
    RECORD_COUNTS = "record figures"
    REVIEW_COUNTS = "verify figures or approve an assessment"
    RECORD_NEGOTIATIONS = "record negotiations and positions"
    KEEP_ROUTES = "add or change routes"
    KEEP_BATCHES = "add or change batches"
    MOVE_BATCHES = "move a batch on"
    KEEP_CASES = "add or change cases"
    MERGE_CASES = "merge cases, or decide whether two are of one person"
    RECORD_STATUS = "record a status"
    APPROVE_STATUS = "approve a step that needs a second person"
    KEEP_ASSISTANCE = "record help"
    KEEP_TASKS = "add or change tasks and notes"
    KEEP_TRACING = "add or change tracing requests"
    CONFIRM_TRACING = "confirm whom a tracing request looks for"
    SHARE_CASES = "share a case with another organisation"
    REFER_CASES = "refer a case, hand one over or take one over"
    KEEP_RETENTION = "set how long cases are kept, hold or anonymise one"
    KEEP_ORGANISATIONS = "add or change organisations"
    KEEP_USERS = "add or change users"
    KEEP_TOKENS = "issue or revoke tokens"


READING = frozenset({Act.READ_EVIDENCE, Act.READ_CASES, Act.READ_TRAIL, Act.READ_USERS})


class Reach(Enum):
    """How far a role sees among rows that belong to an organisation."""

    EVERYTHING = "everything"
    ORGANISATION = "its organisation"
    INTAKE = "what it recorded itself"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Powers:
    """What one role may do, how far it sees, and which fields it reads."""

    acts: frozenset[Act]
    reach: Reach
    clearance: Sensitivity


_CASEWORK = frozenset(
    {
        Act.READ_EVIDENCE,
        Act.READ_CASES,
        Act.KEEP_PLACES,
        Act.KEEP_BODIES,
        Act.RECORD_REPORTS,
        Act.RECORD_COUNTS,
        Act.RECORD_NEGOTIATIONS,
        Act.KEEP_ROUTES,
        Act.KEEP_BATCHES,
        Act.MOVE_BATCHES,
        Act.KEEP_CASES,
        Act.MERGE_CASES,
        Act.RECORD_STATUS,
        Act.KEEP_ASSISTANCE,
        Act.KEEP_TASKS,
        Act.KEEP_TRACING,
    }
)
_PARTNER = _CASEWORK - {Act.KEEP_PLACES, Act.KEEP_BODIES, Act.KEEP_ROUTES, Act.MERGE_CASES}

POWERS: dict[Role, Powers] = {
    Role.CASEWORKER: Powers(_CASEWORK, Reach.ORGANISATION, Sensitivity.PROTECTED),
    Role.SUPERVISOR: Powers(
        _CASEWORK
        | {
            Act.REVIEW_COUNTS,
            Act.APPROVE_STATUS,
            Act.CONFIRM_TRACING,
            Act.SHARE_CASES,
            Act.REFER_CASES,
            Act.KEEP_RETENTION,
            Act.READ_USERS,
        },
        Reach.ORGANISATION,
        Sensitivity.PROTECTED,
    ),
    Role.MANAGER: Powers(
        frozenset({Act.READ_EVIDENCE, Act.READ_CASES}),
        Reach.ORGANISATION,
        Sensitivity.OPERATIONAL,
    ),
    Role.PARTNER: Powers(_PARTNER, Reach.INTAKE, Sensitivity.PROTECTED),
    Role.AUDITOR: Powers(
        frozenset({Act.READ_EVIDENCE, Act.READ_CASES, Act.READ_TRAIL, Act.READ_USERS}),
        Reach.ORGANISATION,
        Sensitivity.OPEN,
    ),
    Role.ADMINISTRATOR: Powers(
        frozenset(
            {
                Act.READ_EVIDENCE,
                Act.READ_USERS,
                Act.KEEP_ORGANISATIONS,
                Act.KEEP_USERS,
                Act.KEEP_TOKENS,
            }
        ),
        Reach.NOTHING,
        Sensitivity.OPERATIONAL,
    ),
}
