"""The way in for a web server."""

from django.core.handlers.wsgi import WSGIHandler

from tracker.wsgi import application


def test_the_application_is_djangos():
    assert isinstance(application, WSGIHandler)
