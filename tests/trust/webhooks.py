"""A partner's receiver on this machine; the worker that tells it is killed twenty times.

Every change arrives at least once, and a receiver that drops what it has by its id has each once.
"""

import hmac
import json
import random
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from uuid import uuid4

from tests.trust import workers
from tests.trust.figures import Figure, counted
from tests.trust.installation import Installation

KEY = "a-supervisor"
SLOWEST = 0.3
SETTINGS = {
    **workers.APART,
    "WEBHOOK_ALLOWED_HOSTS": "localhost",
    "WEBHOOK_ALLOWED_NETWORKS": "127.0.0.0/8,::1/128",
}


@dataclass
class Receiver:
    """Keeps each delivery once, by its id; counts those that came again."""

    secret: str = ""
    url: str = ""
    kept: dict[str, bytes] = field(default_factory=dict)
    again: int = 0
    otherwise: int = 0
    unsigned: int = 0
    lock: Lock = field(default_factory=Lock)

    def take(self, key: str, at: str, signature: str, body: bytes) -> None:
        """Keep a delivery, or drop it as one that is here."""
        made = hmac.new(self.secret.encode(), f"{at}.".encode() + body, sha256).hexdigest()
        with self.lock:
            self.unsigned += not hmac.compare_digest(f"v1={made}", signature)
            if key in self.kept:
                self.again += 1
                self.otherwise += self.kept[key] != body
            self.kept.setdefault(key, body)

    @property
    def told(self) -> set[str]:
        """Name the rows that it knows of."""
        with self.lock:
            bodies = [json.loads(body) for body in self.kept.values()]
        return {row["id"] for body in bodies for row in body["changes"]}


@contextmanager
def listening(chance: random.Random) -> Iterator[Receiver]:
    """Listen at a port of this machine; answer now at once, now after a while."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            told = self.headers
            receiver.take(
                told["X-Tracker-Delivery"], told["X-Tracker-Timestamp"],
                told["X-Tracker-Signature"], body,
            )  # fmt: skip
            time.sleep(chance.uniform(0, SLOWEST))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    receiver.url = f"http://localhost:{server.server_port}/hook"
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def run(installation: Installation) -> list[Figure]:
    """Write while the worker dies; then let it tell the rest, and compare."""
    seed = random.randrange(10**6)
    print(f"  webhooks: seed {seed}", flush=True)
    chance = random.Random(seed)
    with listening(random.Random(seed + 1)) as receiver:
        body = {"url": receiver.url, "collections": "tasks"}
        receiver.secret = installation.caller(KEY).made("webhooks/", body)["secret"]
        ended, written = Event(), list[str]()
        with ThreadPoolExecutor(1) as pool:
            writing = pool.submit(write, installation, ended, written)
            kills, in_hand = workers.killed_and_resumed(
                installation, chance,
                lambda: is_done(installation, receiver, ended, written), ended.set,
            )  # fmt: skip
            writing.result()
        return [
            counted("webhooks", "worker killed, times", kills),
            counted("webhooks", "… with a job in its hands", in_hand),
            *judged(installation, receiver, written),
        ]


def write(installation: Installation, ended: Event, written: list[str]) -> None:
    """Add tasks, until told to stop."""
    caller = installation.caller(KEY)
    while not ended.is_set():
        headers = {"Idempotency-Key": str(uuid4())}
        written.append(caller.made("tasks/", {"title": f"Told {uuid4()}"}, headers)["id"])
        ended.wait(0.1)


def is_done(
    installation: Installation, receiver: Receiver, ended: Event, written: list[str]
) -> bool:
    """Say whether all that was written is told, and noted as told; before that it goes on."""
    if not ended.is_set():
        return False
    waiting = installation.rows(
        "SELECT count(*) FROM cases_webhookdelivery WHERE state <> 'delivered'"
    )
    return set(written) <= receiver.told and waiting[0][0] == 0


def judged(installation: Installation, receiver: Receiver, written: list[str]) -> list[Figure]:
    """Compare what was written, what the table of deliveries says, and what arrived."""
    rows = installation.rows("SELECT id, state FROM cases_webhookdelivery")
    made = {str(key).replace("-", "") for key, _state in rows}
    got = {key.replace("-", "") for key in receiver.kept}
    kept = {
        "rows written and never told": (len(set(written) - receiver.told), 0),
        "deliveries that never arrived": (len(made - got), 0),
        "deliveries nobody made": (len(got - made), 0),
        "deliveries not noted as delivered": (sum(s != "delivered" for _k, s in rows), 0),
        "deliveries again, with another body": (receiver.otherwise, 0),
        "deliveries with a bad signature": (receiver.unsigned, 0),
    }
    return [
        counted("webhooks", "rows written meanwhile", len(written)),
        counted("webhooks", "deliveries, each id kept once", len(receiver.kept)),
        counted("webhooks", "deliveries that came again, and were dropped", receiver.again),
        *(counted("webhooks", name, found, wanted) for name, (found, wanted) in kept.items()),
    ]
