"""The staff face. Importing it registers every model with the site."""

from cases.admin import (
    assessments,
    assistance,
    audit,
    batches,
    bodies,
    casework,
    counts,
    discrepancies,
    individuals,
    negotiations,
    organisations,
    places,
    reports,
    routes,
    status,
)

__all__ = [
    "assessments",
    "assistance",
    "audit",
    "batches",
    "bodies",
    "casework",
    "counts",
    "discrepancies",
    "individuals",
    "negotiations",
    "organisations",
    "places",
    "reports",
    "routes",
    "status",
]
