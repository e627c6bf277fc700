"""What staff see when the database is busy: a page that says so, and never a fault."""

import logging
import sys
from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import SimpleTemplateResponse
from django.views.defaults import server_error

from cases.actions import attempts

log = logging.getLogger(__name__)
RETRY_AFTER = "5"


def patient(view: Callable[..., Any]) -> Callable[..., Any]:
    """Try a view again that lost against another transaction; then say that it is busy.

    The page is rendered here: a template asks the database too.
    """

    @wraps(view)
    def tried(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return attempts.repeated(partial(_rendered, view, request, *args, **kwargs))
        except (OperationalError, InterfaceError) as fault:
            return _busy(request, fault)

    return tried


def _rendered(view: Callable[..., Any], request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
    response = view(request, *args, **kwargs)
    return response.render() if isinstance(response, SimpleTemplateResponse) else response


def fault(request: HttpRequest) -> HttpResponse:
    """Answer for a fault anywhere on the site: a database that does not answer is none of ours."""
    error = sys.exception() if hasattr(sys, "exception") else sys.exc_info()[1]
    if isinstance(error, OperationalError | InterfaceError):
        return _busy(request, error)
    return server_error(request)


def _busy(request: HttpRequest, error: Exception) -> HttpResponse:
    log.warning("The database was too busy: %s", type(error.__cause__).__name__)
    is_known = isinstance(error, OperationalError) and attempts.is_busy(error)
    response = render(request, "admin/busy.html", {"is_known": is_known}, status=503)
    response["Retry-After"] = RETRY_AFTER
    return response
