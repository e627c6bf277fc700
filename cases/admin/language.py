"""The language of the pages, chosen in the head of every one."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.utils.translation import gettext as _

from cases.access.gate import current_actor
from cases.actions import organisations
from cases.admin.sign_in import safe_next
from cases.queries.sessions import account_of


def choose(request: HttpRequest) -> HttpResponse:
    """Keep the language with the user; before sign-in in the browser."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    language = request.POST.get("language", "")
    response = HttpResponseRedirect(safe_next(request))
    if language not in dict(settings.LANGUAGES):
        messages.warning(request, _("There is no such language. Choose one of those offered."))
    elif request.user.is_authenticated:
        user = account_of(request.user.pk)
        organisations.choose_language(user, by=current_actor(), language=language)
    else:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite="Lax",
        )
    return response
