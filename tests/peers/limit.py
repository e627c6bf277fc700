"""As near to the database's own pace as a server comes: it builds the JSON, nobody asks who calls.

One prepared statement a request, behind a bare function: `granian tests.peers.limit:application`.
"""

import os
import threading
from typing import Any
from urllib.parse import parse_qs, urlsplit

import psycopg

_FIELDS = (
    "id, recorded_at, updated_at, version, organisation_id, recorded_by_id, case_number, "
    "identification, sex, age_as_stated, age_as_of_edtf, return_status, work_status, "
    "assigned_to_id, priority, sensitivity, anonymised_at, age_as_of_earliest, age_as_of_latest, "
    "age_as_of_as_stated"
)
_NAMES = (
    "(SELECT coalesce(json_agg(n ORDER BY n.id), '[]') FROM (SELECT id, text, part, language_tag, "
    "kind FROM cases_individualname WHERE individual_id = p.id) n) AS names"
)
_LISTED = (
    f"SELECT json_agg(r)::text FROM (SELECT {_FIELDS}, {_NAMES} FROM cases_individual p "  # noqa: S608
    "WHERE organisation_id = %s{narrowed} ORDER BY updated_at DESC, id LIMIT 50) r"
)
STATEMENTS = {
    "list": _LISTED.format(narrowed=""),
    "filtered": _LISTED.format(narrowed=" AND return_status = 'located_held' AND sex = 'female'"),
    "detail": (
        f"SELECT row_to_json(r)::text FROM (SELECT {_FIELDS}, {_NAMES} FROM cases_individual p "  # noqa: S608
        "WHERE id = %s) r"
    ),
    "events": (
        "SELECT coalesce(json_agg(r), '[]')::text FROM (SELECT * FROM cases_statusevent "
        "WHERE individual_id = %s ORDER BY updated_at DESC, id) r"
    ),
}
_kept = threading.local()


def _connection() -> Any:
    if not hasattr(_kept, "connection"):
        parts = urlsplit(os.environ["DATABASE_OWNER_URL"])
        (host,) = parse_qs(parts.query)["host"]
        _kept.connection = psycopg.connect(
            host=host, user=parts.username, dbname=parts.path.strip("/"), autocommit=True
        )
    return _kept.connection


def application(environ: Any, start_response: Any) -> list[bytes]:
    kind, _, key = environ["PATH_INFO"].strip("/").partition("/")
    if kind not in STATEMENTS:
        start_response("404 Not Found", [])
        return []
    ((text,),) = _connection().execute(STATEMENTS[kind], (key,), prepare=True).fetchall()
    start_response("200 OK", [("Content-Type", "application/json")])
    return [text.encode()]
