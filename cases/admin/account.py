"""One's own account: where one is signed in, and the second factor."""

from typing import cast
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.access.gate import current_actor
from cases.access.middleware import SECOND_FACTOR
from cases.actions import factors, sessions, sign_in, summaries
from cases.actions.throttling import Throttled
from cases.admin.sign_in import (
    SECRET,
    CodeForm,
    NewFactor,
    address_of,
    new_factor,
    page,
    posted,
    shown_codes,
    throttled,
)
from cases.models import User
from cases.models.sessions import id_of
from cases.queries import factors as states, sessions as lists


class ProofForm(forms.Form):
    """Asks again who it is: a screen left alone must not be enough."""

    proof = forms.CharField(
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: object, has_factor: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        proof = self.fields["proof"]
        proof.label = _("Your present code") if has_factor else _("Your password")
        if has_factor:
            proof.help_text = _("Of the app you have used so far, or a recovery code.")


class NewFactorForm(ProofForm):
    code = CodeForm.base_fields["code"]

    def __init__(self, *args: object, has_factor: bool, **kwargs: object) -> None:
        super().__init__(*args, has_factor=has_factor, **kwargs)
        self.fields["code"].label = _("The new app's code")


def show(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """Show where one is signed in, and how the second factor stands."""
    context = {
        "title": _("Your account"),
        "factor": states.state_of(current_actor().user_id),
        "has_email": not _myself(request).has_opted_out,
        "has_weekly_email": _myself(request).has_weekly_email,
        "sends_mail": settings.SENDS_MAIL,
        "sessions": lists.of_user(current_actor().user_id, this=this_session(request)),
    }
    return page(site, request, "admin/account.html", context)


def end_session(site: AdminSite, request: HttpRequest, session_id: UUID) -> HttpResponse:  # noqa: ARG001
    """End one of one's own sessions."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        sessions.end(_myself(request), by=current_actor(), session_id=session_id)
    except ValidationError as refusal:
        messages.warning(request, refusal.messages[0])
    else:
        messages.success(request, _("The session has ended."))
    return HttpResponseRedirect(reverse("admin:account"))


def end_others(site: AdminSite, request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """End all of one's own sessions but this one."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    sessions.end_all(_myself(request), by=current_actor(), spare=this_session(request))
    messages.success(request, _("You are signed out everywhere else."))
    return HttpResponseRedirect(reverse("admin:account"))


def choose_email(site: AdminSite, request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Take the daily e-mail, or leave it."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    is_wanted = request.POST.get("daily_email") == "yes"
    summaries.choose(_myself(request), by=current_actor(), is_wanted=is_wanted)
    said = _("You get the daily e-mail.") if is_wanted else _("You get no daily e-mail any more.")
    messages.success(request, said)
    return HttpResponseRedirect(reverse("admin:account"))


def choose_weekly_email(site: AdminSite, request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Take the weekly e-mail, or leave it."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    is_wanted = request.POST.get("weekly_email") == "yes"
    summaries.choose_weekly(_myself(request), by=current_actor(), is_wanted=is_wanted)
    said = _("You get the weekly e-mail.") if is_wanted else _("You get no weekly e-mail any more.")
    messages.success(request, said)
    return HttpResponseRedirect(reverse("admin:account"))


def factor(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """Set up an authenticator app, or move to another."""
    user = _myself(request)
    has_factor = sign_in.has_factor(user)
    new = new_factor(request, user)
    form = NewFactorForm(posted(request), has_factor=has_factor)
    context = {
        "title": _("Set up an authenticator app"),
        "form": form,
        "new": new,
        "has_factor": has_factor,
    }
    template = "admin/account_factor.html"
    if request.method == "POST" and form.is_valid():
        try:
            codes = _moved(request, user, form, new)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages[0])
        except Throttled as refusal:
            return throttled(site, request, template, context, refusal)
        else:
            return shown_codes(site, request, codes, reverse("admin:account"))
    return page(site, request, template, context)


def _moved(request: HttpRequest, user: User, form: forms.Form, new: NewFactor) -> list[str]:
    sign_in.confirm(user, proof=form.cleaned_data["proof"], address=address_of(request))
    codes = factors.add(
        user,
        by=current_actor(),
        sealed=new.sealed,
        code=form.cleaned_data["code"],
        spare=this_session(request),
    )
    del request.session[SECRET]
    request.session[SECOND_FACTOR] = True
    return codes


def recovery_codes(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """Make new recovery codes; those before are no longer good."""
    user = _myself(request)
    if not sign_in.has_factor(user):
        return HttpResponseRedirect(reverse("admin:account_factor"))
    form = ProofForm(posted(request), has_factor=True)
    context = {"title": _("Make new recovery codes"), "form": form}
    template = "admin/account_codes.html"
    if request.method == "POST" and form.is_valid():
        try:
            proof = form.cleaned_data["proof"]
            sign_in.confirm(user, proof=proof, address=address_of(request))
        except ValidationError as refusal:
            form.add_error("proof", refusal.messages[0])
        except Throttled as refusal:
            return throttled(site, request, template, context, refusal)
        else:
            codes = factors.renew_codes(user, by=current_actor())
            return shown_codes(site, request, codes, reverse("admin:account"))
    return page(site, request, template, context)


def this_session(request: HttpRequest) -> UUID | None:
    """Give the row of the session that asks."""
    key = request.session.session_key
    return id_of(key) if key else None


def _myself(request: HttpRequest) -> User:
    return lists.account_of(cast("User", request.user).pk)
