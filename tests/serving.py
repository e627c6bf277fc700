"""The product, started as a user would start it: own folder, own port, demo data."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
START_SECONDS = 60
STOP_SECONDS = 30


@dataclass(frozen=True)
class Served:
    """A running tracker and the accounts of its demo."""

    url: str
    credentials: dict[str, Any]

    def actor(self, key: str) -> dict[str, Any]:
        return next(actor for actor in self.credentials["actors"] if actor["key"] == key)

    def get(self, path: str, key: str = "a-caseworker") -> Any:
        """Ask the API as one of the demo's actors."""
        headers = {"Authorization": f"Bearer {self.actor(key)['token']}"}
        request = urllib.request.Request(f"{self.url}{path}", headers=headers)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)


@contextmanager
def served() -> Iterator[Served]:
    """Serve the demo until the block ends; the server is ended by its process id."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        env = os.environ | {"DATA_DIR": folder, "PORT": str(port), "HOST": "127.0.0.1", "DEMO": "1"}
        env.pop("DJANGO_SETTINGS_MODULE", None)
        for command in (["migrate", "--no-input", "-v0"], ["demo", "--if-empty"]):
            subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=env, check=True)
        server = subprocess.Popen(
            [sys.executable, "manage.py", "serve"], cwd=ROOT, env=env, stdout=subprocess.DEVNULL
        )
        try:
            url = f"http://127.0.0.1:{port}"
            wait_for(f"{url}/health/ready/", server)
            yield Served(url, json.loads((Path(folder) / "credentials.json").read_text()))
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(STOP_SECONDS)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers; fail at once if it has ended."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(url, timeout=2).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    message = "The server did not come up."
    raise RuntimeError(message)
