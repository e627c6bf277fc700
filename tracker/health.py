"""What a load balancer or a supervisor asks: whether we live, whether we can serve."""

import logging

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

log = logging.getLogger(__name__)


@require_safe
def live(_request: HttpRequest) -> JsonResponse:
    """Answer without touching anything: if this fails, restart the process."""
    return JsonResponse({"status": "ok"})


@require_safe
def ready(_request: HttpRequest) -> JsonResponse:
    """Ask the database for one value: if this fails, send the traffic elsewhere."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        log.exception("The database does not answer")
        headers = {"Retry-After": "5"}
        return JsonResponse({"status": "database unavailable"}, status=503, headers=headers)
    return JsonResponse({"status": "ok"})
