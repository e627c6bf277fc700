"""Serve the tracker to the network, after saying where it is and how to sign in."""

import errno
import json
import os
import socket
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, SystemCheckError
from django.db import DEFAULT_DB_ALIAS, DatabaseError

from cases.access.gate import System, acting_as
from cases.models import User

PLACES = {
    "Dashboard": "dashboard/",
    "Admin": "admin/",
    "API": "api/v1/",
    "API docs": "api/v1/docs/",
}
UNSERVED = ["redoc", "rest_framework", "*.map"]  # static files of packages that no page uses
DRAIN_SECONDS = "30"
DEMO_ACCOUNTS = "@demo.example"


class Command(BaseCommand):
    """Collect the static files, say the addresses, then become the web server."""

    help = "Serve the tracker at HOST and PORT until stopped."

    def handle(self, *_args: Any, **_options: Any) -> None:
        refuse_unsafe()
        refuse_taken_port(settings.HOST, settings.PORT)
        self.check(tags=[checks.Tags.database], databases=[DEFAULT_DB_ALIAS])
        call_command("collectstatic", ignore_patterns=UNSERVED, interactive=False, verbosity=0)
        base = base_url(settings.HOST, settings.PORT, has_tls=bool(settings.TLS_CERTIFICATE))
        for name, place in PLACES.items():
            self.stdout.write(f"{name + ':':<11}{base}{place}")
        for line in how_to_sign_in(settings.DATA_DIR / "credentials.json"):
            self.stdout.write(line)
        self.stdout.flush()
        os.execv(sys.executable, [sys.executable, "-m", "granian", *server_arguments()])  # noqa: S606 (no shell wanted)


def refuse_unsafe() -> None:
    """Stop what is fit for a demonstration only, in the sentences of each fault."""
    try:
        call_command("check", tags=["startup"], deploy=True, fail_level="WARNING", verbosity=0)
    except SystemCheckError as faults:
        raise CommandError(str(faults)) from None
    if settings.DEMO:
        return
    if settings.HTTPS and not (settings.BEHIND_PROXY or settings.TLS_CERTIFICATE):
        message = (
            "HTTPS=1 needs somebody to speak TLS: set BEHIND_PROXY=1 where a proxy does, "
            "or TLS_CERTIFICATE and TLS_KEY."
        )
        raise CommandError(message)
    if has_demo_accounts():
        message = (
            "This database holds accounts of the demonstration, whose passwords lie in "
            "credentials.json. Start with an empty database, or with DEMO=1."
        )
        raise CommandError(message)


def has_demo_accounts() -> bool:
    """Look for users of the demonstration who could sign in.

    :raises CommandError: where there is no table of users yet.
    """
    try:
        with acting_as(System("looking for demonstration accounts")):
            demo = User.objects.filter(email__iendswith=DEMO_ACCOUNTS, is_active=True)
            return demo.exists()
    except DatabaseError:
        message = "The database is not ready. Run: python manage.py migrate"
        raise CommandError(message) from None


def refuse_taken_port(host: str, port: int) -> None:
    """Raise now, in one sentence, what the server would say later in a traceback."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            message = f"Port {port} on {host} is in use: stop what uses it, or set PORT to another."
            raise CommandError(message) from None
        message = f"Cannot serve at {host} port {port}: {error.strerror}. Set HOST and PORT."
        raise CommandError(message) from None


def base_url(host: str, port: int, *, has_tls: bool = False) -> str:
    """Return where a browser on this machine finds the tracker."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104 (compared only)
    bracketed = f"[{shown}]" if ":" in shown and not shown.startswith("[") else shown
    return f"{'https' if has_tls else 'http'}://{bracketed}:{port}/"


def how_to_sign_in(credentials: Path) -> list[str]:
    """Return the demo accounts, without their passwords: a terminal keeps what it shows."""
    if not credentials.exists():
        return ["Sign in with an account that an administrator has made for you."]
    actors = json.loads(credentials.read_text())["actors"]
    accounts = [f"  {actor['email']}  ({actor['role']})" for actor in actors]
    return [f"Sign in with the passwords and tokens in {credentials}:", *accounts]


def server_arguments() -> list[str]:
    """Return granian's command line. WSGI: under ASGI, synchronous Django leaks connections."""
    bind = ["--host", settings.HOST, "--port", str(settings.PORT)]
    size = ["--workers", str(settings.WORKERS), "--blocking-threads", str(settings.THREADS)]
    life = ["--workers-kill-timeout", DRAIN_SECONDS, "--respawn-failed-workers"]
    tls = ["--ssl-certificate", settings.TLS_CERTIFICATE, "--ssl-keyfile", settings.TLS_KEY,
           "--ssl-protocol-min", "tls1.2"] if settings.TLS_CERTIFICATE else []  # fmt: skip
    module, _, name = settings.WSGI_APPLICATION.rpartition(".")
    return ["--interface", "wsgi", "--no-ws", *bind, *size, *life, *tls, f"{module}:{name}"]
