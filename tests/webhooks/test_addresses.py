"""Where nothing is sent: inside, whatever the name or the certificate says."""

import socket
import ssl

import pytest

from cases.exchange import webhooks
from cases.exchange.webhooks import Undelivered, post
from cases.rules.webhooks import is_public

INSIDE = [
    "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "0.0.0.0", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1",
    "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
    "::ffff:8.8.8.8", "2002:7f00:1::", "64:ff9b::7f00:1", "2001:db8::1", "2001:0:1::1",
]  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_nothing_is_sent_inside(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700:4700::1111"])
def test_the_public_internet_is_sent_to(address):
    assert is_public(address)


def test_a_network_may_be_allowed():
    assert is_public("10.1.2.3", ["10.1.0.0/16"])
    assert not is_public("10.2.2.3", ["10.1.0.0/16", "::/0"])


def test_a_name_that_leads_inside_is_not_connected_to(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", leading_to("8.8.8.8", "127.0.0.1"))
    monkeypatch.setattr(socket, "create_connection", never)

    with pytest.raises(Undelivered, match="network not allowed"):
        post("https://partner.example.org/hook", b"{}", {})


def test_the_address_that_was_checked_is_the_one_connected_to(monkeypatch):
    """A name that is looked up a second time may lead elsewhere: it is looked up once."""
    asked, connected = [], []

    def look_up(*given, **options):
        asked.append(given)
        return leading_to("8.8.8.8" if len(asked) == 1 else "127.0.0.1")(*given, **options)

    def connect(address, *_rest):
        connected.append(address)
        raise TimeoutError

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket, "create_connection", connect)

    with pytest.raises(Undelivered, match="TimeoutError"):
        post("https://partner.example.org/hook", b"{}", {})
    assert connected == [("8.8.8.8", 443)]
    assert len(asked) == 1


def test_the_certificate_must_be_of_that_name(receiver, settings):
    """A server that speaks no TLS, or with another's certificate, is told nothing."""
    url = receiver.url.replace("http://", "https://")

    with pytest.raises(Undelivered):
        post(url, b"{}", {})

    context = ssl.create_default_context()
    assert context.check_hostname
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert receiver.sent == []


def test_a_server_that_never_ends_is_left(receiver, settings, monkeypatch):
    monkeypatch.setattr(webhooks, "READ_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(Undelivered, match="TimeoutError"):
            post(f"http://localhost:{port}/", b"{}", {})


def leading_to(*addresses):
    def look_up(_host, port, **_options):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in addresses]

    return look_up


def never(*_args, **_kwargs):
    pytest.fail("It was connected to.")
