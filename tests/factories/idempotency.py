"""Keys of writes; real ones are taken by the action."""

from uuid import uuid4

from factory.declarations import LazyFunction, Sequence

from cases.models import IdempotencyKey
from tests.factories.base import CheckedFactory


class IdempotencyKeyFactory(CheckedFactory):
    """A key whose write is done."""

    class Meta:
        model = IdempotencyKey

    organisation_id = LazyFunction(uuid4)
    principal_id = LazyFunction(uuid4)
    key = Sequence(lambda n: f"key-{n}")
    method = "POST"
    path = "/api/v1/individuals/"
    fingerprint = "1" * 64
    result_model = "individual"
    result_id = LazyFunction(uuid4)
    status = 201
