"""The addresses of the whole site; those of the tracker itself are in `cases.urls`."""

from django.contrib import admin
from django.urls import include, path

from tracker import health

handler500 = "cases.admin.busy.fault"
urlpatterns = [
    path("health/live/", health.live, name="health-live"),
    path("health/ready/", health.ready, name="health-ready"),
    path("admin/", admin.site.urls),
    path("", include("cases.urls")),
]
