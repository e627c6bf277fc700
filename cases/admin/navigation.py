"""The menu, in the users' words."""

from dataclasses import dataclass

from django.contrib.admin import AdminSite
from django.db import models
from django.http import HttpRequest
from django.urls import reverse

from cases import models as m
from cases.access.gate import can, current_actor
from cases.access.roles import Act
from cases.admin import links

GROUPS: tuple[tuple[str, tuple[tuple[str, type[models.Model]], ...]], ...] = (
    (
        "People",
        (
            ("People", m.Individual),
            ("Names", m.IndividualName),
            ("Family ties", m.FamilyLink),
            ("Contacts", m.Contact),
            ("Tracing requests", m.TracingRequest),
            ("Proposed for a request", m.TracingCandidate),
            ("Done to find somebody", m.TracingAction),
            ("Status history", m.StatusEvent),
            ("For a second person", m.StatusProposal),
            ("Help", m.Assistance),
            ("Consents", m.Consent),
            ("Kept from", m.Exclusion),
            ("Shared cases", m.Grant),
            ("Referrals", m.Referral),
        ),
    ),
    (
        "Retention",
        (
            ("Legal holds", m.LegalHold),
            ("Anonymisation", m.Anonymisation),
            ("Own periods", m.RetentionPeriod),
            ("Merged cases", m.Merge),
            ("Same or different", m.DuplicateDecision),
        ),
    ),
    ("Work", (("Tasks", m.Task), ("Notes", m.Note), ("Files", m.Attachment))),
    (
        "Returns",
        (
            ("Batches", m.RepatriationBatch),
            ("Slots", m.BatchSlot),
            ("Steps of batches", m.BatchStep),
            ("Mediation", m.Mediation),
            ("Routes", m.Route),
            ("Legs of routes", m.RouteLeg),
            ("Talks", m.Negotiation),
            ("Positions in talks", m.Position),
        ),
    ),
    (
        "Evidence",
        (
            ("Reports to digest", m.ReportText),
            ("Reports", m.SourceReport),
            ("Statements", m.Statement),
            ("Speakers", m.Speaker),
            ("Citations", m.Citation),
            ("Quality flags", m.QualityFlag),
        ),
    ),
    (
        "Figures",
        (
            ("All figures", m.ReportedCount),
            ("Still outstanding", m.OutstandingCount),
            ("Populations", m.Population),
            ("Discrepancies", m.Discrepancy),
            ("Sides of discrepancies", m.DiscrepancyMember),
            ("Links of figures", m.CountLink),
            ("Adopted figures", m.Assessment),
            ("Bases of adopted figures", m.AssessmentBasis),
        ),
    ),
    (
        "Places and bodies",
        (
            ("Places", m.Place),
            ("Names of places", m.PlaceName),
            ("Bodies", m.Body),
            ("Mediating bodies", m.MediatingBody),
            ("Names of bodies", m.BodyName),
            ("Officials", m.Official),
            ("Names of officials", m.OfficialName),
            ("Offices held", m.Tenure),
        ),
    ),
    (
        "Administration",
        (
            ("Users", m.User),
            ("Organisations", m.Organisation),
            ("Audit trail", m.AuditEntry),
        ),
    ),
)


@dataclass(frozen=True)
class Item:
    label: str
    url: str
    add_url: str | None
    is_current: bool


@dataclass(frozen=True)
class Group:
    label: str
    items: tuple[Item, ...]

    @property
    def is_current(self) -> bool:
        return any(item.is_current for item in self.items)


def menu(site: AdminSite, request: HttpRequest) -> list[Group]:
    """Build the menu of what the signed-in user may see."""
    groups = (Group(title, tuple(_items(site, request, entries))) for title, entries in GROUPS)
    return [group for group in groups if group.items]


def _items(
    site: AdminSite, request: HttpRequest, entries: tuple[tuple[str, type[models.Model]], ...]
) -> list[Item]:
    items = []
    for label, model in entries:
        model_admin = site.get_model_admin(model)
        if model_admin.has_view_permission(request):
            url = links.list_of(model)
            add_url = links.add_to(model) if model_admin.has_add_permission(request) else None
            items.append(Item(label, url, add_url, request.path.startswith(url)))
        if model is m.Individual and can(current_actor(), Act.MERGE_CASES):
            url = reverse("admin:duplicates")
            items.append(Item("Likely duplicates", url, None, request.path.startswith(url)))
        if model is m.User and can(current_actor(), Act.KEEP_TOKENS):
            url = reverse("admin:tokens")
            items.append(Item("Tokens", url, None, request.path.startswith(url)))
        if model is m.RetentionPeriod and items:
            url = reverse("admin:retention")
            items.insert(0, Item("Due", url, None, request.path.startswith(url)))
    return items
