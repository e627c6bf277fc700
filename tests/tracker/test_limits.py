"""What is refused before anything of a request is read."""

import pytest

from tracker import limits
from tracker.startup import is_loopback, is_weak

PATHS = ["/health/live/", "/api/v1/places/"]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    ("sent", "status", "said"),
    [
        ({"CONTENT_LENGTH": "10500001"}, 413, "too large"),
        ({"CONTENT_LENGTH": "9" * 30}, 413, "too large"),
        ({"CONTENT_LENGTH": "-1"}, 413, "too large"),
        ({"CONTENT_LENGTH": "١"}, 413, "too large"),
        ({"HTTP_CONTENT_ENCODING": "gzip"}, 415, "not packed"),
        ({"HTTP_CONTENT_ENCODING": "identity, br"}, 415, "not packed"),
        ({"QUERY_STRING": "a=b&" * 50}, 400, "50 parameters"),
        ({"QUERY_STRING": "a=" + "b" * 9_000}, 400, "8000 characters"),
        ({"QUERY_STRING": "q=" + "b" * 2_001}, 400, "“q” is too long"),
        ({"QUERY_STRING": "id__in=" + "1," * 2_000}, 400, "“id__in” is too long"),
    ],
)
def test_too_much_is_refused_in_a_sentence(client, path, sent, status, said):
    answer = client.generic("POST", path, **sent)

    assert answer.status_code == status
    assert said in answer.content.decode()
    is_api = path.startswith("/api/")
    assert answer["Content-Type"].startswith("application/problem+json" if is_api else "text/plain")
    if is_api:
        assert answer.json()["status"] == status
    assert answer["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_the_limits_let_pass_what_people_send(client):
    query = "&".join(f"p{n}=x" for n in range(limits.MOST_PARAMETERS))

    assert client.get(f"/health/live/?{query}").status_code == 200
    assert client.get("/health/live/?q=" + "x" * limits.LONGEST_VALUE).status_code == 200
    assert client.get("/health/live/", headers={"Content-Encoding": "identity"}).status_code == 200


@pytest.mark.parametrize(
    "accept", ["x/y," * 2_250, "application/json" * 560, "*/*;q=" + "9" * 9_000]
)
def test_a_long_accept_header_is_no_trouble(client, accept):
    answer = client.get("/api/v1/places/", headers={"Accept": accept})

    assert answer.status_code in {401, 406}


@pytest.fixture
def https(settings):
    settings.HTTPS = settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_REDIRECT_EXEMPT = [r"^health/", r"^api/"]


def test_browsers_are_sent_to_https_and_machines_are_told(client, https):
    page, api = client.get("/admin/"), client.get("/api/v1/places/")

    assert (page.status_code, page["Location"]) == (301, "https://testserver/admin/")
    assert api.status_code == 403
    assert "Use https" in api.json()["detail"]
    assert client.get("/health/live/").status_code == 200
    assert client.get("/api/v1/places/", secure=True).status_code == 401


def test_nobody_passes_plain_http_off_as_tls(client, https, settings):
    spoofed = {"X-Forwarded-Proto": "https", "X-Forwarded-Ssl": "on", "Forwarded": "proto=https"}

    assert client.get("/api/v1/places/", headers=spoofed).status_code == 403
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")  # BEHIND_PROXY=1
    assert client.get("/api/v1/places/", headers=spoofed).status_code == 401


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "a b", "localhost:x"])
def test_another_host_is_refused(client, host):
    answer = client.get("/admin/login/", headers={"Host": host, "X-Forwarded-Host": "testserver"})

    assert answer.status_code == 400
    assert b"evil" not in answer.content
    assert answer["Cache-Control"] == "no-store"


def test_a_forwarded_host_is_ignored(client):
    answer = client.get("/admin/", headers={"X-Forwarded-Host": "evil.example"})

    assert answer.status_code == 302
    assert "evil" not in answer["Location"]


@pytest.mark.parametrize(
    "key", ["", "a" * 60, "short", "secret" * 20, "changeme" + "0123456789" * 9]
)
def test_weak_keys_are_known(key):
    assert is_weak(key)


def test_a_key_of_ours_is_strong(settings):
    assert not is_weak(settings.SECRET_KEY)


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("[::1]", True), ("localhost", True),
     ("0.0.0.0", False), ("::", False), ("10.0.0.1", False), ("tracker.example", False)],
)  # fmt: skip
def test_this_machine_is_known(host, expected):
    assert is_loopback(host) is expected
