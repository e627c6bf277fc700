"""Who is to get which page of the staff's site and of the dashboards."""

from typing import Any

from django.contrib import admin

from cases import models as m
from cases.access.sensitivity import IDENTIFYING
from cases.vocabulary.organisations import Role
from tests.proof.addresses import Address
from tests.proof.expected import STAFF, clearance, is_visible
from tests.proof.stage import Onlooker

ABOUT_CASES = {m.Individual, m.IndividualName, m.Contact, m.FamilyLink, m.StatusEvent,
               m.StatusProposal,
               m.Assistance, m.Task, m.Note, m.Grant, m.Assessment, m.AssessmentBasis,
               m.Attachment, m.Consent, m.Exclusion, m.Referral, m.RetentionPeriod,
               m.LegalHold, m.Anonymisation, m.Merge, m.DuplicateDecision,
               m.TracingRequest, m.TracingAction, m.TracingCandidate, m.ExportRun}  # fmt: skip
READERS: dict[Any, set[Role]] = {
    m.AuditEntry: {Role.AUDITOR},
    m.Webhook: {Role.SUPERVISOR},
    m.WebhookDelivery: {Role.SUPERVISOR},
    m.User: {Role.SUPERVISOR, Role.AUDITOR, Role.ADMINISTRATOR},
}
KEEPERS: dict[Any, set[Role]] = {
    m.User: {Role.ADMINISTRATOR},
    m.Organisation: {Role.ADMINISTRATOR},
    m.Grant: {Role.SUPERVISOR},
    m.Referral: {Role.SUPERVISOR},
    m.Webhook: {Role.SUPERVISOR},
    m.WebhookDelivery: {Role.SUPERVISOR},
    m.RetentionPeriod: {Role.SUPERVISOR},
    m.LegalHold: {Role.SUPERVISOR},
    m.AuditEntry: set(),
}
SIGN_IN = {302}
INSIDE = {Role.CASEWORKER, Role.SUPERVISOR, Role.MANAGER, Role.AUDITOR, Role.ADMINISTRATOR}


def reads(model: Any, role: Role) -> bool:
    if model in READERS:
        return role in READERS[model]
    return model not in ABOUT_CASES or role is not Role.ADMINISTRATOR


def keeps(model: Any, role: Role) -> bool:
    return role in KEEPERS.get(model, STAFF)


def of_the_admin(address: Address, method: str, who: Onlooker, position: str) -> set[int]:
    """Give the answers that are right for a page of one model's admin."""
    kind = address.kind.removeprefix("admin-")
    if who.role not in INSIDE:
        return SIGN_IN
    if not reads(address.model, who.role) or (kind == "history" and who.role is not Role.AUDITOR):
        return {403}
    if kind in {"changelist", "add"}:
        return {200, 302} if kind == "changelist" else _of_add(address.model, who.role)
    is_there = is_visible(address.model, position, who.role)
    if method == "get" or kind in {"page", "history", "content", "shown"}:
        return (
            {
                "deed": {200, 403},
                "content": {200, 403, 404},
                "shown": {200, 403, 404},
            }.get(kind, {200})
            if is_there
            else {404}
        )
    if not is_there:
        return {403, 404}  # one or the other, and the same for all rows that are not there
    may = keeps(address.model, who.role) and position == "own"
    return {200, 302, 403, 409} if may else {403, 405}


def _of_add(model: Any, role: Role) -> set[int]:
    model_admin: Any = admin.site.get_model_admin(model)
    is_there = getattr(model_admin, "add_action", None) is not None
    return {200} if is_there and keeps(model, role) else {403}


def of_staff(_address: Address, _method: str, who: Onlooker, _position: str) -> set[int]:
    """Whoever may enter the staff's site; what is on the page is another test's."""
    return {200, 302, 403, 404, 405} if who.role in INSIDE else {302, 403}


def of_managers(_address: Address, method: str, who: Onlooker, _position: str) -> set[int]:
    """The dashboards: for everybody signed in, to read."""
    if who.role is None:
        return SIGN_IN if method == "get" else {302, 405}
    return {200, 400, 403, 404} if method == "get" else {403, 405}


def of_readers_who_act(_address: Address, method: str, who: Onlooker, _position: str) -> set[int]:
    """What readers keep for themselves; told nothing, the page asks for what it needs."""
    if who.role is None:
        return {405} if method == "get" else {302, 403, 405}
    return {403, 405} if method == "get" else {400, 403, 405}


def of_a_view(_address: Address, method: str, who: Onlooker, _position: str) -> set[int]:
    """A view is there for whoever saved it, and for nobody else."""
    if who.role is None:
        return {302, 403, 405}
    if who.role is Role.PARTNER:
        return {403, 405}
    return {302, 400, 404, 405} if method in {"get", "post"} else {405}


def of_a_snapshot(address: Address, method: str, who: Onlooker, position: str) -> set[int]:
    """Frozen figures: for the organisation to read, for whoever froze them to take away."""
    if who.role is None:
        return {302, 403, 405}
    if who.role is Role.PARTNER:
        return {403, 405}
    if method != "get" or address.name != "dashboards:snapshot":
        return {400, 403, 404, 405}
    return {200} if is_visible(address.model, position, who.role) else {404}


def of_a_figure(address: Address, method: str, who: Onlooker, position: str) -> set[int]:
    """The page behind a figure: for everybody signed in who may read the figure."""
    if who.role is None:
        return SIGN_IN if method == "get" else {302, 405}
    if method != "get" or who.role is Role.PARTNER:
        return {403, 405}
    return {200} if is_visible(address.model, position, who.role) else {404}


def of_api_readers(_address: Address, method: str, who: Onlooker, _position: str) -> set[int]:
    """The figures: for everybody signed in, to read; told nothing, they ask for a parameter."""
    if who.role is None:
        return {401}
    return {200, 400} if method in {"get", "head"} else {405}


def of_api_matches(_address: Address, method: str, who: Onlooker, _position: str) -> set[int]:
    """The search by name: for those who read names."""
    if who.role is None:
        return {401}
    if method not in {"get", "head"}:
        return {403, 405}
    reads_names = clearance(who) >= IDENTIFYING and who.role is not Role.ADMINISTRATOR
    return {200, 400} if reads_names else {403}


def of_everybody(_address: Address, method: str, _who: Onlooker, _position: str) -> set[int]:
    """What has nothing in it: health, sign-in, pages that lead elsewhere."""
    answers = {200, 301, 302, 400, 401, 403, 404, 405}
    return answers | ({503} if method == "get" else set())


def of_nowhere(_address: Address, _method: str, who: Onlooker, _position: str) -> set[int]:
    """An address of the API that is none."""
    return {404, 405} if who.role else {401, 404}


def of_administrators(_address: Address, method: str, who: Onlooker, _position: str) -> set[int]:
    """Tokens: for administrators; told nothing, a form is shown again."""
    if who.role not in INSIDE:
        return SIGN_IN
    if who.role is not Role.ADMINISTRATOR:
        return {403} if method == "get" else {403, 404, 405}
    return {200, 302, 404, 405}


def of_case_readers(_address: Address, method: str, who: Onlooker, _position: str) -> set[int]:
    """Lists of cases: for whoever reads cases; of nobody's person there is nothing."""
    if who.role not in INSIDE:
        return SIGN_IN
    if method != "get":
        return {200, 403, 404, 405}
    return {403} if who.role is Role.ADMINISTRATOR else {200, 403, 404}


def of_api_case_readers(_address: Address, method: str, who: Onlooker, _position: str) -> set[int]:
    """What is due: for whoever reads cases."""
    if who.role is None:
        return {401}
    if method not in {"get", "head"}:
        return {403, 405}
    return {403} if who.role is Role.ADMINISTRATOR else {200}


OTHERS: dict[str, Any] = {
    "admin:retention": of_case_readers,
    "admin:disclosures": of_case_readers,
    "api:retention": of_api_case_readers,
    "api:changes": of_api_readers,
    "admin:sign_in_code": of_everybody,
    "admin:sign_in_set_up": of_everybody,
    "admin:account": of_staff,
    "admin:account_factor": of_staff,
    "admin:account_codes": of_staff,
    "admin:end_other_sessions": of_staff,
    "admin:end_session": of_staff,
    "admin:choose_email": of_staff,
    "admin:choose_weekly_email": of_staff,
    "admin:language": of_everybody,
    "admin:today": of_staff,
    "admin:bulk": of_staff,
    "admin:exports": of_staff,
    "admin:export": of_staff,
    "admin:export_content": of_staff,
    "admin:imports": of_staff,
    "admin:import": of_staff,
    "admin:import_result": of_staff,
    "admin:offers": of_staff,
    "admin:offer": of_staff,
    "admin:duplicates": of_staff,
    "admin:duplicates_pair": of_staff,
    "admin:jobs": of_administrators,
    "admin:job_again": of_administrators,
    "admin:tokens": of_administrators,
    "admin:revoke_token": of_administrators,
    "health-live": of_everybody,
    "health-ready": of_everybody,
    "home": of_everybody,
    "admin:login": of_everybody,
    "admin:logout": of_everybody,
    "admin:jsi18n": of_everybody,
    "admin:": of_everybody,
    "admin:index": of_staff,
    "admin:find": of_staff,
    "admin:autocomplete": of_staff,
    "admin:app_list": of_staff,
    "admin:password_change": of_staff,
    "admin:password_change_done": of_staff,
    "dashboards:overview": of_managers,
    "dashboards:outstanding": of_managers,
    "dashboards:chart": of_managers,
    "dashboards:reconciliation": of_managers,
    "dashboards:returns": of_managers,
    "dashboards:caseload": of_managers,
    "dashboards:figure": of_a_figure,
    "dashboards:discrepancies": of_managers,
    "dashboards:methodology": of_managers,
    "dashboards:changes": of_managers,
    "dashboards:changes_seen": of_readers_who_act,
    "dashboards:file": of_managers,
    "dashboards:kept": of_managers,
    "dashboards:save_view": of_readers_who_act,
    "dashboards:view": of_a_view,
    "dashboards:change_view": of_a_view,
    "dashboards:freeze": of_readers_who_act,
    "dashboards:snapshot": of_a_snapshot,
    "dashboards:discard_snapshot": of_a_snapshot,
    "dashboards:wall": of_managers,
    "api:matches": of_api_matches,
    "api:pfif": of_api_matches,
    "api:outstanding": of_api_readers,
    "api:bridge": of_api_readers,
    "api:sum": of_api_readers,
    "api:reconciliation": of_api_readers,
    "api:schema": of_everybody,
    "api:docs": of_everybody,
    "api:": of_nowhere,
}
"""For every address that belongs to no model: who is to get it."""
