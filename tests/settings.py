"""The settings of the tests: those of the project, made quick and kept off the real data."""

import atexit
import os
import shutil
import tempfile

if "TEST_SCRATCH" not in os.environ:  # the workers of a parallel run leave without tidying up
    os.environ["TEST_SCRATCH"] = tempfile.mkdtemp(prefix="tracker-tests-")
    atexit.register(shutil.rmtree, os.environ["TEST_SCRATCH"], ignore_errors=True)
os.environ |= {
    "ENV_FILE": "",
    "DATA_DIR": f"{os.environ['TEST_SCRATCH']}/{os.getpid()}",
    "SECRET_KEY": "for the tests only; it signs nothing that outlives one run of them",
    "AUDIT_KEY": "for the tests only; it binds nothing that outlives one run of them",
    "EXPORT_KEY": "for the tests only; it seals nothing that outlives one run of them",
    "LOG_LEVEL": "WARNING",
    "WORKER_IN_SERVER": "0",
    "API_REQUESTS_PER_MINUTE": "0",  # the matrices ask more often than anybody may
    "MFA_REQUIRED": "0",  # the tests of the second factor switch it on
}

from tests import postgres

os.environ["DATABASE_URL"] = postgres.app_url() or "sqlite://:memory:"
os.environ["DATABASE_OWNER_URL"] = postgres.wanted_url() or ""

from tracker.settings import *  # noqa: F403
from tracker.settings import DATABASES

DATABASES["default"] |= {"CONN_MAX_AGE": 0}  # a kept connection would hold the test database
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT = None  # type: ignore[assignment]  # nothing is collected: files come from the packages
WHITENOISE_USE_FINDERS = False  # looking at every file for each client took a quarter of the run
WHITENOISE_AUTOREFRESH = False
