"""The staff's site."""

# ruff: noqa: ARG002 - the signatures are Django's

from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import PasswordChangeView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.translation import gettext as _, gettext_lazy

from cases.access.doors import guarded
from cases.access.gate import current_actor
from cases.actions import organisations
from cases.actions.sign_in import check_password, note_sign_out
from cases.actions.throttling import Throttled
from cases.admin import (
    account,
    attempts,
    bulk,
    busy,
    disclosures,
    exports,
    finding,
    imports,
    jobs_page,
    language,
    navigation,
    offers,
    pair_page,
    retention_page,
    sign_in,
    today,
    tokens,
    work,
)
from cases.models import User

OWN_PAGES: tuple[tuple[str, Any, str], ...] = (
    ("account/", account.show, "account"),
    ("account/factor/", account.factor, "account_factor"),
    ("account/recovery-codes/", account.recovery_codes, "account_codes"),
    ("account/sessions/end-others/", account.end_others, "end_other_sessions"),
    ("account/sessions/<uuid:session_id>/end/", account.end_session, "end_session"),
    ("account/daily-email/", account.choose_email, "choose_email"),
    ("account/weekly-email/", account.choose_weekly_email, "choose_weekly_email"),
    ("today/", today.show, "today"),
    ("bulk/<uuid:run_id>/", bulk.show, "bulk"),
    ("exports/", exports.show_all, "exports"),
    ("exports/<uuid:run_id>/", exports.show, "export"),
    ("exports/<uuid:run_id>/content/", exports.content, "export_content"),
    ("imports/", imports.show_all, "imports"),
    ("imports/<uuid:run_id>/", imports.show, "import"),
    ("imports/<uuid:run_id>/result/", imports.result, "import_result"),
    ("offers/", offers.show_all, "offers"),
    ("offers/<uuid:offer_id>/", offers.show, "offer"),
    ("retention/", retention_page.show, "retention"),
    ("disclosures/<uuid:person>/", disclosures.show, "disclosures"),
    ("duplicates/", pair_page.show, "duplicates"),
    ("duplicates/<uuid:pk>/<uuid:other>/", pair_page.pair, "duplicates_pair"),
    ("jobs/", jobs_page.show, "jobs"),
    ("jobs/<uuid:job_id>/again/", jobs_page.again, "job_again"),
    ("tokens/", tokens.show, "tokens"),
    ("tokens/<slug:digest>/revoke/", tokens.revoke, "revoke_token"),
)
"""Pages of no model: their address, their view, their name."""


class DescribedChoices(AutocompleteJsonView):
    """Choices as each admin describes them: a case number with its names."""

    model_admin: Any

    def get_queryset(self) -> Any:
        return self.model_admin.described(super().get_queryset())

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        return {"id": str(getattr(obj, to_field_name)), "text": self.model_admin.describe(obj)}


class OwnPasswordForm(PasswordChangeForm):
    """Changes one's own password through the action; the old one is asked as at the sign-in."""

    def __init__(self, *args: Any, address: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.address = address

    def clean_old_password(self) -> str:
        """Count each guess, and put a wrong one on record."""
        old: str = self.cleaned_data["old_password"]
        try:
            check_password(email=self.user.email, password=old, address=self.address)
        except Throttled as refusal:
            raise ValidationError(str(refusal), code="throttled") from None
        except ValidationError:
            raise ValidationError(
                self.error_messages["password_incorrect"], code="password_incorrect"
            ) from None
        return old

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 - Django's
        user = User.objects.get(pk=self.user.pk)
        password = self.cleaned_data["new_password1"]
        self.user = organisations.set_password(user, by=current_actor(), password=password)
        return self.user


class OwnPasswordView(PasswordChangeView):
    form_class = OwnPasswordForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "address": sign_in.address_of(self.request)}


@guarded
class TrackerAdminSite(AdminSite):
    site_header = gettext_lazy("Return case tracker")
    site_title = gettext_lazy("Return case tracker")
    index_title = gettext_lazy("Your work")
    enable_nav_sidebar = False
    empty_value_display = "–"
    site_url = "/dashboard/"

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        context = super().each_context(request)
        signed_in = context["has_permission"]
        return {
            **context,
            "menu": navigation.menu(self, request) if signed_in else [],
            "is_demo": settings.DEMO,
            "asked": request.GET.get("find", "") if signed_in else "",
        }

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:  # noqa: FBT001, FBT002 - Django's
        inner = super().admin_view(busy.patient(view), cacheable)
        return attempts.watched(inner, view, self.has_permission)

    def index(self, request: HttpRequest, extra_context: Any = None) -> TemplateResponse:
        context = {"work": work.waiting(), **(extra_context or {})}
        return super().index(request, context)

    def app_index(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> Any:
        return HttpResponseRedirect(reverse("admin:index", current_app=self.name))

    def find(self, request: HttpRequest) -> HttpResponse:
        """Search everywhere."""
        asked = request.GET.get("find", "")
        context = {
            **self.each_context(request),
            "title": _("Search for “%(words)s”") % {"words": asked} if asked else _("Search"),
            "found": finding.find(asked),
        }
        return TemplateResponse(request, "admin/find.html", context)

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Ask for the password; the other steps have addresses of their own."""
        return sign_in.password_step(self, request)

    def logout(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Sign out, and let the browser forget what it kept."""
        user = request.user
        answer = super().logout(request, extra_context)
        if user.is_authenticated and not request.user.is_authenticated:
            note_sign_out(user)
            answer.headers["Clear-Site-Data"] = '"*"'
        return answer

    def autocomplete_view(self, request: HttpRequest) -> Any:
        return DescribedChoices.as_view(admin_site=self)(request)

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Change one's own password, through the action."""
        view = OwnPasswordView.as_view(
            success_url=reverse("admin:password_change_done", current_app=self.name),
            extra_context={**self.each_context(request), **(extra_context or {})},
            template_name="registration/password_change_form.html",
        )
        return view(request)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Leave out Django's way from any row to its public page: we have none."""
        theirs = [
            route for route in super().get_urls() if getattr(route, "name", "") != "view_on_site"
        ]
        return [
            path("find/", self.admin_view(self.find), name="find"),
            path("language/", busy.patient(language.choose), name="language"),
            path("login/code/", partial(sign_in.code_step, self), name="sign_in_code"),
            path("login/set-up/", partial(sign_in.set_up_step, self), name="sign_in_set_up"),
            *(
                path(route, self.admin_view(partial(view, self)), name=name)
                for route, view, name in OWN_PAGES
            ),
            *theirs,
        ]
