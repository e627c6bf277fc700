"""Every answer tells the browser to keep nothing and allow nothing, whatever the answer is."""

import pytest
from django.test import Client

from cases.access import middleware
from cases.vocabulary.organisations import Role

pytestmark = pytest.mark.django_db
EXPECTED = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
DIRECTIVES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
ANSWERS = {
    "/health/live/": 200,
    "/health/live": 301,
    "/admin/": 200,
    "/admin/cases/individual/?nonsense=1": 400,
    "/admin/cases/user/": 200,
    "/admin/cases/auditentry/": 403,
    "/admin/cases/individual/00000000-0000-4000-8000-000000000000/": 404,
    "/dashboard/": 200,
    "/dashboard/?nonsense=1": 400,
    "/api/v1/places/": 200,
    "/api/v1/places/?nonsense=1": 400,
    "/api/v1/nowhere/": 404,
    "/api/v1/docs/": 200,
    "/nowhere/": 404,
    "/static/nowhere.css": 404,
}


def check(answer, *, is_documentation=False):
    for name, value in EXPECTED.items():
        assert answer.headers.get(name) == value, name
    assert "camera=()" in answer["Permissions-Policy"]
    policy = dict(part.split(" ", 1) for part in answer["Content-Security-Policy"].split("; "))
    hashed = policy["style-src"].split()[1:]
    assert len(hashed) == is_documentation
    assert all(source.startswith("'sha256-") for source in hashed)
    assert policy | {"style-src": "'self'"} == DIRECTIVES
    assert answer["Server"] == "web"
    assert not {"X-Powered-By", "X-Django-Version", "Via"} & answer.headers.keys()


@pytest.mark.parametrize("path", ANSWERS)
def test_every_answer_carries_the_safe_headers(path, client_of):
    answer = client_of(Role.SUPERVISOR).get(path)

    assert answer.status_code == ANSWERS[path]
    check(answer, is_documentation=path.endswith("/docs/"))
    assert "no-store" in answer["Cache-Control"]


def test_a_fault_of_ours_carries_them_too_and_shows_nothing(client_of, monkeypatch):
    client = client_of(Role.SUPERVISOR)
    client.raise_request_exception = False

    def broken(_request):
        message = "Qzxsecret"
        raise RuntimeError(message)

    monkeypatch.setattr(middleware, "actor_of", broken)
    answer = client.get("/admin/")

    assert answer.status_code == 500
    assert b"Qzxsecret" not in answer.content
    assert b"Traceback" not in answer.content
    check(answer)


def test_static_files_may_be_kept_and_nothing_else(settings, tmp_path):
    (tmp_path / "a.css").write_text("a { color: red }")
    settings.STATIC_ROOT = tmp_path
    answer = Client().get("/static/a.css")

    assert answer.status_code == 200
    check(answer)
    assert "public" in answer["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in answer.headers
    answer.close()


def test_the_policy_of_the_documentation_adds_one_hash(client_of):
    policy = client_of(Role.SUPERVISOR).get("/api/v1/docs/")["Content-Security-Policy"]

    assert policy.count("sha256-") == 1
    assert "unsafe" not in policy
