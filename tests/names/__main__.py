"""How quickly and how surely people are found by name: `make bench-names` (PEOPLE=1000000).

An invented crowd of one organisation, on PostgreSQL and on SQLite, searched as a caseworker under
row security. A hit is a person of the same family and given name among the first twenty. Nothing
here passes or fails by time; the recall of a small crowd is tested in tests/queries.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg

from tests import postgres


def main() -> None:
    for kind in os.environ.get("TEST_DATABASE", "postgres sqlite").split():
        with tempfile.TemporaryDirectory() as folder:
            environment = os.environ | {"DATA_DIR": folder, "ENV_FILE": "", **_database(kind)}
            environment["DJANGO_SETTINGS_MODULE"] = "tracker.settings"
            command = [sys.executable, "-m", "tests.names.bench"]
            if status := subprocess.run(command, env=environment, check=False).returncode:
                sys.exit(status)


def _database(kind: str) -> dict[str, str]:
    if kind == "sqlite":
        return {}
    binaries = postgres.find_binaries()
    if binaries is None:
        sys.exit(postgres.NONE_FOUND)
    url = postgres.start(binaries)
    with psycopg.connect(url.replace("/tracker?", "/postgres?"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE tracker")
    app = url.replace("://postgres@", f"://{postgres.APP_ROLE}@")
    return {"DATABASE_URL": app, "DATABASE_OWNER_URL": url}


if __name__ == "__main__":
    Path("manage.py").resolve(strict=True)
    main()
