"""Django REST framework as it is commonly deployed, over the same tables.

ModelViewSet, ModelSerializer, numbered pages with their count, django-filter, the middleware of a
new project, a hashed token looked up with each request, and Django's default of a connection a
request. `granian tests.peers.drf:application`, which serves it faster than gunicorn would.
"""

import hashlib
import os
from typing import Any

import django
import environ
from django.conf import settings

DJANGO = "django.contrib"
settings.configure(
    SECRET_KEY=os.urandom(16).hex(),
    ALLOWED_HOSTS=["*"],
    USE_TZ=True,
    ROOT_URLCONF="tests.peers.drf_urls",
    DATABASES={"default": environ.Env().db_url("DATABASE_OWNER_URL")},
    INSTALLED_APPS=[
        f"{DJANGO}.contenttypes",
        f"{DJANGO}.auth",
        f"{DJANGO}.sessions",
        "rest_framework",
        "django_filters",
        "tests.peers",
    ],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        f"{DJANGO}.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        f"{DJANGO}.auth.middleware.AuthenticationMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    REST_FRAMEWORK={
        "DEFAULT_AUTHENTICATION_CLASSES": [],
        "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
        "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
        "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "PAGE_SIZE": 50,
    },
)
django.setup()


def digest(token: str) -> str:
    """Hash a token as knox does."""
    return hashlib.sha512(token.encode()).hexdigest()


def _application() -> Any:
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


application = _application()
