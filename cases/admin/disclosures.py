"""Who has learned of a person: what was opened, told, read and taken out."""

from uuid import UUID

from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cases.access.gate import current_actor, require
from cases.access.roles import Act
from cases.admin import links
from cases.admin.sign_in import page
from cases.models import Individual
from cases.queries.consents import disclosures, require_disclosures


def show(site: AdminSite, request: HttpRequest, person: UUID) -> HttpResponse:
    """List the disclosures of one person, the latest first."""
    require(current_actor(), Act.READ_CASES)
    require_disclosures()
    row = Individual.objects.filter(
        pk=person, organisation=current_actor().organisation_id
    ).first()  # fmt: skip
    if row is None:
        raise Http404
    context = {
        "title": _("Who has learned of this person"),
        "original": row,
        "back": links.url_of(row),
        "rows": disclosures(row),
    }
    return page(site, request, "admin/disclosures.html", context)
