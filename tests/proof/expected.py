"""Who is to get what: written down once more, from the promises and not from the code."""

from typing import Any

from cases.access.scope import Kind
from cases.access.sensitivity import CRITICAL, OPEN, OPERATIONAL, PROTECTED, Sensitivity
from cases.api.base import AddResource, KeepResource, Resource
from cases.api.urls import RESOURCES
from cases.models.gate import Gated
from cases.vocabulary.organisations import Role
from tests.proof.addresses import Address
from tests.proof.stage import Onlooker

CASES = {"individuals", "individual-names", "contacts", "family-links", "status-events",
         "status-proposals",
         "assistance", "tasks", "notes", "grants", "assessments", "attachments",
         "consents", "exclusions", "referrals", "retention-periods", "legal-holds",
         "anonymisations", "duplicate-decisions", "merges",
         "tracing-requests", "tracing-actions", "tracing-candidates",
         "exports", "imports", "webhooks", "webhook-deliveries"}  # fmt: skip
"""Collections of what is kept on people and one's own judgements: not for administrators."""
READING = {"get", "head"}
CLEARANCE = {
    Role.CASEWORKER: PROTECTED, Role.SUPERVISOR: PROTECTED, Role.PARTNER: PROTECTED,
    Role.MANAGER: OPERATIONAL, Role.ADMINISTRATOR: OPERATIONAL, Role.AUDITOR: OPEN,
}  # fmt: skip
"""Up to which class a role reads; the movement cell reads all, in a role that reads most."""
NO_SUCH = {403, 405}
"""No such operation; whoever may not even read there is told that instead."""
READ_BY_ACT = {"api:repatriation-batches-reconciliation", "api:attachments-content",
               "api:report-texts-warnings", "api:report-texts-content",
               "api:individuals-disclosures", "api:individuals-likely-duplicates",
               "api:tracing-requests-matches",
               "api:exports-content", "api:imports-result"}  # fmt: skip
NOT_THERE_YET = {"api:exports-content"}
"""Files that nobody has approved."""
ON_AN_ACT = {400, 403, 409, 415}
STAFF = {Role.CASEWORKER, Role.SUPERVISOR}
WRITES_CASES = STAFF | {Role.PARTNER}
WRITERS: dict[str, set[Role]] = {
    "organisations": {Role.ADMINISTRATOR},
    "grants": {Role.SUPERVISOR},
    "referrals": {Role.SUPERVISOR},
    "retention-periods": {Role.SUPERVISOR},
    "legal-holds": {Role.SUPERVISOR},
    "webhooks": {Role.SUPERVISOR, Role.PARTNER},
    "places": STAFF, "place-names": STAFF, "bodies": STAFF, "body-names": STAFF,
    "mediating-bodies": STAFF, "officials": STAFF, "official-names": STAFF, "tenures": STAFF,
    "routes": STAFF, "route-legs": STAFF,
}  # fmt: skip
"""Who adds and changes; all others are for caseworkers, supervisors and partner systems."""
ACTS: dict[str, set[Role]] = {
    "api:reported-counts-retract": WRITES_CASES,
    "api:reported-counts-supersede": WRITES_CASES,
    "api:reported-counts-verify": {Role.SUPERVISOR},
    "api:assessments-approve": {Role.SUPERVISOR},
    "api:repatriation-batches-transitions": WRITES_CASES,
    "api:batch-slots-bind": WRITES_CASES,
    "api:batch-slots-unbind": WRITES_CASES,
    "api:individuals-record-status": WRITES_CASES,
    "api:source-reports-text-file": WRITES_CASES,
    "api:report-texts-replace": WRITES_CASES,
    "api:report-texts-digest": WRITES_CASES,
    "api:report-texts-warnings": WRITES_CASES,
    "api:report-texts-content": WRITES_CASES,
    "api:status-proposals-approve": {Role.SUPERVISOR},
    "api:status-proposals-decline": {Role.SUPERVISOR},
    "api:status-proposals-withdraw": WRITES_CASES,
    "api:individuals-likely-duplicates": WRITES_CASES,
    "api:individuals-decide": STAFF,
    "api:individuals-merge": STAFF,
    "api:merges-undo": STAFF,
    "api:grants-revoke": {Role.SUPERVISOR},
    "api:webhook-deliveries-replay": {Role.SUPERVISOR, Role.PARTNER},
    "api:tasks-postpone": WRITES_CASES,
    "api:consents-withdraw": WRITES_CASES,
    "api:exclusions-lift": {Role.SUPERVISOR},
    "api:referrals-accept": {Role.SUPERVISOR},
    "api:referrals-reject": {Role.SUPERVISOR},
    "api:referrals-withdraw": {Role.SUPERVISOR},
    "api:legal-holds-lift": {Role.SUPERVISOR},
    "api:anonymisations-carry-out": {Role.SUPERVISOR},
    "api:anonymisations-drop": WRITES_CASES,
    "api:individuals-disclosures": STAFF,
    "api:tracing-requests-matches": WRITES_CASES,
    "api:tracing-requests-record": WRITES_CASES,
    "api:tracing-requests-propose": WRITES_CASES,
    "api:tracing-requests-transitions": WRITES_CASES,
    "api:tracing-requests-anonymise": {Role.SUPERVISOR},
    "api:tracing-candidates-confirm": {Role.SUPERVISOR},
    "api:tracing-candidates-reject": WRITES_CASES,
    "api:tracing-candidates-take-back": WRITES_CASES,
    "api:exports-approve": {Role.SUPERVISOR},
    "api:exports-decline": {Role.SUPERVISOR},
    "api:exports-content": WRITES_CASES,
    "api:individuals-attachments": WRITES_CASES,
    "api:attachments-withdraw": WRITES_CASES,
    "api:imports-match": WRITES_CASES,
    "api:imports-dry-run": WRITES_CASES,
    "api:imports-run": WRITES_CASES,
    "api:imports-stop": WRITES_CASES,
    "api:imports-result": WRITES_CASES,
    "api:attachments-content": {Role.CASEWORKER, Role.SUPERVISOR, Role.PARTNER},
}


def clearance(who: Onlooker) -> Sensitivity:
    """Say up to which class somebody signed in is to read."""
    assert who.role is not None
    cleared = CLEARANCE[who.role]
    return CRITICAL if cleared is PROTECTED and "is_movement_cell" in who.flags else cleared


def above(model: type[Gated], most: Sensitivity) -> set[str]:
    """Name the fields of a model that are above a class."""
    return {name for name, harm in model.SENSITIVITY.items() if harm > most}


def reads(collection: str, role: Role) -> bool:
    if collection == "audit-entries":
        return role is Role.AUDITOR
    if collection in {"webhooks", "webhook-deliveries"}:
        return role in {Role.SUPERVISOR, Role.PARTNER}
    if collection == "users":
        return role in {Role.SUPERVISOR, Role.AUDITOR, Role.ADMINISTRATOR}
    return collection not in CASES or role is not Role.ADMINISTRATOR


def writes(collection: str, role: Role) -> bool:
    return role in WRITERS.get(collection, WRITES_CASES)


_OF_AN_ORGANISATION = {Kind.CASE, Kind.GRANT, Kind.FROZEN}


def is_visible(model: Any, position: str, role: Role) -> bool:
    """Say whether a row in a position is there for a role of ours."""
    kind = model.SCOPE.kind
    if position == "random" or (role is Role.ADMINISTRATOR and kind in _OF_AN_ORGANISATION):
        return False
    if position == "own":
        return kind is not Kind.TRAIL or role is Role.AUDITOR
    if position == "foreign":
        return kind is Kind.SHARED
    return bool(model.SCOPE.is_granted)


def of_api_list(address: Address, method: str, who: Onlooker) -> set[int]:
    """Give the answers that are right for a method on a collection."""
    if who.role is None:
        return {401}
    resource: type[Resource] = RESOURCES[address.collection]
    if method in READING:
        return {200} if reads(address.collection, who.role) else {403}
    if method == "post" and issubclass(resource, AddResource):
        return {201, 400, 409} if writes(address.collection, who.role) else {403}
    return NO_SUCH


NO_OPTIONS = {"api:schema", "api:docs", "api:"}
"""Addresses of the API that are only read, or that are none."""


def of_options(who: Onlooker) -> set[int]:
    """Give the answers that are right for OPTIONS, which looks at no row."""
    return {401} if who.role is None else {204}


def of_api_bulk(address: Address, method: str, who: Onlooker) -> set[int]:
    """Give the answers that are right for many rows, told none."""
    if who.role is None:
        return {401}
    resource: type[Resource] = RESOURCES[address.collection]
    taken = {"post", "patch"} if issubclass(resource, KeepResource) else {"post"}
    if method not in taken:
        return NO_SUCH
    return {400} if writes(address.collection, who.role) else {403}


def of_api_detail(address: Address, method: str, who: Onlooker, position: str) -> set[int]:
    """Give the answers that are right for a method on one row."""
    if who.role is None:
        return {401}
    resource: type[Resource] = RESOURCES[address.collection]
    is_change = method in {"put", "patch"} and issubclass(resource, KeepResource)
    if not is_change and method not in READING:
        return NO_SUCH
    may = (writes if is_change else reads)(address.collection, who.role)
    if not may:
        return {403}
    if not is_visible(resource.model, position, who.role):
        return {404}
    return {428} if is_change else {200}


def of_api_act(address: Address, method: str, who: Onlooker, position: str) -> set[int]:
    """Give the answers that are right for an act on one row, told nothing of what it takes."""
    if who.role is None:
        return {401}
    is_reading = address.name in READ_BY_ACT
    if method not in (READING if is_reading else {"post"}):
        return NO_SUCH
    may = who.role in ACTS.get(address.name, {who.role})
    if not may and not (is_reading and reads(address.collection, who.role)):
        return {403}
    if not is_visible(address.model, position, who.role):
        return {404}
    if not may:
        return {403}
    right = {400 if address.name in NOT_THERE_YET else 200} if is_reading else ON_AN_ACT
    return right | {200, 201} if position == "own" and not is_reading else right
