"""Files to be sent: good ones, and those that would do harm."""

import struct
import zlib
from io import BytesIO

from PIL import Image

TEXT = "Видели в приюте.\n".encode()


def picture(kind="JPEG", size=(40, 30), mode="RGB", **options):
    """Give a small picture, red above and blue below."""
    drawn = Image.new(mode, size, 0 if mode in {"L", "P", "1"} else "blue")
    if mode in {"RGB", "RGBA"}:
        drawn.paste("red", (0, 0, size[0], size[1] // 2))
    out = BytesIO()
    drawn.save(out, kind, **options)
    return out.getvalue()


def photograph():
    """Give a picture as a telephone writes it: turned, with a place, a maker and a remark."""
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010F] = "Qzxmaker"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (51.0, 43.0, 48.0)
    return picture(size=(60, 20), exif=exif, comment=b"Qzxcomment", icc_profile=b"Qzxprofile")


def bomb(side=9_000):
    """Give a PNG of a few kilobytes whose header promises ``side`` squared pixels."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)

    def chunk(name, data):
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    body = zlib.compress(bytes(1_000_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def pdf(*objects: bytes, tail: bytes = b"") -> bytes:
    """Give a document of these objects."""
    numbered = [b"%d 0 obj\n%s\nendobj\n" % (n, body) for n, body in enumerate(objects, 1)]
    head = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
    return head + b"".join(numbered) + b"trailer <</Root 1 0 R>>\nstartxref\n0\n%%EOF\n" + tail


def packed(body: bytes, entries: bytes = b"/Type /ObjStm /N 1 /First 4") -> bytes:
    """Give a stream packed with Flate."""
    data = zlib.compress(body)
    head = b"<<%s /Length %d /Filter /FlateDecode>>" % (entries, len(data))
    return head + b"\nstream\n" + data + b"\nendstream"


PAGE = packed(b"BT (Seen at the shelter, A/AA and /JS) Tj ET", b"")
PLAIN_PDF = pdf(b"<</Type /Catalog /Pages 2 0 R>>", b"<</Type /Pages /Kids [] /Count 0>>", PAGE)
