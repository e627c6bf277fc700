"""Files of people, as they were recorded."""

import logging
from dataclasses import dataclass
from hashlib import sha256

from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from cases.models import Attachment, ReportText
from cases.rules.attachments import file_name

log = logging.getLogger(__name__)


class Damaged(Exception):  # noqa: N818 - a finding, not a fault of whoever asks
    """The storage no longer holds what was recorded."""


@dataclass(frozen=True)
class File:
    """A file as its reader may save it."""

    content: bytes
    media_type: str
    name: str


def read(attachment: Attachment) -> File | None:
    """Give the content of a file; None where it was withdrawn.

    :raises PermissionDenied: for a reader who is not cleared for documents.
    :raises Damaged: where it is missing, or not what was recorded.
    """
    if "stored_name" in attachment.unread_fields():
        message = _("You may not read the files of people.")
        raise PermissionDenied(message)
    if attachment.withdrawn_at is not None:
        return None
    content = content_of(attachment)
    name = file_name(attachment.title, attachment.media_type)
    return File(content, attachment.media_type, name)


def content_of(kept: Attachment | ReportText) -> bytes:
    """Give what was stored.

    :raises Damaged: where it is missing, or not what was recorded.
    """
    content = _content(kept.stored_name)
    if sha256(content).hexdigest() != kept.sha256:
        log.error("The file of %s %s is missing or damaged", kept._meta.verbose_name, kept.pk)
        raise Damaged
    return content


def _content(stored_name: str) -> bytes:
    try:
        with default_storage.open(stored_name) as file:
            return bytes(file.read())
    except FileNotFoundError:
        return b""
