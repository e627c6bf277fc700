"""People whose name may be published, for other people finders: PFIF 1.4."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from cases.access.gate import current_actor
from cases.access.roles import Act
from cases.actions import attempts, reads
from cases.api.figures import FigureView
from cases.api.uploads import AsStored
from cases.exchange.downloads import response_of
from cases.exchange.pfif import MEDIA_TYPE, document, our_domain, record_id
from cases.filters import values
from cases.queries import pfif
from cases.queries.attachments import File
from cases.queries.pfif import Entry
from cases.queries.snapshot import snapshot

USUAL, MOST = 200, 1000


class PfifView(FigureView):
    reads = Act.READ_CASES
    parameters = ("min_entry_date", "max_results", "person_record_id")
    content_negotiation_class = AsStored

    shows: Any = OpenApiTypes.BINARY
    kept_as = (MEDIA_TYPE,)
    described = (
        OpenApiParameter(
            "min_entry_date", datetime, description="Those that changed at or after this moment."
        ),
        OpenApiParameter("max_results", int, description=f"{USUAL} by default, at most {MOST}."),
        OpenApiParameter("person_record_id", str, description="The one record of this id."),
    )

    def get(self, _request: Request) -> HttpResponse:
        """List the people whose name may be published, the earliest change first, as PFIF 1.4."""
        pfif.require_names()
        least, most = self.given("min_entry_date", values.moment), self.given("max_results", _most)
        wanted = self.given("person_record_id", str)
        with snapshot():
            found = [entry for entry in pfif.entries() if _is_in(entry, least, wanted)]
            found = found[: most or USUAL]
            if wanted and not found:
                raise Http404
            content = b"".join(document(found, pfif.published(found), our_domain()))
        note = partial(
            reads.note_file, "individual", by=current_actor(), rows=len(found), file_format="PFIF"
        )
        attempts.repeated(note)
        return response_of(File(content, MEDIA_TYPE, "persons.xml"))


def _is_in(entry: Entry, least: datetime | None, wanted: str | None) -> bool:
    """Compare to the second, as the feed writes moments: who asks again misses nothing."""
    is_new = least is None or entry.at.astimezone(UTC).replace(microsecond=0) >= least
    return is_new and wanted in {None, record_id(entry.individual_id, our_domain())}


def _most(text: str) -> int:
    number = values.number(text)
    if not 1 <= number <= MOST:
        message = f"Ask for 1 to {MOST} records at a time."
        raise ValidationError(message, code="max_results")
    return number
