"""The file that goes back: what became of each row of the one that came in."""

import csv
import io

from cases.exchange.individuals import BOM
from cases.models import ImportRun
from cases.queries.attachments import File
from cases.queries.imports import outcomes
from cases.rules.cells import harmless


def result_of(run: ImportRun) -> File:
    """Write what became of each row as CSV."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["row", "outcome", "id", "case_number", "message", "may_be_the_same_as"])
    for row, case_number in outcomes(run):
        target = str(row.target_id or "")
        cells = [row.number, row.outcome, target, case_number, row.why, row.alike]
        writer.writerow(harmless(str(cell)) for cell in cells)
    name = f"import-{str(run.pk)[:8]}-result.csv"
    return File((BOM + out.getvalue()).encode(), "text/csv", name)
