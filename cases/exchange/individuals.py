"""Cases as a table for a spreadsheet, no further than their reader reads them in lists."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from cases.models import Individual, IndividualName
from cases.models.gate import reads_masked
from cases.queries.attachments import File
from cases.queries.individuals import names_of
from cases.rules.cells import harmless

BOM = "\ufeff"
"""Without it a spreadsheet takes UTF-8 for something else and spoils Cyrillic."""

_COLUMNS: Mapping[str, Callable[[Any], Any]] = {
    "case_number": lambda person: person.case_number,
    "return_status": lambda person: person.get_return_status_display(),
    "work_status": lambda person: person.get_work_status_display(),
    "priority": lambda person: person.get_priority_display(),
    "assigned_to": lambda person: str(person.assigned_to or ""),
    "identification": lambda person: person.get_identification_display(),
    "sex": lambda person: person.get_sex_display(),
    "age_as_stated": lambda person: person.age_as_stated,
    "age_as_of_edtf": lambda person: person.age_as_of_edtf,
    "updated_at": lambda person: person.updated_at.date().isoformat(),
}
"""What is protected of a person is read one person at a time, and so not here."""


def file_of(people: Iterable[Individual], name: str) -> File:
    """Write cases as CSV. A field that one row withholds is empty there."""
    hidden = Individual.masked_in_lists()
    columns = {field: read for field, read in _COLUMNS.items() if field not in hidden}
    has_names = not reads_masked(IndividualName, "text")
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([*columns, *(["names"] if has_names else [])])
    for person in people:
        unread = person.unread_fields()
        cells = ["" if field in unread else read(person) for field, read in columns.items()]
        cells += [names_of(person)] if has_names else []
        writer.writerow([harmless(str("" if cell is None else cell)) for cell in cells])
    return File((BOM + out.getvalue()).encode(), "text/csv", name)
