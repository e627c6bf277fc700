"""What keeps the tracker from being served: settings that are for trying out, or for nobody."""

import ipaddress
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured

TAG = "startup"
SHORTEST_KEY, FEWEST_SIGNS = 50, 10
KNOWN_KEYS = ("django-insecure-", "changeme", "change-me", "secret", "example")


def check_settings(**_options: Any) -> list[checks.CheckMessage]:
    """Give what must not be served; a demonstration may be."""
    if settings.DEMO:
        return []
    return [
        checks.Error(message, hint, id=f"tracker.{number}") for number, message, hint in _faults()
    ]


def refuse_unsafe() -> None:
    """Stop a server that would be unsafe.

    :raises ImproperlyConfigured: with a sentence for each fault.
    """
    found = checks.run_checks(tags=[TAG], include_deployment_checks=True)
    faults = [fault for fault in found if fault.level >= checks.WARNING and not fault.is_silenced()]
    if faults:
        message = " ".join(f"{fault.msg} {fault.hint}" for fault in faults)
        raise ImproperlyConfigured(message)


def _faults() -> Iterator[tuple[str, str, str]]:
    if settings.DEBUG:
        yield (
            "E001",
            "DEBUG is on: it shows what it holds to whoever causes an error.",
            "Unset DEBUG.",
        )
    if is_weak(settings.SECRET_KEY):
        yield (
            "E002",
            "SECRET_KEY is short or known: sessions and tokens could be forged.",
            "Unset it, and one is made and kept in DATA_DIR.",
        )
    if any(map(is_weak, settings.SECRET_KEY_FALLBACKS)):
        yield (
            "E005",
            "SECRET_KEY_FALLBACKS holds a short or known key: it is good for forging still.",
            "Take it out.",
        )
    if is_weak(settings.AUDIT_KEY):
        yield (
            "E006",
            "AUDIT_KEY is short or known: entries of the trail could be added.",
            "Before the first entry is written, unset it, and one is made and kept in DATA_DIR.",
        )
    if "*" in settings.ALLOWED_HOSTS:
        yield (
            "E003",
            "ALLOWED_HOSTS takes any name.",
            "List the names by which browsers and partners reach the tracker.",
        )
    is_open = settings.HTTPS or settings.ALLOW_PLAIN_HTTP or is_loopback(settings.HOST)
    if not is_open:
        yield (
            "E004",
            f"Passwords and tokens would cross the network in the clear at {settings.HOST}.",
            "Set HTTPS=1; where the network is encrypted otherwise, ALLOW_PLAIN_HTTP=1.",
        )


def is_weak(key: str) -> bool:
    """Say whether a key is too short, too plain or one that others use as well."""
    is_known = key.lower().startswith(KNOWN_KEYS)
    return len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_SIGNS or is_known


def is_loopback(host: str) -> bool:
    """Say whether a host is this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
