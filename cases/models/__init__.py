"""Tables, their constraints and classes of field. One file a concept."""

from cases.models.assessments import Assessment, AssessmentBasis
from cases.models.assistance import Assistance
from cases.models.audit import AuditEntry, AuditHead
from cases.models.batches import BatchSlot, BatchStep, Mediation, RepatriationBatch
from cases.models.bodies import Body, BodyName, MediatingBody, Official, OfficialName, Tenure
from cases.models.casework import Note, Task
from cases.models.counts import CountLink, OutstandingCount, Population, ReportedCount
from cases.models.discrepancies import Discrepancy, DiscrepancyMember
from cases.models.individuals import Contact, FamilyLink, Individual, IndividualName
from cases.models.negotiations import Negotiation, Position
from cases.models.organisations import Organisation, User
from cases.models.places import Place, PlaceName
from cases.models.reports import Citation, QualityFlag, SourceReport, Speaker, Statement
from cases.models.routes import Route, RouteLeg
from cases.models.status import StatusEvent

__all__ = [
    "Assessment",
    "AssessmentBasis",
    "Assistance",
    "AuditEntry",
    "AuditHead",
    "BatchSlot",
    "BatchStep",
    "Body",
    "BodyName",
    "Citation",
    "Contact",
    "CountLink",
    "Discrepancy",
    "DiscrepancyMember",
    "FamilyLink",
    "Individual",
    "IndividualName",
    "MediatingBody",
    "Mediation",
    "Negotiation",
    "Note",
    "Official",
    "OfficialName",
    "Organisation",
    "OutstandingCount",
    "Place",
    "PlaceName",
    "Population",
    "Position",
    "QualityFlag",
    "RepatriationBatch",
    "ReportedCount",
    "Route",
    "RouteLeg",
    "SourceReport",
    "Speaker",
    "Statement",
    "StatusEvent",
    "Task",
    "Tenure",
    "User",
]
