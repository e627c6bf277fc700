"""Headers for every page of ours that Django has no setting for."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

REFUSED_FEATURES = ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
HEADERS = {
    # A shared computer must not show a case from its cache after signing out.
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in REFUSED_FEATURES),
    # Granian would write its name.
    "Server": "web",
}


class HeadersMiddleware:
    """Add the headers that nothing behind it has set itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response
