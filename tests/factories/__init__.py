"""One factory a model: rows as they may be, saved directly. Histories are made by the actions."""

from tests.factories.assistance import AssistanceFactory
from tests.factories.attachments import AttachmentFactory
from tests.factories.audit import AuditEntryFactory, AuditHeadFactory
from tests.factories.batches import (
    BatchSlotFactory,
    BatchStepFactory,
    MediationFactory,
    RepatriationBatchFactory,
)
from tests.factories.bodies import (
    BodyFactory,
    BodyNameFactory,
    MediatingBodyFactory,
    OfficialFactory,
    OfficialNameFactory,
    TenureFactory,
)
from tests.factories.bulk import BulkItemFactory, BulkRunFactory
from tests.factories.caseload import CaseloadReleaseFactory
from tests.factories.casework import NoteFactory, TaskFactory
from tests.factories.changes import ChangeFactory
from tests.factories.consents import ConsentFactory, ExclusionFactory
from tests.factories.counts import (
    AssessmentBasisFactory,
    AssessmentFactory,
    CountLinkFactory,
    DiscrepancyFactory,
    DiscrepancyMemberFactory,
    OutstandingCountFactory,
    PopulationFactory,
    ReportedCountFactory,
)
from tests.factories.duplicates import DuplicateDecisionFactory, LikelyPairFactory
from tests.factories.exports import ExportRunFactory, FiguresTakenFactory
from tests.factories.factors import FactorFactory, RecoveryCodeFactory
from tests.factories.grants import GrantFactory
from tests.factories.idempotency import IdempotencyKeyFactory
from tests.factories.imports import ImportKeyFactory, ImportRowFactory, ImportRunFactory
from tests.factories.individuals import (
    ContactFactory,
    FamilyLinkFactory,
    IndividualFactory,
    IndividualNameFactory,
)
from tests.factories.jobs import QueuedJobFactory
from tests.factories.kept_pages import FrozenPageFactory, SavedViewFactory
from tests.factories.merges import MergedRowFactory, MergeFactory
from tests.factories.names import NameKeyFactory, NamePairFactory, NameTokenFactory
from tests.factories.negotiations import NegotiationFactory, PositionFactory
from tests.factories.offers import PersonOfferFactory
from tests.factories.organisations import PASSWORD, OrganisationFactory, UserFactory
from tests.factories.places import PlaceFactory, PlaceNameFactory
from tests.factories.referrals import ReferralFactory
from tests.factories.reports import (
    CitationFactory,
    QualityFlagFactory,
    ReportTextFactory,
    SourceReportFactory,
    SpeakerFactory,
    StatementFactory,
)
from tests.factories.retention import (
    AnonymisationFactory,
    LegalHoldFactory,
    RetentionPeriodFactory,
)
from tests.factories.routes import RouteFactory, RouteLegFactory
from tests.factories.serials import CaseSerialFactory
from tests.factories.sessions import SessionFactory
from tests.factories.status import StatusEventFactory, StatusProposalFactory
from tests.factories.summaries import DailySummaryFactory, WeeklySummaryFactory
from tests.factories.throttling import SignInCountFactory
from tests.factories.tracing import (
    TracingActionFactory,
    TracingCandidateFactory,
    TracingRequestFactory,
)
from tests.factories.webhooks import WebhookDeliveryFactory, WebhookFactory

__all__ = [
    "PASSWORD",
    "AnonymisationFactory",
    "AssessmentBasisFactory",
    "AssessmentFactory",
    "AssistanceFactory",
    "AttachmentFactory",
    "AuditEntryFactory",
    "AuditHeadFactory",
    "BatchSlotFactory",
    "BatchStepFactory",
    "BodyFactory",
    "BodyNameFactory",
    "BulkItemFactory",
    "BulkRunFactory",
    "CaseSerialFactory",
    "CaseloadReleaseFactory",
    "ChangeFactory",
    "CitationFactory",
    "ConsentFactory",
    "ContactFactory",
    "CountLinkFactory",
    "DailySummaryFactory",
    "DiscrepancyFactory",
    "DiscrepancyMemberFactory",
    "DuplicateDecisionFactory",
    "ExclusionFactory",
    "ExportRunFactory",
    "FactorFactory",
    "FamilyLinkFactory",
    "FiguresTakenFactory",
    "FrozenPageFactory",
    "GrantFactory",
    "IdempotencyKeyFactory",
    "ImportKeyFactory",
    "ImportRowFactory",
    "ImportRunFactory",
    "IndividualFactory",
    "IndividualNameFactory",
    "LegalHoldFactory",
    "LikelyPairFactory",
    "MediatingBodyFactory",
    "MediationFactory",
    "MergeFactory",
    "MergedRowFactory",
    "NameKeyFactory",
    "NamePairFactory",
    "NameTokenFactory",
    "NegotiationFactory",
    "NoteFactory",
    "OfficialFactory",
    "OfficialNameFactory",
    "OrganisationFactory",
    "OutstandingCountFactory",
    "PersonOfferFactory",
    "PlaceFactory",
    "PlaceNameFactory",
    "PopulationFactory",
    "PositionFactory",
    "QualityFlagFactory",
    "QueuedJobFactory",
    "RecoveryCodeFactory",
    "ReferralFactory",
    "RepatriationBatchFactory",
    "ReportTextFactory",
    "ReportedCountFactory",
    "RetentionPeriodFactory",
    "RouteFactory",
    "RouteLegFactory",
    "SavedViewFactory",
    "SessionFactory",
    "SignInCountFactory",
    "SourceReportFactory",
    "SpeakerFactory",
    "StatementFactory",
    "StatusEventFactory",
    "StatusProposalFactory",
    "TaskFactory",
    "TenureFactory",
    "TracingActionFactory",
    "TracingCandidateFactory",
    "TracingRequestFactory",
    "UserFactory",
    "WebhookDeliveryFactory",
    "WebhookFactory",
    "WeeklySummaryFactory",
]
