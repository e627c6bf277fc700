"""Files kept on people: taken, recorded, withdrawn, and swept up where an act did not end."""

import secrets
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _, ngettext

from cases import clock
from cases.access.actor import AnyActor
from cases.access.gate import System, acting_as, require
from cases.access.roles import Act
from cases.actions import recording
from cases.models import (
    Attachment,
    ExportRun,
    ImportRun,
    Individual,
    Organisation,
    ReportText,
)
from cases.rules import attachments
from cases.rules.attachments import Checked
from cases.rules.numbers import grouped

KEEP = Act.KEEP_CASES


@dataclass(frozen=True)
class Taken:
    """A file that lies in the storage and waits for its row."""

    file: Checked
    stored_name: str


def taken(content: bytes, *, by: AnyActor) -> AbstractContextManager[Taken]:
    """Check a file and store it for :func:`add`, which follows in the block.

    Enter the block outside the transaction: drawing a picture anew takes its time, and at the end
    the file is taken away again unless its row was committed.

    :raises ValidationError: for a file that is not taken, saying what is.
    """
    require(by, KEEP)
    return _kept_with_its_row(attachments.checked(content))


@contextmanager
def _kept_with_its_row(file: Checked) -> Iterator[Taken]:
    with stored(file.content) as stored_name:
        yield Taken(file, stored_name)


@contextmanager
def stored(content: bytes) -> Iterator[str]:
    """Store a file for the block, and for good only if a row that names it was committed."""
    stored_name = default_storage.save(secrets.token_hex(20), ContentFile(content))
    try:
        yield stored_name
    finally:
        if not _has_row(stored_name):
            default_storage.delete(stored_name)


@transaction.atomic
def add(
    *,
    by: AnyActor,
    individual: Individual,
    upload: Taken,
    kind: str,
    title: str,
    organisation: Organisation | None = None,
) -> Attachment:
    """Record a file of a person.

    :raises ValidationError: where the person or the organisation has as many as allowed.
    """
    require(by, KEEP)
    recording.require_own(by, individual)
    _check_quota(individual, len(upload.file.content))
    return recording.add(
        Attachment,
        by=by,
        act=KEEP,
        organisation=organisation or (individual.organisation if by.user_id is None else None),
        individual=individual,
        title=attachments.title_of(title),
        kind=kind,
        media_type=upload.file.media_type,
        size=len(upload.file.content),
        sha256=upload.file.sha256,
        stored_name=upload.stored_name,
    )


@transaction.atomic
def withdraw(
    attachment: Attachment, *, by: AnyActor, version: int | None, reason: str
) -> Attachment:
    """Take a file away for good; that it was there, and why it went, stays on record.

    :raises ValidationError: if it is withdrawn already.
    """
    require(by, KEEP)
    recording.require_own(by, attachment)
    recording.compare(attachment, version)
    if attachment.withdrawn_at is not None:
        message = _("This file is withdrawn already.")
        raise ValidationError(message, code="withdrawn")
    gone = recording.amend(
        attachment, by=by, act=KEEP, version=version,
        withdrawn_at=clock.now(), withdrawal_reason=reason,
    )  # fmt: skip
    stored_name = attachment.stored_name
    transaction.on_commit(lambda: default_storage.delete(stored_name))
    return gone


@dataclass(frozen=True)
class Sweep:
    """What lay in the storage without a row, and rows whose file is missing."""

    orphans: tuple[str, ...]
    missing: tuple[str, ...]


def sweep(*, by: AnyActor, before: datetime, delete: bool) -> Sweep:
    """Find files that no row names and rows without a file; delete the former if told.

    A file younger than ``before`` may belong to an act that has not ended yet.
    """
    require(by, KEEP)
    with acting_as(System("sweeping uploads")):
        named = {
            **dict(ExportRun.objects.exclude(stored_name="").values_list("stored_name", "pk")),
            **dict(ReportText.objects.exclude(stored_name="").values_list("stored_name", "pk")),
            **dict(ImportRun.objects.exclude(stored_name="").values_list("stored_name", "pk")),
            **dict(
                Attachment.objects.filter(withdrawn_at__isnull=True).values_list(
                    "stored_name", "pk"
                )
            ),
        }
    lying = set(default_storage.listdir("")[1]) if default_storage.exists("") else set()
    orphans = sorted(
        name for name in lying - named.keys() if default_storage.get_modified_time(name) < before
    )
    if delete:
        for name in orphans:
            default_storage.delete(name)
    return Sweep(tuple(orphans), tuple(sorted(str(named[n]) for n in named.keys() - lying)))


def _has_row(stored_name: str) -> bool:
    with acting_as(System("looking for the row of a file")):
        kept_in = (Attachment.objects, ReportText.objects, ImportRun.objects)
        return any(rows.filter(stored_name=stored_name).exists() for rows in kept_in)


def _check_quota(individual: Individual, size: int) -> None:
    """Refuse what is too much, for the person and for the organisation.

    The organisation's row is the lock: two files at once would both find room.
    """
    with acting_as(System("counting files")):
        keeper = Organisation.objects.select_for_update().get(pk=individual.organisation_id)
        rows = Attachment.objects.filter(withdrawn_at__isnull=True)
        for whose, kept, quota in (
            ("person", rows.filter(individual=individual), settings.ATTACHMENTS_PER_PERSON),
            (
                "organisation",
                rows.filter(organisation=keeper),
                settings.ATTACHMENTS_PER_ORGANISATION,
            ),
        ):
            files, used = kept.count(), kept.aggregate(sum=Sum("size"))["sum"] or 0
            if files >= quota["files"] or used + size > quota["bytes"]:
                raise ValidationError(_full(whose, **quota), code="quota")


def _full(whose: str, *, files: int, bytes: int) -> str:  # noqa: A002 - as the setting says it
    if whose == "person":
        sentence = ngettext(
            "There is no room for this file: a person may have %(files)s files and "
            "%(megabytes)s MB. Withdraw what is no longer needed.",
            "There is no room for this file: a person may have %(files)s files and "
            "%(megabytes)s MB. Withdraw what is no longer needed.",
            files,
        )
    else:
        sentence = ngettext(
            "There is no room for this file: an organisation may have %(files)s files and "
            "%(megabytes)s MB. Withdraw what is no longer needed.",
            "There is no room for this file: an organisation may have %(files)s files and "
            "%(megabytes)s MB. Withdraw what is no longer needed.",
            files,
        )
    return sentence % {
        "files": grouped(files),
        "megabytes": grouped(bytes // 1_000_000),
    }
