"""An installation as its users start it: `migrate`, `demo`, `serve`; killed by its process id."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests import postgres
from tests.serving import ROOT, STOP_SECONDS, free_port, wait_for
from tests.trust.calls import Caller, Tally
from tests.trust.stores import ORIGIN, Postgres, Sqlite, Store


class Installation:
    """A copy of the installation made ready, for one part, and its server."""

    def __init__(
        self, part: str, folder: Path, store: Store, further: Mapping[str, str] | None = None
    ) -> None:
        self.part, self.folder, self.store = part, folder, store
        self._further = dict(further or {})
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.tally = Tally()
        self._server: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """The settings of the installation, and nothing of the tests'."""
        here = {"DATA_DIR": str(self.folder), "PORT": str(self.port), "HOST": "127.0.0.1"}
        kept = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
        named = {"ENV_FILE": "", "DEMO": "1", "LOG_LEVEL": "ERROR"}
        return kept | named | here | self.store.environment(self.part) | self._further

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    def manage(self, *command: str, **further: str) -> subprocess.CompletedProcess[str]:
        """Run a command as an operator would."""
        return subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT, env=self.environment | further,
            check=False, capture_output=True, text=True,
        )  # fmt: skip

    def actor(self, key: str) -> dict[str, Any]:
        actors = json.loads((self.folder / "credentials.json").read_text())["actors"]
        found: dict[str, Any] = next(actor for actor in actors if actor["key"] == key)
        return found

    def caller(self, key: str = "a-caseworker") -> Caller:
        """Give a connection of its own to whoever calls."""
        return Caller(self.url, self.actor(key)["token"], self.tally)

    def change(self, statement: str) -> None:
        """Write past the application: for time that is to pass, and nothing else."""
        self.store.change(self.part, statement)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Read the database from outside."""
        return self.store.rows(self.part, query)

    def start(self) -> None:
        """Serve, in a process group of its own, so that all of it can be killed at once."""
        with self.log.open("ab") as log:
            self._server = subprocess.Popen(
                [sys.executable, "manage.py", "serve"],
                cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        wait_for(f"{self.url}/health/ready/", self._server)

    def kill(self) -> None:
        """Kill the server and its workers in one stroke; they get no chance to tidy up."""
        assert self._server is not None
        os.killpg(self._server.pid, signal.SIGKILL)
        self._server.wait(STOP_SECONDS)
        while _is_group_alive(self._server.pid):
            time.sleep(0.01)

    def stop(self) -> None:
        """End the server as an operator would; what does not end in time is killed."""
        if self._server is None or self._server.poll() is not None:
            return
        self._server.send_signal(signal.SIGTERM)
        try:
            self._server.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()


def _is_group_alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


class Ground:
    """A demonstration installation made ready once; each part is tried on a copy of it."""

    def __init__(self, folder: Path, store: Store) -> None:
        self.store, self._folder = store, folder
        self._prepare()

    def _prepare(self) -> None:
        origin = Installation(ORIGIN, self._folder / ORIGIN, self.store)
        origin.folder.mkdir()
        finish(origin.manage("migrate", "--no-input", "-v0", **self.store.ownership(ORIGIN)))
        finish(origin.manage("demo"))

    @contextmanager
    def part(self, name: str, further: Mapping[str, str]) -> Iterator[Installation]:
        """Serve a fresh copy, under further settings, until the block ends."""
        folder = self._folder / name
        shutil.copytree(self._folder / ORIGIN, folder)
        self.store.copy(name)
        installation = Installation(name, folder, self.store, further)
        try:
            installation.start()
            yield installation
        finally:
            installation.stop()


def finish(done: subprocess.CompletedProcess[str]) -> None:
    """Leave with the words of a command that failed."""
    if done.returncode:
        sys.exit(f"{done.args} failed: {done.stderr[-2000:]}")


@contextmanager
def ground(database: str) -> Iterator[Ground]:
    """Make an installation on `sqlite` or `postgres` ready, and take it away at the end."""
    with tempfile.TemporaryDirectory(prefix="tracker-trust-") as name:
        folder = Path(name)
        store = _store(database, folder)
        try:
            yield Ground(folder, store)
        finally:
            store.close()


def _store(database: str, folder: Path) -> Store:
    if database == "sqlite":
        return Sqlite(folder)
    binaries = postgres.find_binaries()
    if binaries is None:
        sys.exit(postgres.NONE_FOUND)
    return Postgres(folder, binaries)
