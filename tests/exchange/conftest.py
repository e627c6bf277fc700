"""The fixtures as built from the digests, and as loaded."""

import shutil

import pytest
from django.core.management import call_command
from django.db import transaction

from cases.exchange import fixtures


@pytest.fixture(scope="session")
def built(django_db_blocker):
    """Build once: the scratch database needs no test database."""
    with django_db_blocker.unblock():
        return fixtures.build(fixtures.SEEDS)


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """Load once for all tests of a file: they only read, or load the same again."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("loaddata", *fixtures.LOAD_ORDER, verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def digests(tmp_path):
    """A copy of the digests that a test may spoil."""
    return shutil.copytree(fixtures.SEEDS, tmp_path / "seeds")
