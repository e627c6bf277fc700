"""From a record of PFIF to what the act of its row takes."""

import json
from typing import Any
from uuid import UUID

from django.utils.crypto import salted_hmac

from cases.access.gate import current_actor
from cases.exchange.pfif import our_domain
from cases.exchange.shapes import Line
from cases.models import Individual
from cases.rules.imports import Readied
from cases.rules.pfif_records import Registered, faults


class PfifReader:
    """Reads the records of one file. The same again is known by all that it says."""

    def readied(self, line: Line) -> Readied:
        """Give a record as its act takes it, or with the sentences for which it is refused."""
        record: Registered = line.cells[0]
        own = _own(record.record_id)
        notes = [note for note in record.notes if not _is_ours(note.get("note_record_id", ""))]
        if own is not None:  # of our own case only what others say is news
            only_id = {name: record.fields[name] for name in ("person_record_id", "source_date")
                       if name in record.fields}  # fmt: skip
            record = Registered(record.number, record.version, only_id, notes)
        key = _hashed(record)
        if own is not None and not notes:
            return Readied(line.number, key, key, known=own)
        wrong = " ".join(list(faults(record))[:5])
        fields: dict[str, Any] = {"record": record, "individual": own}
        return Readied(line.number, key, key, {} if wrong else fields, wrong)


def _hashed(record: Registered) -> str:
    whole = json.dumps(record.as_json(), ensure_ascii=False, sort_keys=True)
    return salted_hmac("cases.imports", f"pfif:{whole}", algorithm="sha256").hexdigest()


def _is_ours(record_id: str) -> bool:
    return record_id.startswith(f"{our_domain()}/")


def _own(record_id: str) -> Individual | None:
    """Give the case of one's own organisation that a record is a copy of."""
    if not _is_ours(record_id):
        return None
    try:
        key = UUID(record_id.partition("/")[2])
    except ValueError:
        return None
    own = Individual.objects.filter(organisation=current_actor().organisation_id)
    return own.filter(pk=key).first()
