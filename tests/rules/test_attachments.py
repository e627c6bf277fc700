"""Which files may be kept, and in what form."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from cases.rules import attachments, documents, pictures
from cases.rules.attachments import checked, file_name, title_of
from tests import files
from tests.refusals import sentence_of


def drawn(content):
    return Image.open(BytesIO(checked(content).content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_pictures_are_drawn_anew_in_their_own_kind(kind):
    kept = checked(files.picture(kind))

    assert kept.media_type == f"image/{kind.lower()}"
    assert drawn(files.picture(kind)).format == kind
    assert len(kept.sha256) == 64


def test_what_a_camera_wrote_is_gone_and_the_picture_is_upright():
    sent = files.photograph()
    assert b"Qzxmaker" in sent

    kept = checked(sent).content
    assert b"Qzx" not in kept
    assert not Image.open(BytesIO(kept)).getexif()
    assert drawn(sent).size == (20, 60)


def test_what_hangs_behind_a_picture_is_gone():
    for kind in ("JPEG", "PNG", "WEBP"):
        assert b"<script" not in checked(files.picture(kind) + b"<script>alert(1)</script>").content


def test_large_pictures_become_smaller():
    assert drawn(files.picture(size=(5000, 1000))).size == (2560, 512)
    assert drawn(files.picture("PNG", size=(1000, 4000))).size == (640, 2560)


@pytest.mark.parametrize(
    ("mode", "kind", "expected"),
    [("L", "JPEG", "RGB"), ("L", "PNG", "L"), ("P", "PNG", "RGB"), ("1", "PNG", "RGB"),
     ("RGBA", "PNG", "RGBA"), ("LA", "PNG", "RGBA"), ("CMYK", "JPEG", "RGB")],
)  # fmt: skip
def test_all_kinds_of_colour_are_taken(mode, kind, expected):
    sent = BytesIO()
    Image.new(mode, (8, 8)).save(sent, kind)

    assert drawn(sent.getvalue()).mode == expected


@pytest.mark.parametrize("side", [9_000, 10_000, 60_000])
def test_a_flood_of_pixels_is_refused_before_it_is_unpacked(side):
    assert "more than 40 million pixels" in sentence_of(checked, files.bomb(side))


def test_a_picture_that_moves_is_refused():
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    sent = BytesIO()
    frames[0].save(sent, "WEBP", save_all=True, append_images=frames[1:])

    assert "moves" in sentence_of(checked, sent.getvalue())


def is_refused_or_drawn(content):
    try:
        return bool(drawn(content))
    except ValidationError as refusal:
        return refusal.code == "unaccepted_file"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_no_broken_picture_is_a_fault(kind):
    whole = files.picture(kind, size=(200, 200))
    for end in range(12, len(whole), max(len(whole) // 25, 1)):
        assert is_refused_or_drawn(whole[:end])
    for place in range(8, len(whole), max(len(whole) // 40, 1)):
        flipped = bytes([whole[place] ^ 0xFF])
        assert is_refused_or_drawn(whole[:place] + flipped + whole[place + 1 :])
    assert "cannot be read" in sentence_of(checked, whole[: len(whole) // 2])


def test_a_plain_document_is_kept_as_it_is():
    assert checked(files.PLAIN_PDF).content == files.PLAIN_PDF
    assert checked(files.PLAIN_PDF).media_type == "application/pdf"


HARMFUL = sorted(name.decode() for name in documents._FORBIDDEN)


@pytest.mark.parametrize("name", HARMFUL)
@pytest.mark.parametrize("hidden", ["plain", "escaped", "packed", "packed in pieces"])
def test_a_document_that_would_do_something_is_refused(name, hidden):
    entry = b"<</%s 5 0 R>>" % name.encode()
    body = {
        "plain": entry,
        "escaped": b"<</#%02X%s 5 0 R>>" % (ord(name[0]), name[1:].encode()),
        "packed": files.packed(b"5 0 " + entry),
        "packed in pieces": files.packed(b"5 0 <<" + b" " * 65_500 + entry),
    }[hidden]

    assert f"({name})" in sentence_of(checked, files.pdf(body))


@pytest.mark.parametrize(
    "sent",
    [
        files.PLAIN_PDF[:-8],
        files.PLAIN_PDF + b"PK\x03\x04 and a whole archive behind the end",
        files.PLAIN_PDF + files.PLAIN_PDF,
        files.pdf(b"<<>>", tail=b"<script>alert(1)</script>"),
        files.pdf(b"<</Length 9>>\nstream\nno end of it /JavaScript "),
    ],
)
def test_a_document_with_something_beside_it_is_refused(sent):
    with pytest.raises(ValidationError) as refusal:
        checked(sent)
    assert refusal.value.code == "unaccepted_file"


def test_a_document_that_unpacks_for_ever_is_refused(monkeypatch):
    monkeypatch.setattr(documents, "MOST_WORK", 3_000_000)

    assert "far more than its size" in sentence_of(
        checked, files.pdf(files.packed(bytes(9_000_000)))
    )


def test_streams_that_are_not_flate_are_left_alone():
    odd = [
        b"<<>>\nstream\nx\x9cnot zlib at all\nendstream",
        b"<<>>\nstream\n\x78\x9cnot zlib at all\nendstream",
        b"<<>>\nstream\n",
    ]
    assert checked(files.pdf(*odd)).media_type == "application/pdf"


def test_plain_words_are_brought_into_one_form():
    kept = checked("\ufeffone\r\ncafe\u0301".encode())

    assert kept.content == "one\ncafé".encode()
    assert kept.media_type == "text/plain"


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (b"", "unaccepted_file"),
        (b"\xff\xfeA\x00", "unaccepted_file"),
        ("Привет".encode("cp1251"), "unaccepted_file"),
        (b"a\x00b", "unaccepted_file"),
        ("a\u202eb".encode(), "unaccepted_file"),
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
            "unaccepted_file",
        ),
        (b"  <!DOCTYPE html><html>", "unaccepted_file"),
        (b"words and < script src=x>", "unaccepted_file"),
        (b"<?php system($_GET[0]);", "unaccepted_file"),
        (b"#!/bin/sh\nrm -rf /", "unaccepted_file"),
        (b"GIF89a\x01\x00\x01\x00", "unaccepted_file"),
        (b"PK\x03\x04" + bytes(100), "unaccepted_file"),
        (b"MZ" + bytes(100), "unaccepted_file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "unaccepted_file"),
        (files.picture()[:4] + b"%PDF-1.4 " + files.picture(), "unaccepted_file"),
        (b"x" * (documents.LONGEST_TEXT + 1), "too_large"),
        (bytes(attachments.LARGEST + 1), "too_large"),
    ],
)
def test_everything_else_is_refused(sent, code):
    with pytest.raises(ValidationError) as refusal:
        checked(sent)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Паспорт.pdf", "Паспорт"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\scan.JPEG", "scan"),
        ("NUL", "file NUL"),
        ("con.txt", "file con"),
        ("-rf", "rf"),
        ("a;b\r\nSet-Cookie: x", "a_b Set-Cookie_ x"),
        ("gpj.\u202eexe", "gpj. exe"),
        ("x" * 300, "x" * 120),
        ("\x00\x01", "untitled"),
        ("...", "untitled"),
        ("letter 3.5 of May", "letter 3.5 of May"),
    ],
)
def test_a_title_is_what_everybody_can_read(name, title):
    made = title_of(name)

    assert made == title
    assert file_name(made, "application/pdf") == f"{made}.pdf"


def test_the_limits_are_those_of_the_settings(settings):
    assert settings.LARGEST_REQUEST > attachments.LARGEST
    assert (Image.MAX_IMAGE_PIXELS or 0) > pictures.MOST_PIXELS
