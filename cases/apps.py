"""Tells Django of the application and of its admin site."""

from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin.apps import SimpleAdminConfig
from django.core import checks
from django.utils.translation import gettext_lazy


class CasesConfig(AppConfig):
    name = "cases"
    verbose_name = gettext_lazy("Return cases")

    def ready(self) -> None:
        checks.register(import_module("cases.models.checks").check_models)
        checks.register(import_module("cases.access.doors").check_addresses, checks.Tags.urls)
        row_security = import_module("cases.access.postgres.checks").check_row_security
        checks.register(row_security, checks.Tags.database)
        import_module("cases.exchange.sources").come_from("cases.api.sources.opened")
        sqlite = import_module("cases.models.sqlite")
        checks.register(sqlite.check_sqlite, checks.Tags.database)


class TrackerAdminConfig(SimpleAdminConfig):
    """Registers our own admin classes and no others.

    Django's discovery would import those of every library; one that builds a form on users while
    it is imported asks for rows when nobody acts yet, and the gate refuses.
    """

    default_site = "cases.admin.site.TrackerAdminSite"

    def ready(self) -> None:
        super().ready()
        import_module("cases.admin")
        checks.register(import_module("cases.admin.checks").check_admins, checks.Tags.admin)
