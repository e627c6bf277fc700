"""Pictures, drawn anew: what a camera or an attacker wrote beside the pixels is left behind."""

from io import BytesIO
from threading import Lock

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from cases.vocabulary.attachments import MediaType

MOST_PIXELS = 40_000_000
LONGEST_SIDE = 2560
_QUALITY = 88
_FORMATS = {MediaType.JPEG: "JPEG", MediaType.PNG: "PNG", MediaType.WEBP: "WEBP"}
_MODES = {"L", "RGB", "RGBA"}
# A picture of 40 megapixels takes 160 MB while it is drawn: one at a time.
_drawing = Lock()


def drawn_anew(content: bytes, media_type: MediaType) -> bytes:
    """Give the picture upright, at most 2,560 pixels long, and nothing but pixels.

    :raises ValidationError: for one that cannot be drawn, is too large, or moves.
    """
    try:
        with _drawing, Image.open(BytesIO(content), formats=[_FORMATS[media_type]]) as picture:
            _check_size(picture)
            return _drawn(picture, _FORMATS[media_type])
    except ValidationError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_large() from None
    except Exception:  # noqa: BLE001 - a decoder raises anything on a broken picture
        message = _(
            "This picture cannot be read: it is broken or cut off. Save it anew and send that."
        )
        raise ValidationError(message, code="unaccepted_file") from None


def _check_size(picture: Image.Image) -> None:
    """Refuse by what the header says, before a pixel is unpacked."""
    if picture.width * picture.height > MOST_PIXELS:
        raise _too_large()
    if getattr(picture, "n_frames", 1) > 1:
        message = _("This picture moves. Send one still picture.")
        raise ValidationError(message, code="unaccepted_file")


def _too_large() -> ValidationError:
    millions = MOST_PIXELS // 1_000_000
    message = _("This picture has more than %(millions)s million pixels. Send a smaller one.") % {
        "millions": millions
    }
    return ValidationError(message, code="unaccepted_file")


def _drawn(picture: Image.Image, kind: str) -> bytes:
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    if kind == "JPEG" or upright.mode not in _MODES:
        has_holes = kind != "JPEG" and upright.has_transparency_data
        upright = upright.convert("RGBA" if has_holes else "RGB")
    bare = Image.new(upright.mode, upright.size)
    bare.paste(upright)
    drawn = BytesIO()
    bare.save(drawn, kind, quality=_QUALITY)
    return drawn.getvalue()
