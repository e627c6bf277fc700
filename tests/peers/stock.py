"""A Django project as it is commonly deployed, over the same tables.

The middleware of a new project, a hashed token looked up with each request, and Django's default
of a connection a request.
"""

import hashlib
import os
from typing import Any

import django
import environ
from django.conf import settings

DJANGO = "django.contrib"


def application(urls: str, *apps: str, **more: Any) -> Any:
    """Set the project up; give its WSGI application."""
    database = environ.Env().db_url("PEERS_DATABASE_URL")
    settings.configure(
        SECRET_KEY=os.urandom(16).hex(),
        ALLOWED_HOSTS=["*"],
        USE_TZ=True,
        ROOT_URLCONF=urls,
        DATABASES={"default": database},
        INSTALLED_APPS=[
            f"{DJANGO}.contenttypes", f"{DJANGO}.auth", f"{DJANGO}.sessions", *apps, "tests.peers",
        ],
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            f"{DJANGO}.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            f"{DJANGO}.auth.middleware.AuthenticationMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
        ],
        **more,
    )  # fmt: skip
    django.setup()
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


def holder(token: str) -> Any:
    """Give the account of a token that stands, hashed as knox does it; nothing for another."""
    from django.utils import timezone

    from tests.peers.models import Token

    digest = hashlib.sha512(token.encode()).hexdigest()
    held = Token.objects.select_related("user").filter(digest=digest).first()
    if held is None or (held.expiry and held.expiry <= timezone.now()):
        return None
    return held.user
