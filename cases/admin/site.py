"""The staff's site."""

# ruff: noqa: ARG002 - the signatures are Django's

from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import PasswordChangeView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse

from cases.access.gate import current_actor
from cases.actions import organisations
from cases.admin import finding, navigation, work
from cases.models import User


class DescribedChoices(AutocompleteJsonView):
    """Choices as each admin describes them: a case number with its names."""

    model_admin: Any

    def get_queryset(self) -> Any:
        return self.model_admin.described(super().get_queryset())

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        return {"id": str(getattr(obj, to_field_name)), "text": self.model_admin.describe(obj)}


class OwnPasswordForm(PasswordChangeForm):
    """Changes one's own password through the action."""

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 - Django's
        user = User.objects.get(pk=self.user.pk)
        password = self.cleaned_data["new_password1"]
        self.user = organisations.set_password(user, by=current_actor(), password=password)
        return self.user


class TrackerAdminSite(AdminSite):
    site_header = "Return case tracker"
    site_title = "Return case tracker"
    index_title = "Your work"
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
            "title": f"Search for “{asked}”" if asked else "Search",
            "found": finding.find(asked),
        }
        return TemplateResponse(request, "admin/find.html", context)

    def autocomplete_view(self, request: HttpRequest) -> Any:
        return DescribedChoices.as_view(admin_site=self)(request)

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Change one's own password, through the action."""
        view = PasswordChangeView.as_view(
            form_class=OwnPasswordForm,
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
        return [path("find/", self.admin_view(self.find), name="find"), *theirs]
