"""The menu, in the users' words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.admin import AdminSite
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from cases import models as m
from cases.access.gate import can, current_actor
from cases.access.roles import Act
from cases.admin import imports, links, offers

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Entries = tuple[tuple["StrOrPromise", type[models.Model]], ...]

GROUPS: tuple[tuple["StrOrPromise", Entries], ...] = (
    (
        gettext_lazy("People"),
        (
            (gettext_lazy("People"), m.Individual),
            (gettext_lazy("Names"), m.IndividualName),
            (gettext_lazy("Family ties"), m.FamilyLink),
            (gettext_lazy("Contacts"), m.Contact),
            (gettext_lazy("Tracing requests"), m.TracingRequest),
            (gettext_lazy("Proposed for a request"), m.TracingCandidate),
            (gettext_lazy("Done to find somebody"), m.TracingAction),
            (gettext_lazy("Status history"), m.StatusEvent),
            (gettext_lazy("For a second person"), m.StatusProposal),
            (gettext_lazy("Help"), m.Assistance),
            (gettext_lazy("Consents"), m.Consent),
            (gettext_lazy("Kept from"), m.Exclusion),
            (gettext_lazy("Shared cases"), m.Grant),
            (gettext_lazy("Referrals"), m.Referral),
        ),
    ),
    (
        gettext_lazy("Retention"),
        (
            (gettext_lazy("Legal holds"), m.LegalHold),
            (gettext_lazy("Anonymisation"), m.Anonymisation),
            (gettext_lazy("Own periods"), m.RetentionPeriod),
            (gettext_lazy("Merged cases"), m.Merge),
            (gettext_lazy("Same or different"), m.DuplicateDecision),
        ),
    ),
    (
        gettext_lazy("Work"),
        (
            (gettext_lazy("Tasks"), m.Task),
            (gettext_lazy("Notes"), m.Note),
            (gettext_lazy("Files"), m.Attachment),
        ),
    ),
    (
        gettext_lazy("Returns"),
        (
            (gettext_lazy("Batches"), m.RepatriationBatch),
            (gettext_lazy("Slots"), m.BatchSlot),
            (gettext_lazy("Steps of batches"), m.BatchStep),
            (gettext_lazy("Mediation"), m.Mediation),
            (gettext_lazy("Routes"), m.Route),
            (gettext_lazy("Legs of routes"), m.RouteLeg),
            (gettext_lazy("Talks"), m.Negotiation),
            (gettext_lazy("Positions in talks"), m.Position),
        ),
    ),
    (
        gettext_lazy("Evidence"),
        (
            (gettext_lazy("Reports to digest"), m.ReportText),
            (gettext_lazy("Reports"), m.SourceReport),
            (gettext_lazy("Statements"), m.Statement),
            (gettext_lazy("Speakers"), m.Speaker),
            (gettext_lazy("Citations"), m.Citation),
            (gettext_lazy("Quality flags"), m.QualityFlag),
        ),
    ),
    (
        gettext_lazy("Figures"),
        (
            (gettext_lazy("All figures"), m.ReportedCount),
            (gettext_lazy("Still outstanding"), m.OutstandingCount),
            (gettext_lazy("Populations"), m.Population),
            (gettext_lazy("Discrepancies"), m.Discrepancy),
            (gettext_lazy("Sides of discrepancies"), m.DiscrepancyMember),
            (gettext_lazy("Links of figures"), m.CountLink),
            (gettext_lazy("Adopted figures"), m.Assessment),
            (gettext_lazy("Bases of adopted figures"), m.AssessmentBasis),
        ),
    ),
    (
        gettext_lazy("Places and bodies"),
        (
            (gettext_lazy("Places"), m.Place),
            (gettext_lazy("Names of places"), m.PlaceName),
            (gettext_lazy("Bodies"), m.Body),
            (gettext_lazy("Mediating bodies"), m.MediatingBody),
            (gettext_lazy("Names of bodies"), m.BodyName),
            (gettext_lazy("Officials"), m.Official),
            (gettext_lazy("Names of officials"), m.OfficialName),
            (gettext_lazy("Offices held"), m.Tenure),
        ),
    ),
    (
        gettext_lazy("Administration"),
        (
            (gettext_lazy("Users"), m.User),
            (gettext_lazy("Organisations"), m.Organisation),
            (gettext_lazy("Webhooks"), m.Webhook),
            (gettext_lazy("Deliveries to webhooks"), m.WebhookDelivery),
            (gettext_lazy("Audit trail"), m.AuditEntry),
        ),
    ),
)


@dataclass(frozen=True)
class Item:
    label: "StrOrPromise"
    url: str
    add_url: str | None
    is_current: bool


@dataclass(frozen=True)
class Group:
    label: "StrOrPromise"
    items: tuple[Item, ...]

    @property
    def is_current(self) -> bool:
        return any(item.is_current for item in self.items)


def menu(site: AdminSite, request: HttpRequest) -> list[Group]:
    """Build the menu of what the signed-in user may see."""
    groups = (Group(title, tuple(_items(site, request, entries))) for title, entries in GROUPS)
    return [group for group in groups if group.items]


def _items(site: AdminSite, request: HttpRequest, entries: Entries) -> list[Item]:
    items = []
    for label, model in entries:
        model_admin = site.get_model_admin(model)
        if model_admin.has_view_permission(request):
            url = links.list_of(model)
            add_url = links.add_to(model) if model_admin.has_add_permission(request) else None
            items.append(Item(label, url, add_url, request.path.startswith(url)))
        items += [
            Item(words, reverse(name), None, request.path.startswith(reverse(name)))
            for words, name in _pages_after(model)
        ]
        if model is m.RetentionPeriod and items:
            url = reverse("admin:retention")
            items.insert(0, Item(_("Due"), url, None, request.path.startswith(url)))
    return items


def _pages_after(model: type[models.Model]) -> Iterator[tuple[str, str]]:
    """Name the pages of no model that stand below a model's list, for whoever may open them."""
    by = current_actor()
    if model is m.Individual and can(by, Act.MERGE_CASES):
        yield _("Likely duplicates"), "admin:duplicates"
    if model is m.Individual and offers.may_look():
        yield _("People of other registries"), "admin:offers"
    if model is m.User and can(by, Act.KEEP_TOKENS):
        yield _("Tokens"), "admin:tokens"
        yield _("Background work"), "admin:jobs"
    if model is m.Task and imports.may_import():
        yield _("Files in"), "admin:imports"
    if model is m.Task and can(by, Act.READ_CASES):
        yield _("Files out"), "admin:exports"
