"""Pages of the dashboards that can be kept: as a view, or with their figures as they stood."""

from cases.vocabulary.base import Terms


class KeptPage(Terms):
    OVERVIEW = "overview", "The latest claim of each claimant, for each population.", "Overview"
    OUTSTANDING = "outstanding", "One population over time, by whose claim.", "Outstanding"
    RETURNS = "returns", "Batches on their way home, by route and mediator.", "Returns"
    CASELOAD = "caseload", "One's own cases by status, place, age and sex.", "Caseload"
    DISCREPANCIES = "discrepancies", "What sources disagree about.", "Discrepancies"
    CHANGES = "changes", "What was learned, replaced and withdrawn since a day.", "What changed"
