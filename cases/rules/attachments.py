"""Files as they may be kept: what they are is told from their content, never from their name."""

import re
from dataclasses import dataclass
from hashlib import sha256

import filetype
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _, gettext_lazy

from cases.rules import documents, pictures
from cases.rules.texts import script_of
from cases.vocabulary.attachments import MediaType

LARGEST = 10_000_000
LONGEST_TITLE = 120
TAKEN = gettext_lazy("JPEG, PNG or WebP pictures, PDF documents and plain text in UTF-8")
ENDINGS = {
    MediaType.JPEG: ".jpg",
    MediaType.PNG: ".png",
    MediaType.WEBP: ".webp",
    MediaType.PDF: ".pdf",
    MediaType.TEXT: ".txt",
}
_PICTURES = {MediaType.JPEG, MediaType.PNG, MediaType.WEBP}
_HEAD = 1024
_ENDING = re.compile(r"\.[A-Za-z]{2,5}\Z")
_SEPARATORS = str.maketrans(dict.fromkeys('/<>:"|?*;', "_"))
_RESERVED = frozenset({"con", "prn", "aux", "nul", "com1", "com2", "com3", "lpt1", "lpt2"})


@dataclass(frozen=True)
class Checked:
    """A file that may be kept, as it will be."""

    content: bytes
    media_type: MediaType

    @property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()


def checked(content: bytes) -> Checked:
    """Give a file in the form in which it may be kept.

    Pictures are drawn anew, so that nothing hides in them; documents are searched; texts are
    brought into their one form.

    :raises ValidationError: coded `too_large` or `unaccepted_file`, with a sentence that says what
        is taken.
    """
    if len(content) > LARGEST:
        message = _("The file is too large. It may have %(megabytes)s MB at most.") % {
            "megabytes": LARGEST // 1_000_000
        }
        raise ValidationError(message, code="too_large")
    if not content:
        raise documents.refusal(_("The file is empty. Choose another one."))
    media_type = told_from(content)
    if media_type in _PICTURES:
        return Checked(pictures.drawn_anew(content, media_type), media_type)
    if media_type is MediaType.PDF:
        documents.check_pdf(content)
        return Checked(content, media_type)
    return Checked(documents.plain_text(content), media_type)


def told_from(content: bytes) -> MediaType:
    """Tell what a file is from its first bytes; what is nothing else may be text.

    :raises ValidationError: for a kind of file that is not taken, or one that is two at once.
    """
    guessed = filetype.guess(content)
    mime = guessed.mime if guessed else MediaType.TEXT.value
    if mime not in MediaType.values:
        raise documents.refusal(
            _("This kind of file (%(kind)s) is not taken. Send %(taken)s.")
            % {"kind": mime, "taken": TAKEN}
        )
    if mime != MediaType.PDF and b"%PDF-" in content[:_HEAD]:
        raise documents.refusal(
            _("This file is of two kinds at once. Send %(taken)s.") % {"taken": TAKEN}
        )
    return MediaType(mime)


def title_of(name: str) -> str:
    """Make a title of the name that a file came with: its last part, without the ending.

    It is shown and offered for saving; on this server it names nothing.
    """
    return _plain(_ENDING.sub("", name.replace("\\", "/").rsplit("/", 1)[-1]))


def file_name(title: str, media_type: str) -> str:
    """Name a file for whoever saves it."""
    return _plain(title) + ENDINGS[MediaType(media_type)]


def _plain(name: str) -> str:
    seen = "".join(sign if _is_plain(sign) else " " for sign in name).translate(_SEPARATORS)
    stem = " ".join(seen.split()).strip("-. ~_")
    if stem.lower().split(".")[0] in _RESERVED:
        stem = f"file {stem}"
    return stem[:LONGEST_TITLE].strip("-. ") or "untitled"


def _is_plain(sign: str) -> bool:
    return sign == " " or (sign.isprintable() and not sign.isspace() and bool(script_of(sign)))
