"""The page of a figure: claim → statement → report."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _, gettext_lazy

from cases.admin import deeds, links
from cases.admin.panels import Panel, shown
from cases.models import Citation, CountLink, DiscrepancyMember, ReportedCount
from cases.queries import report_desk, warnings
from cases.rules.dates import in_words

PANELS = (
    Panel(gettext_lazy("Subgroups"), ReportedCount, "part_of"),
    Panel(gettext_lazy("Links to other figures"), CountLink, "from_count"),
    Panel(gettext_lazy("Sides of discrepancies"), DiscrepancyMember, "count"),
    Panel(gettext_lazy("Better readings"), ReportedCount, "supersedes"),
)


def context_of(
    count: ReportedCount, offered: tuple[deeds.Deed, ...], site: Any, request: HttpRequest
) -> dict[str, Any]:
    """Gather what the page of a figure shows."""
    (figures,) = report_desk.figures_of([count]).values()
    statement = count.statement
    citations = Citation.objects.filter(statement=statement).prefetch_related("report__publisher")
    return {
        "title": _("“%(figure)s” – %(population)s")
        % {"figure": count.stated_text, "population": count.population},
        "original": count,
        "figure": figures[0],
        "warnings": warnings.of(count),
        "statement": statement,
        "said": in_words(statement.said_edtf) if statement.said_edtf else _("no date"),
        "citations": list(citations.order_by("recorded_at", "pk")),
        "deeds": deeds.buttons(offered, count),
        "panels": shown(PANELS, count, site, request),
        "add_link": links.add_to(CountLink, from_count=count.pk),
    }
