"""A server that never ends is left, also behind TLS: it would hold the worker."""

import socket
import ssl
import time
from contextlib import suppress
from datetime import timedelta
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from cases import clock
from cases.exchange import webhooks
from cases.exchange.webhooks import Undelivered, post

PATIENCE = 5


@pytest.fixture
def certificate(tmp_path):
    """Make a certificate of localhost that vouches for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(clock.now() - timedelta(days=1))
        .not_valid_after(clock.now() + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "certificate.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return file


@pytest.fixture
def slow(request, certificate, settings, monkeypatch):
    """Serve one who drips: an answer without an end, or a handshake that never begins."""
    trusting = ssl.create_default_context(cafile=certificate)
    monkeypatch.setattr(ssl, "create_default_context", lambda: trusting)
    monkeypatch.setattr(webhooks, "WHOLE_SECONDS", 0.5)
    settings.WEBHOOK_ALLOWED_HOSTS = ["localhost"]
    settings.WEBHOOK_ALLOWED_NETWORKS = ["127.0.0.0/8", "::1/128"]
    listening = socket.create_server(("127.0.0.1", 0))
    settings.WEBHOOK_PORTS = [listening.getsockname()[1]]
    thread = Thread(target=request.param, args=(listening, certificate))
    thread.start()
    yield f"https://localhost:{listening.getsockname()[1]}/hook"
    listening.close()
    thread.join(PATIENCE)


def drips(listening, certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    plain, _ = listening.accept()
    try:
        with context.wrap_socket(plain, server_side=True) as secured:
            secured.sendall(b"HTTP/1.1 200 OK\r\n")
            for number in range(PATIENCE * 20):
                secured.sendall(b"X-%d: on and on\r\n" % number)
                time.sleep(0.05)
    except OSError:
        pass


def shakes_no_hand(listening, _certificate):
    plain, _ = listening.accept()
    with plain:
        plain.settimeout(PATIENCE)
        while plain.recv(4096):
            pass


@pytest.mark.parametrize("slow", [drips, shakes_no_hand], indirect=True)
def test_a_server_that_never_ends_is_left_behind_tls_too(slow):
    began = time.monotonic()
    with suppress(Undelivered):  # whoever says 200 and then drips has taken it
        post(slow, b"{}", {})

    assert time.monotonic() - began < PATIENCE - 1
