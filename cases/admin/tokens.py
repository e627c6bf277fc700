"""Tokens of partner systems: administrators make them, see them once, and revoke them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from knox.models import AuthToken

from cases.access.gate import current_actor, require
from cases.access.roles import Act
from cases.actions import tokens
from cases.admin.refusals import ActionMixin
from cases.admin.sign_in import page, posted
from cases.models import User
from cases.queries import tokens as lists
from cases.vocabulary.organisations import Role


class IssueForm(ActionMixin, forms.Form):
    user: Any = forms.ModelChoiceField(
        queryset=None,
        label=gettext_lazy("For the user"),
        help_text=gettext_lazy(
            "A partner system has a user of its own; the token may do what that user may."
        ),
    )
    expiry_days = forms.IntegerField(
        label=gettext_lazy("Good for"),
        min_value=1,
        max_value=tokens.LONGEST_DAYS,
        help_text=gettext_lazy("Days. Short is safer: a new one is quickly made."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        users: Any = self.fields["user"]
        users.queryset = User.objects.filter(is_active=True, role=Role.PARTNER).order_by(
            "name", "email"
        )
        users.label_from_instance = describe
        self.fields["expiry_days"].initial = tokens.usual_days()

    def perform(self, form: Any) -> str:
        return tokens.issue(by=current_actor(), **form.cleaned_data)


def describe(user: User) -> str:
    """Name a user so that two of one name are told apart."""
    return f"{user.name or user.email} – {user.get_role_display()}, {user.email}"


def show(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """List the tokens of one's organisation, and issue one."""
    require(current_actor(), Act.KEEP_TOKENS)
    form = IssueForm(posted(request))
    if request.method == "POST" and form.is_valid():
        # Shown in the answer itself: a redirect would have to keep it somewhere meanwhile.
        context = {
            "title": _("The new token"),
            "token": form.outcome,
            "user_of_token": form.cleaned_data["user"],
        }
        return page(site, request, "admin/token_issued.html", context)
    context = {"title": _("Tokens"), "form": form, "tokens": lists.within_reach()}
    return page(site, request, "admin/tokens.html", context)


def revoke(site: AdminSite, request: HttpRequest, digest: str) -> HttpResponse:
    """Ask, then end a token at once."""
    require(current_actor(), Act.KEEP_TOKENS)
    token = lists.one(digest)
    if token is None:
        raise Http404
    if request.method == "POST":
        row = AuthToken.objects.filter(digest=digest).first()
        if row is not None:  # else somebody was quicker, and it is revoked all the same
            tokens.revoke(row, by=current_actor())
        messages.success(request, _("The token %(prefix)s… is revoked.") % {"prefix": token.prefix})
        return HttpResponseRedirect(reverse("admin:tokens"))
    context = {"title": _("Revoke a token"), "token": token}
    return page(site, request, "admin/token_revoke.html", context)
