"""The one table of roles: what each may do, which rows it reaches, which fields it reads."""

from dataclasses import dataclass
from enum import Enum, StrEnum

from django.utils.translation import gettext_noop

from cases.access.sensitivity import Sensitivity
from cases.vocabulary.organisations import Role


class Act(StrEnum):
    """Something that one may or may not do, in the words of a refusal: “You may not …”."""

    READ_EVIDENCE = gettext_noop("read places, bodies, reports and figures")
    READ_CASES = gettext_noop("read cases")
    READ_TRAIL = gettext_noop("read the audit trail")
    READ_USERS = gettext_noop("read users")
    KEEP_PLACES = gettext_noop("add or change places")
    KEEP_BODIES = gettext_noop("add or change bodies and officials")
    RECORD_REPORTS = gettext_noop("record reports and statements")
    RECORD_COUNTS = gettext_noop("record figures")
    REVIEW_COUNTS = gettext_noop("verify figures or approve an assessment")
    RECORD_NEGOTIATIONS = gettext_noop("record negotiations and positions")
    KEEP_ROUTES = gettext_noop("add or change routes")
    KEEP_BATCHES = gettext_noop("add or change batches")
    MOVE_BATCHES = gettext_noop("move a batch on")
    KEEP_CASES = gettext_noop("add or change cases")
    MERGE_CASES = gettext_noop("merge cases, or decide whether two are of one person")
    RECORD_STATUS = gettext_noop("record a status")
    APPROVE_STATUS = gettext_noop("approve a step that needs a second person")
    KEEP_ASSISTANCE = gettext_noop("record help")
    KEEP_TASKS = gettext_noop("add or change tasks and notes")
    KEEP_TRACING = gettext_noop("add or change tracing requests")
    CONFIRM_TRACING = gettext_noop("confirm whom a tracing request looks for")
    EXPORT_CASES = gettext_noop("ask for a file of cases")
    APPROVE_EXPORTS = gettext_noop("approve a file of cases")
    SHARE_CASES = gettext_noop("share a case with another organisation")
    REFER_CASES = gettext_noop("refer a case, hand one over or take one over")
    KEEP_RETENTION = gettext_noop("set how long cases are kept, hold or anonymise one")
    KEEP_ORGANISATIONS = gettext_noop("add or change organisations")
    KEEP_USERS = gettext_noop("add or change users")
    KEEP_WEBHOOKS = gettext_noop("keep webhooks")
    KEEP_TOKENS = gettext_noop("issue or revoke tokens")


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
        Act.EXPORT_CASES,
    }
)
_PARTNER = (_CASEWORK - {Act.KEEP_PLACES, Act.KEEP_BODIES, Act.KEEP_ROUTES, Act.MERGE_CASES}) | {
    Act.KEEP_WEBHOOKS
}

POWERS: dict[Role, Powers] = {
    Role.CASEWORKER: Powers(_CASEWORK, Reach.ORGANISATION, Sensitivity.PROTECTED),
    Role.SUPERVISOR: Powers(
        _CASEWORK
        | {
            Act.REVIEW_COUNTS,
            Act.APPROVE_STATUS,
            Act.CONFIRM_TRACING,
            Act.APPROVE_EXPORTS,
            Act.SHARE_CASES,
            Act.REFER_CASES,
            Act.KEEP_RETENTION,
            Act.KEEP_WEBHOOKS,
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
