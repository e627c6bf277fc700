"""The way in for a WSGI server."""

import os
from collections.abc import Iterable
from email.message import Message
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

from tracker.headers import HEADERS
from tracker.startup import refuse_unsafe

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")

django_application = get_wsgi_application()
refuse_unsafe()
import_string(settings.WORKER_STARTER)()
KNOWN = frozenset({"", "utf-8", "utf8", "us-ascii", "ascii"})
REFUSAL = (
    b'{"type": "about:blank", "title": "Unsupported Media Type", "status": 415, '
    b'"detail": "Send UTF-8: leave the charset away, or name utf-8.", "errors": []}'
)


def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    """Serve a request, unless its body claims another encoding than UTF-8.

    Django decodes the query string by that claim, by whatever Python knows under the name: with
    “zlib_codec” the request cannot even be made, and no view or middleware could answer.
    """
    said = Message()
    said["Content-Type"] = str(environ.get("CONTENT_TYPE", "")).replace("\n", "")
    if str(said.get_param("charset", "")).lower() in KNOWN:
        return django_application(environ, start_response)
    start_response(
        "415 Unsupported Media Type",
        [
            ("Content-Type", "application/problem+json"),
            ("Content-Length", str(len(REFUSAL))),
            ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
            ("X-Content-Type-Options", "nosniff"),
            *HEADERS.items(),
        ],
    )
    return [REFUSAL]
