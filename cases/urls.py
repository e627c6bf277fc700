"""Addresses of the faces."""

from django.urls import include, path

urlpatterns = [
    path("api/v1/", include("cases.api.urls")),
    path("dashboard/", include("cases.dashboards.urls")),
]
