"""All settings, from the environment. `.env.example` lists every variable and its default."""

import os
import secrets
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import django_stubs_ext
import environ

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
if ENV_FILE := env.str("ENV_FILE", default=str(BASE_DIR / ".env")):
    env.read_env(ENV_FILE)

# --- The installation -------------------------------------------------------------------------

DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "data"))).expanduser().resolve()
DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)

DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
HTTPS = env.bool("HTTPS", default=False)
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
TLS_CERTIFICATE, TLS_KEY = env.str("TLS_CERTIFICATE", default=""), env.str("TLS_KEY", default="")
ALLOW_PLAIN_HTTP = env.bool("ALLOW_PLAIN_HTTP", default=False)

HOST, PORT = env.str("HOST", default="127.0.0.1"), env.int("PORT", default=8000)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]", HOST])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])


def kept_key(variable: str, name: str) -> str:
    """Return a key of this installation, made on first use and kept in `DATA_DIR`."""
    given: str = env.str(variable, default="")
    if given:
        return given
    kept = DATA_DIR / name
    if not kept.exists():
        draft = DATA_DIR / f"{name}.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(64))
        with suppress(FileExistsError):
            os.link(draft, kept)  # unlike a plain write, two starting at once agree on one key
        draft.unlink()
    return kept.read_text()


SECRET_KEY = kept_key("SECRET_KEY", "secret_key")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
# Never in the database: whoever holds that must not be able to write entries that hold.
AUDIT_KEY = kept_key("AUDIT_KEY", "audit_key")
# Never in the database either, and not with the files that it seals.
EXPORT_KEY = kept_key("EXPORT_KEY", "export_key")
ANCHOR_KEY_FILE = Path(env.str("ANCHOR_KEY_FILE", default=str(DATA_DIR / "anchor_key.pem")))

# --- The application --------------------------------------------------------------------------

INSTALLED_APPS = [
    "cases.apps.CasesConfig",  # first, so that its templates win
    "tracker.apps.TrackerConfig",
    "cases.apps.TrackerAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rest_framework",
    "django_filters",
    "knox",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "csp",
    "django_htmx",
]

MIDDLEWARE = [
    "cases.access.origin.OriginMiddleware",  # first, so that every answer has its id
    # First what adds headers to every answer: static files, redirects and refusals too.
    "tracker.headers.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tracker.limits.LimitsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "cases.access.middleware.SecondFactorMiddleware",
    "tracker.languages.LanguageMiddleware",
    "cases.access.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "tracker.urls"
WSGI_APPLICATION = "tracker.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English"), ("ru", "Русский"), ("uk", "Українська")]
FORMAT_MODULE_PATH = "tracker.formats"
TIME_ZONE = "UTC"
USE_TZ = True

# --- Webhooks ---------------------------------------------------------------------------------

WEBHOOK_PORTS = env.list("WEBHOOK_PORTS", cast=int, default=[443, 8443])
WEBHOOK_ALLOWED_HOSTS = env.list("WEBHOOK_ALLOWED_HOSTS", default=[])
WEBHOOK_ALLOWED_NETWORKS = env.list("WEBHOOK_ALLOWED_NETWORKS", default=[])

# --- Files that leave -------------------------------------------------------------------------

EXPORT_ROWS_PER_DAY = env.int("EXPORT_ROWS_PER_DAY", default=2_000)

# --- The database and files -------------------------------------------------------------------

SQLITE_OPTIONS = {
    # Take the write lock at the start: a read that turns into a write would fail at once.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # FULL, not NORMAL: an acknowledged write must survive a power cut.
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        "PRAGMA trusted_schema=OFF; PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY;"
        "PRAGMA cell_size_check=ON; PRAGMA journal_size_limit=67108864; PRAGMA mmap_size=0;"
        "PRAGMA cache_size=-16384"  # KiB a connection: an index of a million is read through it
    ),
}
# No statement, no wait for a lock and no forgotten transaction may stop everybody else's work.
POSTGRES_LIMITS = "-c statement_timeout=15s -c lock_timeout=3s"
POSTGRES_LIMITS += " -c idle_in_transaction_session_timeout=30s"
OWNER_LIMITS = (
    "-c lock_timeout=3s"  # a migration may take long, but not wait at the head of a queue
)
POSTGRES = "cases.access.postgres"  # tells the server who acts


def server(named: dict[str, Any], limits: str) -> dict[str, Any]:
    """Return a PostgreSQL database, its connections kept by each thread, or pooled if asked."""
    options = {"options": limits} | named.get("OPTIONS", {})
    is_pooled = str(options.pop("pool", "")).lower() in {"1", "true", "on"}
    kept = {"CONN_MAX_AGE": 0 if is_pooled else 60, "CONN_HEALTH_CHECKS": True}
    # PgBouncer before 1.21 loses prepared statements: ?prepare_threshold=none in the address.
    threshold = str(options.pop("prepare_threshold", "1")).lower()
    options["prepare_threshold"] = None if threshold == "none" else int(threshold)
    pool = {"pool": True} if is_pooled else {}
    return named | kept | {"ENGINE": POSTGRES, "OPTIONS": options | pool}


def owner() -> dict[str, Any] | None:
    """Return the same database as the owner of its tables reaches it, to migrate."""
    if not env.str("DATABASE_OWNER_URL", default=""):
        return None
    return server(dict(env.db_url("DATABASE_OWNER_URL")), OWNER_LIMITS)


def keep_private(file: Path) -> None:
    """Make the file of a database before SQLite does: it would let everybody read it."""
    with suppress(OSError):  # one that cannot be made is refused in words when it is opened
        file.touch(mode=0o600)


def database() -> dict[str, Any]:
    """Return the database that `DATABASE_URL` names, or else the embedded one."""
    if not env.str("DATABASE_URL", default=""):
        name = str(DATA_DIR / "tracker.sqlite3")
        keep_private(Path(name))
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "OPTIONS": SQLITE_OPTIONS}
    named: dict[str, Any] = dict(env.db_url("DATABASE_URL"))
    if named["ENGINE"] == "django.db.backends.sqlite3":
        if named["NAME"] != ":memory:":
            keep_private(Path(named["NAME"]))
        return named | {"OPTIONS": SQLITE_OPTIONS | named.get("OPTIONS", {})}
    return server(named, POSTGRES_LIMITS)


DATABASES = {"default": database()}
DATABASE_APP, DATABASE_OWNER = dict(DATABASES["default"]), owner()
IS_EMBEDDED = DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"
# One process on SQLite: before 3.51.3 two writers in WAL mode can spoil the file (docs/adr/0009).
WORKERS = env.int("WORKERS", default=1 if IS_EMBEDDED else 2)
THREADS = env.int("THREADS", default=4 if IS_EMBEDDED else 2)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STORAGES = {
    "default": {"BACKEND": "tracker.uploads.PrivateStorage"},
    "staticfiles": {"BACKEND": "tracker.static.FingerprintedStorage"},
}
STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
WHITENOISE_MAX_AGE = 0 if DEBUG else 7 * 24 * 3600
WHITENOISE_ALLOW_ALL_ORIGINS = False
MEDIA_ROOT = DATA_DIR / "uploads"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 10
LARGEST_REQUEST = 10_500_000  # a file of 10 MB and the form around it
LARGEST_IMPORT = 50_500_000  # a table of 50 MB, at these addresses alone
IMPORT_ADDRESSES = frozenset({"/api/v1/imports/", "/admin/imports/"})
# In memory only: a passport must not lie in a folder for temporary files.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = LARGEST_IMPORT
ATTACHMENTS_PER_PERSON = {"files": 100, "bytes": 200_000_000}
ATTACHMENTS_PER_ORGANISATION = {
    "files": env.int("ATTACHMENTS_PER_ORGANISATION", default=10_000),
    "bytes": env.int("ATTACHMENT_MB_PER_ORGANISATION", default=5_000) * 1_000_000,
}

# --- Signing in -------------------------------------------------------------------------------

AUTH_USER_MODEL = "cases.User"
AUTHENTICATION_BACKENDS = ["cases.access.backend.GateBackend"]
LOGIN_URL = "admin:login"
# Outside a demonstration a password alone opens nothing.
MFA_REQUIRED = env.bool("MFA_REQUIRED", default=not DEMO)
# How many proxies of ours stand in front; the outermost says in X-Forwarded-For who is calling.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
PASSWORD_HASHERS = [
    "tracker.hashers.SizedArgon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
VALIDATORS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{VALIDATORS}.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {
        "NAME": f"{VALIDATORS}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": f"{VALIDATORS}.CommonPasswordValidator"},
]

SESSION_ENGINE = "cases.models.sessions"
SESSION_IDLE_AGE = 60 * env.int("SESSION_IDLE_MINUTES", default=30)
SESSION_COOKIE_AGE = 3600 * env.int("SESSION_HOURS", default=12)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"

# --- What a browser may do --------------------------------------------------------------------

X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
# Not "no-referrer": browsers then post forms with `Origin: null`, which the CSRF check refuses.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
ALL_OWN = ("script-src", "style-src", "font-src", "connect-src", "form-action")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        **{directive: ["'self'"] for directive in ALL_OWN},
        "img-src": ["'self'", "data:"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    },
}

if BEHIND_PROXY:  # else whoever sends the header could pass plain HTTP off as TLS
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
if HTTPS:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^health/", r"^api/"]  # tracker.limits refuses the API instead
    SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=365 * 24 * 3600)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SILENCED_SYSTEM_CHECKS = ["security.W021"]  # preloading binds a whole domain: not ours to ask

# --- Work in the background, and mail ---------------------------------------------------------

WORKER_STARTER = "cases.jobs.worker.start_beside_server"
# On SQLite a thread of the one process: a worker beside it would be a second (docs/adr/0020).
WORKER_IN_SERVER = env.bool("WORKER_IN_SERVER", default=IS_EMBEDDED)
SUMMARY_HOUR = env.int("SUMMARY_HOUR", default=5)
PUBLIC_URL = env.str("PUBLIC_URL", default=f"http://{HOST}:{PORT}/")

EMAIL_URL = env.str("EMAIL_URL", default="")
SENDS_MAIL = bool(EMAIL_URL)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", default="tracker@localhost")
globals().update(env.email_url_config(EMAIL_URL or "dummymail://"))

# --- The API ----------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "cases.api.authentication.BearerAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["cases.api.permissions.ActPermission"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["cases.api.parsers.StrictJSONParser"],
    "DEFAULT_PAGINATION_CLASS": "cases.api.pagination.KeysetPagination",
    "DEFAULT_FILTER_BACKENDS": ["cases.api.filtering.DeclaredFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "cases.api.schema.TrackerSchema",
    "DEFAULT_VERSIONING_CLASS": None,
    "EXCEPTION_HANDLER": "cases.api.errors.problem_response",
    "DATETIME_FORMAT": "%Y-%m-%dT%H:%M:%S.%fZ",  # as the database writes it
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}

# In each worker by itself; 0 for no limit.
API_REQUESTS_PER_MINUTE = env.int("API_REQUESTS_PER_MINUTE", default=3_000)

REST_KNOX = {
    "TOKEN_TTL": timedelta(days=env.int("TOKEN_TTL_DAYS", default=90)),
    "SECURE_HASH_ALGORITHM": "hashlib.sha512",
    "AUTH_HEADER_PREFIX": "Bearer",
    "TOKEN_PREFIX": "rct_",
    "AUTO_REFRESH": False,
}

SPECTACULAR_SETTINGS = {
    "TITLE": "Return case tracker API",
    "DESCRIPTION": (
        "Who is missing, held or stranded, who came home, and by whose word.\n\n"
        "Every GET can be asked as HEAD. OPTIONS answers 204 at every address of a collection, "
        "an act or a figure; `Allow` names what is there for your role."
    ),
    "VERSION": "1.0.0",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SERVE_PUBLIC": True,
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "cases.api.problem_schema.share",
    ],
}

# --- Logs -------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "tracker.logs.OneLineFormatter"}},
    "filters": {"origin": {"()": "cases.access.origin.OriginFilter"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["origin"]}
    },
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {"django": {"handlers": []}},  # else Django's own mail tracebacks to people
}
