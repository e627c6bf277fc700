"""Where a webhook may lead, when a delivery is tried again, and how it is signed."""

import hmac
from collections.abc import Collection, Iterable
from datetime import timedelta
from hashlib import sha256
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 3 * 60, 6 * 60, 12 * 60))
GIVES_UP_AFTER = timedelta(days=3)
_TRANSLATING = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"))
_HTTPS = 443


def pause(attempts: int) -> timedelta:
    """Say how long to wait after so many attempts in vain."""
    return PAUSES[min(attempts, len(PAUSES)) - 1]


def check_url(url: str, *, hosts: Collection[str], ports: Collection[int]) -> None:
    """Refuse an address that nothing would be sent to.

    ``hosts`` may be reached without TLS and at any port: the operator has named them.

    :raises ValidationError: saying what is asked for.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or _HTTPS
    except ValueError:
        host, port = "", 0
    if host and host in hosts and parts.scheme in {"http", "https"}:
        return
    if not host or parts.scheme != "https" or parts.username is not None or parts.fragment:
        message = _("Give an address such as https://partner.example.org/hook, without a password.")
        raise ValidationError({"url": ValidationError(message, code="url")})
    if port not in ports:
        message = _("This port is not sent to. There are: %(ports)s.") % {
            "ports": ", ".join(map(str, sorted(ports)))
        }
        raise ValidationError({"url": ValidationError(message, code="port")})


def check_collections(text: str, known: Collection[str]) -> None:
    """Refuse a collection that there is not.

    :raises ValidationError: naming it.
    """
    for name in text.split():
        if name not in known:
            message = _("There is no collection “%(name)s”.") % {"name": name}
            raise ValidationError({"collections": ValidationError(message, code="collection")})


def is_public(address: str, networks: Iterable[str] = ()) -> bool:
    """Say whether an address is one of the public internet, or in a network that is allowed."""
    found = ip_address(address.partition("%")[0])
    if any(_lies_in(found, network) for network in networks):
        return True
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped or found.sixtofour or found.teredo:
            return False  # another address in disguise
        if any(_lies_in(found, str(network)) for network in _TRANSLATING):
            return False
    return found.is_global and not (found.is_multicast or found.is_reserved)


def _lies_in(address: IPv4Address | IPv6Address, network: str) -> bool:
    allowed = ip_network(network, strict=False)
    return allowed.version == address.version and address in allowed


def signature(secret: str, timestamp: int, body: bytes) -> str:
    """Sign a delivery: over the time and the body, so that neither is taken from another one."""
    signed = f"{timestamp}.".encode() + body
    return f"v1={hmac.new(secret.encode(), signed, sha256).hexdigest()}"
