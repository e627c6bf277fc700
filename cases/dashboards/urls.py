"""Addresses of the dashboards."""

from django.urls import path

from cases.dashboards import (
    chart_files,
    discrepancies,
    figures,
    methodology,
    outstanding,
    overview,
    reconciliation,
)

app_name = "dashboards"
urlpatterns = [
    path("", overview.show, name="overview"),
    path("outstanding/", outstanding.show, name="outstanding"),
    path("outstanding/<slug:chart>.svg", chart_files.show, name="chart"),
    path("figures/<str:figure>/", figures.show, name="figure"),
    path("discrepancies/", discrepancies.show, name="discrepancies"),
    path("reconciliation/", reconciliation.show, name="reconciliation"),
    path("methodology/", methodology.show, name="methodology"),
]
