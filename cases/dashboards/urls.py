"""Addresses of the dashboards."""

from django.urls import path

from cases.dashboards import (
    caseload,
    discrepancies,
    figures,
    methodology,
    outstanding,
    overview,
    returns,
)

app_name = "dashboards"
urlpatterns = [
    path("", overview.show, name="overview"),
    path("outstanding/", outstanding.show, name="outstanding"),
    path("returns/", returns.show, name="returns"),
    path("caseload/", caseload.show, name="caseload"),
    path("figures/<str:figure>/", figures.show, name="figure"),
    path("discrepancies/", discrepancies.show, name="discrepancies"),
    path("methodology/", methodology.show, name="methodology"),
]
