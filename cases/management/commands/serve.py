"""Serve the tracker to the network, after saying where it is and how to sign in."""

import errno
import json
import os
import socket
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

PLACES = {
    "Dashboard": "dashboard/",
    "Admin": "admin/",
    "API": "api/v1/",
    "API docs": "api/v1/docs/",
}
UNSERVED = ["redoc", "rest_framework", "*.map"]  # static files of packages that no page uses
DRAIN_SECONDS = "30"


class Command(BaseCommand):
    """Collect the static files, say the addresses, then become the web server."""

    help = "Serve the tracker at HOST and PORT until stopped."

    def handle(self, *_args: Any, **_options: Any) -> None:
        refuse_taken_port(settings.HOST, settings.PORT)
        call_command("collectstatic", ignore_patterns=UNSERVED, interactive=False, verbosity=0)
        base = base_url(settings.HOST, settings.PORT)
        for name, place in PLACES.items():
            self.stdout.write(f"{name + ':':<11}{base}{place}")
        for line in how_to_sign_in(settings.DATA_DIR / "credentials.json"):
            self.stdout.write(line)
        self.stdout.flush()
        os.execv(sys.executable, [sys.executable, "-m", "granian", *server_arguments()])  # noqa: S606 (no shell wanted)


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


def base_url(host: str, port: int) -> str:
    """Return where a browser on this machine finds the tracker."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104 (compared only)
    bracketed = f"[{shown}]" if ":" in shown and not shown.startswith("[") else shown
    return f"http://{bracketed}:{port}/"


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
    module, _, name = settings.WSGI_APPLICATION.rpartition(".")
    return ["--interface", "wsgi", "--no-ws", *bind, *size, *life, f"{module}:{name}"]
