"""Entries of the trail; real chains are written by the actions."""

from uuid import uuid4

from factory.declarations import LazyFunction, Sequence

from cases.models import AuditEntry, AuditHead
from cases.rules.audit import START
from tests.factories.base import CheckedFactory


class AuditEntryFactory(CheckedFactory):
    class Meta:
        model = AuditEntry

    organisation_id = LazyFunction(uuid4)
    number = Sequence(lambda n: n + 1)
    actor = "caseworker"
    actor_id = LazyFunction(uuid4)
    act = "recorded"
    model = "individual"
    target_id = LazyFunction(uuid4)
    version_before = 1
    version_after = 2
    changed = "priority"
    previous_hash = START
    hash = "1" * 64


class AuditHeadFactory(CheckedFactory):
    class Meta:
        model = AuditHead

    id = LazyFunction(uuid4)
    organisation_id = LazyFunction(uuid4)
    hash = START
