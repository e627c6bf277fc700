"""Tells Django what the project checks before it is served."""

from django.apps import AppConfig
from django.core import checks

from tracker import startup


class TrackerConfig(AppConfig):
    """The project itself; it has no models."""

    name = "tracker"

    def ready(self) -> None:
        checks.register(startup.check_settings, startup.TAG, deploy=True)
