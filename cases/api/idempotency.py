"""`Idempotency-Key` in, `Idempotency-Replayed` out: a POST that may be sent again."""

import json
import re
from dataclasses import asdict, dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from rest_framework.exceptions import ParseError
from rest_framework.request import Request

from cases.access.gate import current_actor
from cases.actions import idempotency
from cases.models import IdempotencyKey
from cases.models.idempotency import LONGEST_KEY

HEADER, REPLAYED_HEADER = "Idempotency-Key", "Idempotency-Replayed"
_KEY = re.compile(rf"[\x20-\x7e]{{1,{LONGEST_KEY}}}")


@dataclass(frozen=True)
class Asked:
    """A write as it was asked for, under a key."""

    key: str
    method: str
    path: str
    body: str

    def claim(self) -> IdempotencyKey:
        """Take the key inside the write's transaction."""
        return idempotency.claim(by=current_actor(), **asdict(self))


def asked(request: Request, *methods: str) -> Asked | None:
    """Read the key of a POST, or of other ``methods``; None where it has none.

    What changes one row has its version instead.

    :raises ParseError: for a key that is empty, too long or not printable ASCII.
    """
    key = request.headers.get(HEADER)
    if key is None or request.method not in (methods or ("POST",)):
        return None
    if _KEY.fullmatch(key) is None:
        message = f"Send {HEADER} as 1 to {LONGEST_KEY} printable ASCII characters, such as a UUID."
        raise ParseError(message)
    # Percent-encoded: an address may hold what a database column cannot.
    return Asked(key, request.method, request.get_full_path(), canonical(request.data))


def canonical(data: Any) -> str:
    """Write a body in one way, whatever the order of its keys."""
    if isinstance(data, QueryDict):
        data = dict(data.lists())
    return json.dumps(data, sort_keys=True, ensure_ascii=True, default=_in_short)


def _in_short(value: Any) -> Any:
    return idempotency.digest_of(value) if isinstance(value, UploadedFile) else str(value)
