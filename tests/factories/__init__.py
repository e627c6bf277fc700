"""One factory a model: rows as they may be, saved directly. Histories are made by the actions."""

from tests.factories.assistance import AssistanceFactory
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
from tests.factories.casework import NoteFactory, TaskFactory
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
from tests.factories.individuals import (
    ContactFactory,
    FamilyLinkFactory,
    IndividualFactory,
    IndividualNameFactory,
)
from tests.factories.negotiations import NegotiationFactory, PositionFactory
from tests.factories.organisations import PASSWORD, OrganisationFactory, UserFactory
from tests.factories.places import PlaceFactory, PlaceNameFactory
from tests.factories.reports import (
    CitationFactory,
    QualityFlagFactory,
    SourceReportFactory,
    SpeakerFactory,
    StatementFactory,
)
from tests.factories.routes import RouteFactory, RouteLegFactory
from tests.factories.status import StatusEventFactory

__all__ = [
    "PASSWORD",
    "AssessmentBasisFactory",
    "AssessmentFactory",
    "AssistanceFactory",
    "AuditEntryFactory",
    "AuditHeadFactory",
    "BatchSlotFactory",
    "BatchStepFactory",
    "BodyFactory",
    "BodyNameFactory",
    "CitationFactory",
    "ContactFactory",
    "CountLinkFactory",
    "DiscrepancyFactory",
    "DiscrepancyMemberFactory",
    "FamilyLinkFactory",
    "IndividualFactory",
    "IndividualNameFactory",
    "MediatingBodyFactory",
    "MediationFactory",
    "NegotiationFactory",
    "NoteFactory",
    "OfficialFactory",
    "OfficialNameFactory",
    "OrganisationFactory",
    "OutstandingCountFactory",
    "PlaceFactory",
    "PlaceNameFactory",
    "PopulationFactory",
    "PositionFactory",
    "QualityFlagFactory",
    "RepatriationBatchFactory",
    "ReportedCountFactory",
    "RouteFactory",
    "RouteLegFactory",
    "SourceReportFactory",
    "SpeakerFactory",
    "StatementFactory",
    "StatusEventFactory",
    "TaskFactory",
    "TenureFactory",
    "UserFactory",
]
