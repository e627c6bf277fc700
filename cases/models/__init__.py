"""Tables, their constraints and classes of field. One file a concept."""

from cases.models.assessments import Assessment, AssessmentBasis
from cases.models.assistance import Assistance
from cases.models.attachments import Attachment
from cases.models.audit import AuditEntry, AuditHead
from cases.models.base import Versioned
from cases.models.batches import BatchSlot, BatchStep, Mediation, RepatriationBatch
from cases.models.bodies import Body, BodyName, MediatingBody, Official, OfficialName, Tenure
from cases.models.bulk import BulkItem, BulkRun
from cases.models.caseload import CaseloadRelease
from cases.models.casework import Note, Task
from cases.models.changes import Change
from cases.models.consents import Consent, Exclusion
from cases.models.counts import CountLink, OutstandingCount, Population, ReportedCount
from cases.models.discrepancies import Discrepancy, DiscrepancyMember
from cases.models.duplicates import DuplicateDecision, LikelyPair
from cases.models.exports import ExportRun, FiguresTaken
from cases.models.factors import Factor, RecoveryCode
from cases.models.grants import Grant
from cases.models.idempotency import IdempotencyKey
from cases.models.imports import ImportKey, ImportRow, ImportRun
from cases.models.individuals import Contact, FamilyLink, Individual, IndividualName
from cases.models.jobs import QueuedJob
from cases.models.kept_pages import FrozenPage, SavedView
from cases.models.merges import Merge, MergedRow
from cases.models.names import NameKey, NamePair, NameToken
from cases.models.negotiations import Negotiation, Position
from cases.models.offers import PersonOffer
from cases.models.organisations import Organisation, User
from cases.models.places import Place, PlaceName
from cases.models.proposals import StatusProposal
from cases.models.referrals import Referral
from cases.models.report_texts import ReportText
from cases.models.reports import Citation, QualityFlag, SourceReport, Speaker, Statement
from cases.models.retention import Anonymisation, LegalHold, RetentionPeriod
from cases.models.routes import Route, RouteLeg
from cases.models.serials import CaseSerial
from cases.models.sessions import Session
from cases.models.status import StatusEvent
from cases.models.summaries import DailySummary, WeeklySummary
from cases.models.texts import hold_to_sizes
from cases.models.throttling import SignInCount
from cases.models.tracing import TracingAction, TracingRequest
from cases.models.tracing_candidates import TracingCandidate
from cases.models.translated import translate
from cases.models.webhooks import Webhook, WebhookDelivery

__all__ = [
    "Anonymisation",
    "Assessment",
    "AssessmentBasis",
    "Assistance",
    "Attachment",
    "AuditEntry",
    "AuditHead",
    "BatchSlot",
    "BatchStep",
    "Body",
    "BodyName",
    "BulkItem",
    "BulkRun",
    "CaseSerial",
    "CaseloadRelease",
    "Change",
    "Citation",
    "Consent",
    "Contact",
    "CountLink",
    "DailySummary",
    "Discrepancy",
    "DiscrepancyMember",
    "DuplicateDecision",
    "Exclusion",
    "ExportRun",
    "Factor",
    "FamilyLink",
    "FiguresTaken",
    "FrozenPage",
    "Grant",
    "IdempotencyKey",
    "ImportKey",
    "ImportRow",
    "ImportRun",
    "Individual",
    "IndividualName",
    "LegalHold",
    "LikelyPair",
    "MediatingBody",
    "Mediation",
    "Merge",
    "MergedRow",
    "NameKey",
    "NamePair",
    "NameToken",
    "Negotiation",
    "Note",
    "Official",
    "OfficialName",
    "Organisation",
    "OutstandingCount",
    "PersonOffer",
    "Place",
    "PlaceName",
    "Population",
    "Position",
    "QualityFlag",
    "QueuedJob",
    "RecoveryCode",
    "Referral",
    "RepatriationBatch",
    "ReportText",
    "ReportedCount",
    "RetentionPeriod",
    "Route",
    "RouteLeg",
    "SavedView",
    "Session",
    "SignInCount",
    "SourceReport",
    "Speaker",
    "Statement",
    "StatusEvent",
    "StatusProposal",
    "Task",
    "Tenure",
    "TracingAction",
    "TracingCandidate",
    "TracingRequest",
    "User",
    "Webhook",
    "WebhookDelivery",
    "WeeklySummary",
]

for _model in [globals()[name] for name in __all__]:
    if issubclass(_model, Versioned):
        hold_to_sizes(_model)
    translate(_model)
