"""Imports; a run with a file that means something is made by the actions."""

from uuid import uuid4

from factory.declarations import LazyFunction, Sequence, SubFactory

from cases.models import ImportKey, ImportRow, ImportRun
from cases.vocabulary.imports import ImportKind, RowOutcome
from tests.factories.base import CheckedFactory, RecordFactory
from tests.factories.organisations import OrganisationFactory


class ImportRunFactory(RecordFactory):
    class Meta:
        model = ImportRun

    kind = ImportKind.INDIVIDUALS
    file_name = "list"
    stored_name = Sequence(lambda n: f"import-{n}")
    size = 100
    sha256 = "0" * 64
    columns = '["name", "sex"]'
    columns_digest = "0" * 64
    mapping = '["name", "sex"]'
    rows = 3


class ImportRowFactory(CheckedFactory):
    class Meta:
        model = ImportRow

    run = SubFactory(ImportRunFactory)
    number = Sequence(lambda n: n + 2)
    outcome = RowOutcome.ADDED


class ImportKeyFactory(CheckedFactory):
    class Meta:
        model = ImportKey

    organisation = SubFactory(OrganisationFactory)
    kind = ImportKind.INDIVIDUALS
    key = Sequence(lambda n: f"{n:064d}")
    content = "0" * 64
    target_id = LazyFunction(uuid4)
