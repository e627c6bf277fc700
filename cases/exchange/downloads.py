"""Files on their way to a reader: saved, never opened as a page of this site."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from cases.queries.attachments import File

# Should a browser open one all the same, it opens in a sandbox and may load nothing.
POLICY = "default-src 'none'; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def response_of(file: File) -> HttpResponse:
    """Hand out a file under its name (RFC 6266); headers of every page come on top."""
    kind = file.media_type
    disposition = content_disposition_header(as_attachment=True, filename=file.name)
    return HttpResponse(
        file.content,
        content_type=f"{kind}; charset=utf-8" if kind.startswith("text/") else kind,
        headers={
            "Content-Disposition": str(disposition),
            "Content-Security-Policy": POLICY,
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )
