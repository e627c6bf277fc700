"""Which language a page is in."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers

from tracker.limits import API


class LanguageMiddleware:
    """Pages are in the user's language, before sign-in in the browser's; the API is in English.

    Programs compare the API's sentences, and one that runs in a browser's session would get
    others than with its token.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        is_page = not request.path_info.startswith(API)
        language = _chosen(request) if is_page else settings.LANGUAGE_CODE
        with translation.override(language):
            response = self.get_response(request)
        if is_page:
            patch_vary_headers(response, ("Accept-Language",))
        response.headers.setdefault("Content-Language", language)
        return response


def _chosen(request: HttpRequest) -> str:
    return getattr(request.user, "language", "") or translation.get_language_from_request(request)
