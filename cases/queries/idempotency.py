"""Whether a write was sent before."""

from cases.access.actor import AnyActor
from cases.access.gate import System, acting_as
from cases.models import IdempotencyKey


def is_spent(key: str, *, by: AnyActor) -> bool:
    """Say whether ``by`` has written under a key already: sending it again writes nothing."""
    if by.user_id is None:
        return False
    with acting_as(System("asking whether a write was sent before")):
        return IdempotencyKey.objects.filter(principal_id=by.user_id, key=key).exists()
