"""Files on their way to a reader: saved, or shown in a frame; never a page of this site."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from cases.queries.attachments import File

# Should a browser open one all the same, it opens in a sandbox and may load nothing.
POLICY = "default-src 'none'; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
# A browser's own viewer of documents does not open in a sandbox. What could run was refused when
# the file was taken in (`cases.rules.documents`).
FRAMED = (
    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'"
)


def response_of(file: File, *, is_framed: bool = False) -> HttpResponse:
    """Hand out a file under its name (RFC 6266); headers of every page come on top.

    ``is_framed`` lets a page of this site show it in a frame.
    """
    kind = file.media_type
    disposition = content_disposition_header(as_attachment=not is_framed, filename=file.name)
    return HttpResponse(
        file.content,
        content_type=f"{kind}; charset=utf-8" if kind.startswith("text/") else kind,
        headers={
            "Content-Disposition": str(disposition),
            "Content-Security-Policy": FRAMED if is_framed else POLICY,
            "X-Frame-Options": "SAMEORIGIN" if is_framed else "DENY",
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )
