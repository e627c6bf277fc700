"""The way in for a web server."""

import io

import pytest
from django.core.handlers.wsgi import WSGIHandler

from tracker.wsgi import application, django_application


def ask(content_type):
    """Send a body with a query string that is no text in most encodings."""
    answers = []
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/health/live/",
        "QUERY_STRING": "x=%C4\u00c4",
        "CONTENT_TYPE": content_type,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "wsgi.input": io.BytesIO(b"{}"),
        "wsgi.url_scheme": "http",
    }

    def start(status, _headers, _fault=None, /):
        answers.append(status)
        return io.BytesIO().write

    body = b"".join(application(environ, start))
    return answers[0], body


def test_the_application_is_djangos():
    assert isinstance(django_application, WSGIHandler)


@pytest.mark.parametrize("charset", ["zlib_codec", "utf-16", "rot13", "no-such", "UTF-7"])
def test_other_encodings_are_refused_before_anything_is_read(charset):
    status, body = ask(f"application/json; charset={charset}")

    assert status.startswith("415")
    assert b"Send UTF-8" in body


@pytest.mark.django_db  # the handler closes connections when a request ends
@pytest.mark.parametrize(
    "content_type",
    ["", "application/json", "application/json; charset=UTF-8", 'text/x; charset="utf8"', ";;="],
)
def test_others_go_on(content_type):
    status, _body = ask(content_type)

    assert status.startswith("403")  # no view is asked: a form of this site would bring its token
