"""Signing in: the password, then the code of the second factor, or its first set-up."""

from base64 import b64encode
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import qrcode
from django import forms
from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _, gettext_lazy
from qrcode.image.svg import SvgPathImage

from cases import clock
from cases.access.gate import Actor, System, acting_as
from cases.access.middleware import SECOND_FACTOR
from cases.actions import factors, sign_in
from cases.actions.throttling import Throttled
from cases.models import User
from cases.models.sessions import BROWSER, SIGNING_IN_AS, STARTED
from cases.rules import sessions as browsers
from cases.rules.throttling import caller

NEXT, SECRET = "signing_in_next", "new_factor"


class PasswordForm(forms.Form):
    username = forms.EmailField(
        label=gettext_lazy("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}
        ),
    )


@dataclass(frozen=True)
class NewFactor:
    """A secret not yet confirmed, as a phone reads it and as a person types it."""

    sealed: str
    picture: str
    typed: str


def address_of(request: HttpRequest) -> str:
    """Give the caller's address, as far as it can be believed."""
    meta = request.META
    forwarded = meta.get("HTTP_X_FORWARDED_FOR", "")
    return caller(meta.get("REMOTE_ADDR", ""), forwarded, settings.TRUSTED_PROXIES)


# --- The steps ---


def password_step(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """Ask for e-mail and password."""
    if request.method == "GET" and site.has_permission(request):
        return HttpResponseRedirect(safe_next(request))
    form = PasswordForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            user = sign_in.check_password(
                email=form.cleaned_data["username"],
                password=form.cleaned_data["password"],
                address=address_of(request),
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        except Throttled as refusal:
            return throttled(site, request, "admin/login.html", {"form": form}, refusal)
        else:
            return _after_password(request, user)
    return page(site, request, "admin/login.html", {"form": form})


def _after_password(request: HttpRequest, user: User) -> HttpResponse:
    target = safe_next(request)
    has_factor = sign_in.has_factor(user)
    if not has_factor and not settings.MFA_REQUIRED:
        enter(request, user, second_factor=False)
        return HttpResponseRedirect(target)
    request.session.flush()  # a key from before the password may be known to somebody else
    request.session[SIGNING_IN_AS], request.session[NEXT] = str(user.pk), target
    request.session[BROWSER] = f"{_browser(request)}, has not shown a code"
    return HttpResponseRedirect(
        reverse("admin:sign_in_code" if has_factor else "admin:sign_in_set_up")
    )


def code_step(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """Ask for a code of the app, or a recovery code."""
    user = pending(request)
    if user is None or not sign_in.has_factor(user):
        return HttpResponseRedirect(reverse("admin:login"))
    form = CodeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            code = form.cleaned_data["code"]
            sign_in.check_factor(user, code=code, address=address_of(request))
        except ValidationError as refusal:
            form.add_error("code", refusal)
        except Throttled as refusal:
            return throttled(site, request, "admin/sign_in_code.html", {"form": form}, refusal)
        else:
            target = str(request.session[NEXT])
            enter(request, user, second_factor=True)
            return HttpResponseRedirect(target)
    return page(site, request, "admin/sign_in_code.html", {"form": form})


def set_up_step(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """Lead somebody without a second factor to set one up, before they see anything."""
    user = pending(request)
    if user is None or sign_in.has_factor(user):
        return HttpResponseRedirect(reverse("admin:login"))
    new = new_factor(request, user)
    form = CodeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            with acting_as(Actor.of(user)) as by, transaction.atomic():
                codes = factors.add(user, by=by, sealed=new.sealed, code=form.cleaned_data["code"])
        except ValidationError as refusal:
            form.add_error("code", refusal.messages[0])
        else:
            target = str(request.session[NEXT])
            enter(request, user, second_factor=True)
            with acting_as(Actor.of(user)):
                return shown_codes(site, request, codes, target)
    return page(site, request, "admin/sign_in_set_up.html", {"form": form, "new": new})


# --- What the steps share ---


def pending(request: HttpRequest) -> User | None:
    """Give the user who has shown a password and not yet a code."""
    known = request.session.get(SIGNING_IN_AS)
    if not known:
        return None
    with acting_as(System("signing somebody in")):
        user = User.objects.select_related("organisation").filter(pk=UUID(known)).first()
    return user if user and user.is_staff and user.organisation.is_active else None


def enter(request: HttpRequest, user: User, *, second_factor: bool) -> None:
    """Begin the session of somebody who has shown all that is asked."""
    request.session.flush()
    with transaction.atomic():
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
        sign_in.note_sign_in(user)
    request.session[STARTED] = clock.now().isoformat()
    request.session[BROWSER] = _browser(request)
    if second_factor:
        request.session[SECOND_FACTOR] = True


def _browser(request: HttpRequest) -> str:
    return browsers.family(request.headers.get("User-Agent", ""))


def new_factor(request: HttpRequest, user: User) -> NewFactor:
    """Draw a secret, or give the one drawn for this session before."""
    sealed = request.session.get(SECRET)
    if not sealed:
        sealed = request.session[SECRET] = factors.new_secret()
    address, typed = factors.to_scan(sealed, user)
    fours = [typed[at : at + 4] for at in range(0, len(typed), 4)]
    return NewFactor(sealed, _picture(address), " ".join(fours))


def _picture(text: str) -> str:
    """Draw a QR code as an address that an <img> shows without asking the network."""
    drawn = qrcode.make(text, image_factory=SvgPathImage, box_size=20).to_string()
    return f"data:image/svg+xml;base64,{b64encode(drawn).decode()}"


def posted(request: HttpRequest) -> QueryDict | None:
    """Give what was posted, even if it is nothing: a form that is sent empty has faults."""
    return request.POST if request.method == "POST" else None


def safe_next(request: HttpRequest) -> str:
    """Give the address to go on to, if it is one of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else reverse("admin:index")


def shown_codes(
    site: AdminSite, request: HttpRequest, codes: list[str], target: str
) -> HttpResponse:
    """Show recovery codes, in this answer and never again."""
    context = {"title": _("Keep these recovery codes"), "codes": codes, "target": target}
    return page(site, request, "admin/recovery_codes.html", context)


def throttled(
    site: AdminSite,
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    refusal: Throttled,
) -> HttpResponse:
    """Say how long to wait."""
    context["form"].add_error(None, str(refusal))
    answer = page(site, request, template, context, status=429)
    answer.headers["Retry-After"] = str(refusal.seconds)
    return answer


def page(
    site: AdminSite, request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Render a page of the site that belongs to no model."""
    shared = {"title": _("Sign in"), **site.each_context(request), "next": safe_next(request)}
    request.current_app = site.name
    return TemplateResponse(request, template, {**shared, **context}, status=status)
