"""A worker of its own, `manage.py work`, that is killed with `kill -9` and started again."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable

from tests.serving import ROOT, STOP_SECONDS
from tests.trust.installation import Installation
from tests.trust.scale import scaled

KILLS = scaled(20)
APART = {"WORKER_IN_SERVER": "0"}
"""The server is not to do the work itself."""
SOONEST, LATEST = 0.1, 4.0
PATIENCE = 600.0
_LONG_AGO = "'2000-01-01 00:00:00'"


def killed_and_resumed(
    installation: Installation,
    chance: random.Random,
    is_done: Callable[[], bool],
    at_last: Callable[[], None] = lambda: None,
) -> tuple[int, int]:
    """Kill the worker at random moments, then let it come to its end.

    Between a death and the next start the ten minutes pass after which a job counts as left: the
    clock of the waiting rows is put back from outside. ``at_last`` is called when the last kill
    is over.

    :returns: how often it was killed with the work not done, and how often of these with a job in
        its hands.
    """
    kills = in_hand = 0
    while kills < KILLS and not is_done():
        worker = started(installation)
        time.sleep(chance.uniform(SOONEST, LATEST))
        kill(worker)
        kills += not is_done()
        in_hand += has_left_a_job(installation)
        let_time_pass(installation)
    at_last()
    worker = started(installation)
    until = time.monotonic() + PATIENCE
    while not is_done() and time.monotonic() < until:
        time.sleep(0.5)
    end(worker)
    return kills, in_hand


def started(installation: Installation) -> subprocess.Popen[bytes]:
    """Start a worker, and wait until it says that it works."""
    path = installation.folder / "worker.log"
    with path.open("wb") as log:
        worker = subprocess.Popen(
            [sys.executable, "-u", "manage.py", "work"],
            cwd=ROOT, env=installation.environment, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    while b"Working" not in path.read_bytes() and worker.poll() is None:
        time.sleep(0.05)
    return worker


def has_left_a_job(installation: Installation) -> bool:
    left = installation.rows("SELECT count(*) FROM cases_queuedjob WHERE state = 'running'")
    return bool(left[0][0])


def kill(worker: subprocess.Popen[bytes]) -> None:
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait(STOP_SECONDS)


def end(worker: subprocess.Popen[bytes]) -> None:
    worker.send_signal(signal.SIGTERM)
    try:
        worker.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        kill(worker)


def let_time_pass(installation: Installation) -> None:
    installation.change(
        f"UPDATE cases_queuedjob SET begun_at = {_LONG_AGO} WHERE state = 'running'"
    )
    installation.change(
        f"UPDATE cases_queuedjob SET run_after = {_LONG_AGO} WHERE state = 'waiting'"
    )
    installation.change(
        f"UPDATE cases_webhookdelivery SET next_at = {_LONG_AGO} WHERE state = 'waiting'"
    )
