"""Addresses of the dashboards."""

from django.urls import path

from cases.dashboards import (
    caseload,
    chart_files,
    discrepancies,
    figures,
    files,
    kept_pages,
    knowledge,
    methodology,
    outstanding,
    overview,
    reconciliation,
    returns,
    wall,
)

app_name = "dashboards"
urlpatterns = [
    path("", overview.show, name="overview"),
    path("outstanding/", outstanding.show, name="outstanding"),
    path("outstanding/<slug:chart>.svg", chart_files.show, name="chart"),
    path("returns/", returns.show, name="returns"),
    path("caseload/", caseload.show, name="caseload"),
    path("figures/<str:figure>/", figures.show, name="figure"),
    path("discrepancies/", discrepancies.show, name="discrepancies"),
    path("reconciliation/", reconciliation.show, name="reconciliation"),
    path("changes/", knowledge.show, name="changes"),
    path("changes/seen/", knowledge.see, name="changes_seen"),
    path("files/<str:table>/", files.take, name="file"),
    path("kept/", kept_pages.show, name="kept"),
    path("kept/views/", kept_pages.save, name="save_view"),
    path("kept/views/<str:view>/", kept_pages.open_view, name="view"),
    path("kept/views/<str:view>/change/", kept_pages.change_view, name="change_view"),
    path("kept/snapshots/", kept_pages.freeze, name="freeze"),
    path("kept/snapshots/<str:frozen>/", kept_pages.reopen, name="snapshot"),
    path("kept/snapshots/<str:frozen>/discard/", kept_pages.discard, name="discard_snapshot"),
    path("wall/", wall.show, name="wall"),
    path("methodology/", methodology.show, name="methodology"),
]
