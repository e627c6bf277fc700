"""Sends a message to a stranger's server, and reads no more than a few words of its answer.

The address that is checked is the very one that is connected to: a name may lead elsewhere a
moment later.
"""

import socket
import ssl
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from threading import Timer
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError

from cases.rules import webhooks as rules

CONNECT_SECONDS = 5.0
READ_SECONDS = 10.0
WHOLE_SECONDS = 20.0
LONGEST_ANSWER = 4096


class Undelivered(Exception):  # noqa: N818 - what is kept of it is its kind
    """Nothing was sent, or nothing came back: says why in a word or two."""


def post(url: str, body: bytes, headers: dict[str, str]) -> int:
    """Send, and give the status of the answer; a redirect is an answer like any other.

    :raises Undelivered: where there is none.
    """
    parts = _checked(url)
    try:
        line = [_connect(parts)]
    except OSError as fault:
        raise Undelivered(type(fault).__name__) from None
    guard = Timer(WHOLE_SECONDS, _break_off, [line])  # a slow sender would hold the worker
    guard.daemon = True
    guard.start()
    try:
        return _exchange(parts, line, body, headers)
    except (OSError, HTTPException) as fault:
        raise Undelivered(type(fault).__name__) from None
    finally:
        guard.cancel()
        line[-1].close()


def _checked(url: str) -> SplitResult:
    """Look at the address anew: it may have been recorded under other settings."""
    try:
        rules.check_url(url, hosts=settings.WEBHOOK_ALLOWED_HOSTS, ports=settings.WEBHOOK_PORTS)
    except ValidationError:
        refused = "address not allowed"
        raise Undelivered(refused) from None
    return urlsplit(url)


def _connect(parts: SplitResult) -> socket.socket:
    """Look a name up once, refuse it if any of its addresses is not public, connect to one."""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    networks = settings.WEBHOOK_ALLOWED_NETWORKS
    if not addresses or not all(rules.is_public(one, networks) for one in addresses):
        refused = "network not allowed"
        raise Undelivered(refused)
    fault: OSError | None = None
    for address in addresses:
        try:
            return socket.create_connection((address, port), CONNECT_SECONDS)
        except OSError as one:
            fault = one
    raise fault or OSError


def _exchange(
    parts: SplitResult, line: list[socket.socket], body: bytes, headers: dict[str, str]
) -> int:
    line[-1].settimeout(READ_SECONDS)
    host = parts.hostname or ""
    if parts.scheme == "https":
        _secure(line, host)
    connection = HTTPConnection(host, parts.port, timeout=READ_SECONDS)
    connection.sock = line[-1]
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        answer.read(LONGEST_ANSWER)
        return answer.status
    finally:
        connection.close()


def _secure(line: list[socket.socket], host: str) -> None:
    """Speak TLS, with a certificate of that very name.

    The plain socket is empty from then on: to break the line off, the guard needs the new one,
    and needs it before a handshake that never ends.
    """
    context = ssl.create_default_context()
    secured = context.wrap_socket(line[-1], server_hostname=host, do_handshake_on_connect=False)
    line.append(secured)
    secured.do_handshake()


def _break_off(line: list[socket.socket]) -> None:
    with suppress(OSError):
        line[-1].shutdown(socket.SHUT_RDWR)
