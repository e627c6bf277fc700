"""The feed of changes: all that the caller may see, in order, from the start or since."""

import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping
from functools import cache
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ValidationError
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cases.access.gate import current_actor
from cases.access.roles import Act
from cases.access.session import told
from cases.api.base import Resource
from cases.api.figures import FigureView
from cases.api.pagination import DEFAULT_SIZE, LARGEST_SIZE, page_size
from cases.queries import changes
from cases.queries.changes import BeginAnew, Page, Place, Position
from cases.vocabulary.changes import ChangeKind

UNTOLD = frozenset({"audit-entries"})
"""Collections that the feed does not tell of: the trail is a list in its own order already."""
_FORM = struct.Struct(">qqq")
_KEY_BYTES = 16
_LONGEST = 400
_NOT_OURS = "This position is not one of yours. Take it from `next`, or begin anew without `after`."
_ANEW = (
    "This position does not hold any more. Begin anew without `after`, and let go of what does not "
    "come out again."
)


class ChangeSerializer(serializers.Serializer[Any]):
    sequence = serializers.CharField(help_text="Its position: what comes after it is later.")
    collection = serializers.CharField(help_text="Where to read the row: `<collection>/<id>/`.")
    id = serializers.UUIDField()
    version = serializers.IntegerField(
        allow_null=True, help_text="As the row stands now; null where it is gone."
    )
    change = serializers.ChoiceField(
        choices=[kind.value for kind in (ChangeKind.CHANGED, ChangeKind.GONE)],
        help_text="`changed`: read it. `gone`: you see it no more; let go of it.",
    )
    recorded_at = serializers.DateTimeField()


class ChangesSerializer(serializers.Serializer[Any]):
    results = ChangeSerializer(many=True)
    next = serializers.CharField(help_text="Send it as `after`, now or in a week.")
    has_more = serializers.BooleanField(help_text="Whether to ask again at once.")


class ChangesView(FigureView):
    """Every change that you may see, in order; without `after` all that is there, then the rest."""

    reads = Act.READ_EVIDENCE
    shows = ChangesSerializer
    parameters = ("after", "page_size")
    described = (
        OpenApiParameter("after", str, description="A position; take it from `next`."),
        OpenApiParameter(
            "page_size",
            {"type": "integer", "minimum": 1, "maximum": LARGEST_SIZE, "default": DEFAULT_SIZE},
            description="How many entries a page has at most.",
        ),
    )
    resources: Mapping[str, type[Resource]] = {}

    def get(self, request: Request) -> Response:
        collections = self.collections()
        after = self.given("after", read)
        try:
            page = changes.page(collections, after, page_size(request))
        except BeginAnew:
            raise ValidationError({"after": ValidationError(_ANEW, code="begin_anew")}) from None
        return Response(_shown(page, {m._meta.model_name: n for m, n in collections.items()}))

    def collections(self) -> dict[Any, str]:
        """Name the collections that the caller may read, by their tables."""
        actor = current_actor()
        return {
            resource.model: name
            for name, resource in self.resources.items()
            if name not in UNTOLD and not resource.model._meta.proxy and actor.may(resource.reads)
        }


def _shown(page: Page, collections: Mapping[Any, str]) -> dict[str, Any]:
    results = [
        {
            "sequence": written(entry.position),
            "collection": collections[entry.model],
            "id": entry.key,
            "version": entry.version,
            "change": entry.kind.value,
            "recorded_at": entry.recorded_at,
        }
        for entry in page.entries
    ]
    return {
        "results": ChangeSerializer(results, many=True).data,
        "next": written(page.next),
        "has_more": page.has_more,
    }


def written(position: Position) -> str:
    """Write a position so that nobody reads it: its numbers would tell how much others do."""
    place = _FORM.pack(position.epoch, position.place.written_in, position.place.number)
    key = position.key.bytes if position.key else bytes(_KEY_BYTES)
    whole = place + (key + position.model.encode() if position.model else b"")
    return urlsafe_b64encode(_keys()[0].encrypt(whole, [_reader()])).decode().rstrip("=")


def read(text: str) -> Position:
    """Read a position that was written for whoever asks, under the rights of now.

    :raises ValidationError: for any other.
    """
    whole = _opened(text)
    place, rest = whole[: _FORM.size], whole[_FORM.size :]
    epoch, written_in, number = _FORM.unpack(place)
    key, model = rest[:_KEY_BYTES], rest[_KEY_BYTES:].decode()
    is_behind = any(key)
    return Position(epoch, Place(written_in, number), model, UUID(bytes=key) if is_behind else None)


def _opened(text: str) -> bytes:
    if text.isascii() and len(text) <= _LONGEST:
        try:
            sealed = urlsafe_b64decode(text + "=" * (-len(text) % 4))
        except NotBase64:
            sealed = b""
        for key in _keys():
            try:
                return key.decrypt(sealed, [_reader()])
            except (InvalidTag, ValueError):
                continue
    raise ValidationError(_NOT_OURS, code="position")


def _reader() -> bytes:
    """Say for whom a position holds: with another role or clearance one has seen other rows."""
    return "|".join(told(current_actor())).encode()


@cache
def _cipher(secret: str) -> AESSIV:
    return AESSIV(HKDF(SHA512(), 64, None, b"positions of the feed").derive(secret.encode()))


def _keys() -> list[AESSIV]:
    return [_cipher(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
