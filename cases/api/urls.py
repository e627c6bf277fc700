"""Addresses of the API."""

from django.urls import path, re_path
from rest_framework.routers import SimpleRouter

from cases.api import (
    anonymisations,
    assessments,
    assistance,
    attachments,
    audit,
    batches,
    bodies,
    casework,
    consents,
    counts,
    discrepancies,
    figures,
    grants,
    individuals,
    names,
    negotiations,
    organisations,
    places,
    proposals,
    referrals,
    report_texts,
    reports,
    retention,
    routes,
    slots,
    status,
)
from cases.api.base import Resource
from cases.api.documentation import DocumentationView, NowhereView, SchemaView

app_name = "api"

RESOURCES: dict[str, type[Resource]] = {
    "organisations": organisations.OrganisationResource,
    "users": organisations.UserResource,
    "places": places.PlaceResource,
    "place-names": places.PlaceNameResource,
    "bodies": bodies.BodyResource,
    "body-names": bodies.BodyNameResource,
    "mediating-bodies": bodies.MediatingBodyResource,
    "officials": bodies.OfficialResource,
    "official-names": bodies.OfficialNameResource,
    "tenures": bodies.TenureResource,
    "report-texts": report_texts.ReportTextResource,
    "source-reports": reports.SourceReportResource,
    "quality-flags": reports.QualityFlagResource,
    "statements": reports.StatementResource,
    "speakers": reports.SpeakerResource,
    "citations": reports.CitationResource,
    "populations": counts.PopulationResource,
    "reported-counts": counts.ReportedCountResource,
    "outstanding-counts": counts.OutstandingCountResource,
    "count-links": counts.CountLinkResource,
    "discrepancies": discrepancies.DiscrepancyResource,
    "discrepancy-members": discrepancies.DiscrepancyMemberResource,
    "assessments": assessments.AssessmentResource,
    "negotiations": negotiations.NegotiationResource,
    "positions": negotiations.PositionResource,
    "routes": routes.RouteResource,
    "route-legs": routes.RouteLegResource,
    "repatriation-batches": batches.RepatriationBatchResource,
    "batch-slots": slots.BatchSlotResource,
    "batch-steps": batches.BatchStepResource,
    "mediations": slots.MediationResource,
    "individuals": individuals.IndividualResource,
    "individual-names": individuals.IndividualNameResource,
    "contacts": individuals.ContactResource,
    "family-links": individuals.FamilyLinkResource,
    "status-events": status.StatusEventResource,
    "status-proposals": proposals.StatusProposalResource,
    "grants": grants.GrantResource,
    "consents": consents.ConsentResource,
    "exclusions": consents.ExclusionResource,
    "referrals": referrals.ReferralResource,
    "retention-periods": retention.RetentionPeriodResource,
    "legal-holds": retention.LegalHoldResource,
    "anonymisations": anonymisations.AnonymisationResource,
    "assistance": assistance.AssistanceResource,
    "attachments": attachments.AttachmentResource,
    "tasks": casework.TaskResource,
    "notes": casework.NoteResource,
    "audit-entries": audit.AuditEntryResource,
}

router = SimpleRouter()
for collection, resource in RESOURCES.items():
    router.register(collection, resource, basename=collection)

urlpatterns = [
    path("individuals/matches/", names.MatchesView.as_view(), name="matches"),
    *router.urls,
    path("outstanding/", figures.OutstandingView.as_view(), name="outstanding"),
    path("outstanding/bridge/", figures.BridgeView.as_view(), name="bridge"),
    path("outstanding/sum/", figures.SumView.as_view(), name="sum"),
    path("reconciliation/", figures.ReconciliationView.as_view(), name="reconciliation"),
    path("retention/", retention.RetentionView.as_view(), name="retention"),
    path("schema/", SchemaView.as_view(), name="schema"),
    path("docs/", DocumentationView.as_view(), name="docs"),
    re_path(r".*", NowhereView.as_view()),
]
