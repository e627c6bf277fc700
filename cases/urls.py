"""Addresses of the faces."""

from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="dashboards:overview"), name="home"),
    path("api/v1/", include("cases.api.urls")),
    path("dashboard/", include("cases.dashboards.urls")),
]
