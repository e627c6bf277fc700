"""Organisations and users."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _, gettext_lazy

from cases.access.actor import AnyActor
from cases.access.gate import current_actor
from cases.access.roles import Act
from cases.actions import factors, organisations, recording, sessions
from cases.admin.base import ActionAdmin
from cases.admin.columns import state
from cases.admin.deeds import Deed
from cases.admin.forms import ActionForm, DeedForm
from cases.models import Organisation, User
from cases.queries.factors import state_of

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PASSWORD_HELP = gettext_lazy("At least 15 characters; a few unrelated words are good.")


def password_field(label: "StrOrPromise", **kwargs: Any) -> forms.CharField:
    """Ask for a password without showing it."""
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
    return forms.CharField(label=label, widget=widget, strip=False, **kwargs)


def set_password(user: User, *, by: AnyActor, version: int, password: str) -> User:
    """Set a password, unless the user was changed since the form was opened."""
    recording.compare(user, version)
    return organisations.set_password(user, by=by, password=password)


def has_no_factor(user: User) -> str:
    """Close a reset where there is nothing to reset."""
    return "" if state_of(user.pk).is_on else _("This user has no second factor.")


def is_not_asked(user: User) -> str:
    """Close the second step of a reset until somebody has taken the first."""
    state = state_of(user.pk)
    if state.is_on and state.reset_asked_at is None:
        return _("Nobody has asked for it yet: it needs two administrators.")
    return has_no_factor(user)


class UserAddForm(ActionForm):
    password = password_field(
        gettext_lazy("Password"),
        required=False,
        help_text=gettext_lazy(
            "At least 15 characters; a few unrelated words are good. "
            "Empty for a partner system: it signs in with a token."
        ),
    )


class PasswordForm(DeedForm):
    password = password_field(gettext_lazy("New password"), help_text=PASSWORD_HELP)


@admin.register(Organisation)
class OrganisationAdmin(ActionAdmin[Organisation]):
    read_act = Act.READ_EVIDENCE
    keep_act = Act.KEEP_ORGANISATIONS
    add_action = staticmethod(organisations.enrol)
    amend_action = staticmethod(organisations.amend)
    list_display = ("name", "key", "kind", "is_active")
    list_filter = ("kind", "is_active")
    search_fields = ("name", "key")
    ordering = ("name",)
    fieldsets = ((None, {"fields": ("name", "key", "kind", "is_active")}),)

    def has_change_permission(self, request: HttpRequest, obj: Organisation | None = None) -> bool:
        is_own = obj is None or obj.pk == current_actor().organisation_id
        return is_own and super().has_change_permission(request, None)


@admin.register(User)
class UserAdmin(ActionAdmin[User]):
    read_act = Act.READ_USERS
    keep_act = Act.KEEP_USERS
    add_form = UserAddForm
    add_action = staticmethod(organisations.add_user)
    amend_action = staticmethod(organisations.amend_user)
    list_display = (
        "__str__",
        "email",
        state("role", gettext_lazy("role")),
        "is_active",
        "last_login",
    )
    list_filter = ("role", "is_active")
    search_fields = ("name", "email")
    ordering = ("name",)
    fieldsets = (
        (None, {"fields": ("name", "email", "role", "is_active")}),
        (
            gettext_lazy("What they may see"),
            {"fields": ("is_cleared_for_restricted", "is_movement_cell")},
        ),
    )
    add_fieldsets = (
        (None, {"fields": ("name", "email", "role", "password")}),
        (
            gettext_lazy("What they may see"),
            {"fields": ("is_cleared_for_restricted", "is_movement_cell")},
        ),
    )
    deeds = (
        Deed(
            name="password",
            label=gettext_lazy("Set a password"),
            intro=gettext_lazy(
                "The user signs in with the new password from now on; other sessions end."
            ),
            act=Act.KEEP_USERS,
            do=set_password,
            form=PasswordForm,
        ),
        Deed(
            name="end-sessions",
            label=gettext_lazy("End all sessions"),
            intro=gettext_lazy(
                "The user is signed out everywhere at the next click. Revoke tokens beside it."
            ),
            act=Act.KEEP_USERS,
            do=sessions.end_all,
        ),
        Deed(
            name="ask-reset",
            label=gettext_lazy("Ask to reset the second factor"),
            intro=gettext_lazy(
                "Speak with the user first, face to face or by a number you know: whoever asks "
                "may be somebody else. Another administrator has to agree within a day."
            ),
            act=Act.KEEP_USERS,
            do=factors.ask_reset,
            closed=has_no_factor,
        ),
        Deed(
            name="reset",
            label=gettext_lazy("Agree to reset the second factor"),
            intro=gettext_lazy(
                "The authenticator app and the recovery codes stop working, all sessions end, "
                "and the user sets up a new app at the next sign-in."
            ),
            act=Act.KEEP_USERS,
            do=factors.reset,
            closed=is_not_asked,
        ),
    )

    def arguments(self, given: Any) -> dict[str, Any]:
        return {**given, "password": given["password"] or None}
