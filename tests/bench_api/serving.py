"""The servers that are compared: two workers each, all up at once."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

OURS, DRF, NINJA = "the tracker", "plain DRF", "django-ninja"
LIMIT, DATASETTE = "the limit", "Datasette"
PEERS = Path(".cache/peers")
PYTHON = PEERS / "bin/python"
_REQUIREMENTS = Path("tests/peers/requirements.txt")
_PATIENCE = 60.0


@dataclass(frozen=True)
class Server:
    """One of those compared, and how long it took until it answered."""

    name: str
    port: int
    process: "subprocess.Popen[bytes]"
    started_in: float

    def memory(self) -> float:
        """Give the resident memory of its processes, in MiB: proportional, of pages shared."""
        return sum(_proportional(pid) for pid in _family(self.process.pid)) / 1024


@dataclass(frozen=True)
class Contestant:
    """How one is started: ``{port}`` in its command is its own."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)


def contestants(on: str) -> Iterator[Contestant]:
    """Give those that serve the rows of one kind of database."""
    yield Contestant(OURS, _granian("tracker.wsgi", sys.executable, threads=2))
    for name, module in ((DRF, "tests.peers.drf"), (NINJA, "tests.peers.ninja")):
        yield Contestant(name, _gunicorn(module), {"DJANGO_SETTINGS_MODULE": ""})
    if on == "postgres":
        yield Contestant(LIMIT, _granian("tests.peers.limit", sys.executable, threads=1))
    else:
        yield Contestant(DATASETTE, _datasette())


def _granian(module: str, python: str, *, threads: int) -> list[str]:
    return [
        python, "-m", "granian", "--interface", "wsgi", "--no-ws", "--workers", "2",
        "--blocking-threads", str(threads), "--port", "{port}", "--log-level", "error",
        f"{module}:application",
    ]  # fmt: skip


def _gunicorn(module: str) -> list[str]:
    """Serve as most projects do: two synchronous workers."""
    return [
        str(PYTHON), "-m", "gunicorn", "--workers", "2", "--bind", "127.0.0.1:{port}",
        "--log-level", "error", f"{module}:application",
    ]  # fmt: skip


def _datasette() -> list[str]:
    return [
        str(PYTHON), "-m", "datasette", "serve", "{database}", "--host", "127.0.0.1",
        "--port", "{port}", "--setting", "max_returned_rows", "200",
    ]  # fmt: skip


def install_peers() -> None:
    """Install what is compared, apart from what the tracker needs."""
    wanted = _REQUIREMENTS.read_text()
    noted = PEERS / "installed.txt"
    if noted.exists() and noted.read_text() == wanted:
        return
    subprocess.run([sys.executable, "-m", "venv", PEERS], check=True)
    subprocess.run(
        [PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "-r", _REQUIREMENTS],
        check=True,
    )
    noted.write_text(wanted)


@contextmanager
def served(on: str, environment: Mapping[str, str]) -> Iterator[dict[str, Server]]:
    """Start all, one after the other, so that none waits for another's start."""
    up: dict[str, Server] = {}
    try:
        for one in contestants(on):
            up[one.name] = _start(one, environment)
        yield up
    finally:
        for server in up.values():
            server.process.terminate()
        for server in up.values():
            server.process.wait(30)


def _start(one: Contestant, environment: Mapping[str, str]) -> Server:
    port = _free_port()
    database = str(Path(environment["DATA_DIR"]) / "tracker.sqlite3")
    command = [part.format(port=port, database=database) for part in one.command]
    began = time.perf_counter()
    process = subprocess.Popen(
        command, env={**environment, **one.environment}, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=None if one.name == OURS else subprocess.DEVNULL,
    )  # fmt: skip
    while not _answers(port):
        if process.poll() is not None or time.perf_counter() - began > _PATIENCE:
            sys.exit(f"{one.name} did not come up at port {port}.")
        time.sleep(0.01)
    return Server(one.name, port, process, time.perf_counter() - began)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _answers(port: int) -> bool:
    """Ask for anything: who listens may not be ready yet."""
    with socket.socket() as tried:
        tried.settimeout(5)
        if tried.connect_ex(("127.0.0.1", port)):
            return False
        try:
            tried.sendall(b"GET /health/live/ HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
            return tried.recv(12).startswith(b"HTTP/1.")
        except OSError:
            return False


def _family(pid: int) -> list[int]:
    """Give a process and all that it started."""
    told = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True
    )
    children: dict[int, list[int]] = {}
    for line in told.stdout.splitlines():
        child, parent = map(int, line.split())
        children.setdefault(parent, []).append(child)
    family, wanted = [], [pid]
    while wanted:
        family.append(wanted.pop())
        wanted += children.get(family[-1], [])
    return family


def _proportional(pid: int) -> int:
    held = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.M)
    return int(held[1]) if held else 0


def versions() -> dict[str, str]:
    """Say what was compared, each by its version."""
    told = subprocess.run(
        [PYTHON, "-m", "pip", "freeze", "--disable-pip-version-check"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    known = dict(line.split("==", 1) for line in told.stdout.splitlines() if "==" in line)
    wanted = ("Django", "djangorestframework", "django-ninja", "datasette", "gunicorn")
    return {name: known[name] for name in wanted} | {"wrk": str(shutil.which("wrk"))}


def processor() -> str:
    """Name the machine's processor and how many of it there are."""
    named = re.search(r"^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text(), re.M)
    return f"{os.cpu_count()} × {named[1] if named else 'a processor'}"
