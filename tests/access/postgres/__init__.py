"""PostgreSQL itself: these tests are skipped on SQLite."""

import pytest
from django.db import connection

ON_POSTGRES = pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL")
