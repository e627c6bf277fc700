"""What a text may be made of."""

import pytest

from cases.rules import texts
from tests.refusals import sentence_of

UNSEEN = [0xAD, 0x61C, 0x200B, 0x200E, 0x202A, 0x202E, 0x2028, 0x2029, 0x2060, 0x2066, 0x2069,
          0xFEFF, 0xFE0F, 0x3164, 0xE0041]  # fmt: skip
CONTROL = [0x00, 0x01, 0x08, 0x0B, 0x1B, 0x7F, 0x85, 0x9F]
MEANINGLESS = [0xE000, 0xFFFE, 0xFDD0, 0x10FFFF]
PLAIN = [
    "Дарья Щукина", "Kaliningrad’s “shelter” – № 5", "李小龍", "חנה", "محمد بن علي", "😀",
    "Ngô Thị Huyền", "กรุงเทพ", "हिन्दी", "ქართული",
]  # fmt: skip


@pytest.mark.parametrize("text", PLAIN)
@pytest.mark.parametrize("is_long", [True, False])
def test_what_people_write_is_kept_as_it_is(text, is_long):
    assert texts.normal(text, is_long=is_long) == text


def test_a_text_is_kept_in_its_composed_form():
    assert texts.normal("Cafe\u0301, и\u0306", is_long=False) == "Café, й"


@pytest.mark.parametrize("is_long", [True, False])
@pytest.mark.parametrize(
    ("signs", "said"),
    [
        (UNSEEN, "has a character that nobody can see"),
        (CONTROL, "has a control character"),
        (MEANINGLESS, "means nothing outside one program"),
        ([0xD800, 0xDFFF], "has half a character"),
        ([0xFFFD], "was lost on its way"),
    ],
)
def test_what_cannot_be_seen_is_refused_with_its_place(signs, said, is_long):
    for sign in signs:
        if is_long and sign == 0xFE0F:
            continue  # the style of a sign, welcome in a note
        sentence = sentence_of(texts.normal, f"Anna{chr(sign)}Petrova", is_long=is_long)
        assert said in sentence
        assert f"(U+{sign:04X}, at position 5)" in sentence


def test_lines_belong_into_long_texts_only():
    assert texts.normal("one\r\ntwo\rthree\n\tfour", is_long=True) == "one\ntwo\nthree\n\tfour"
    for sign in "\n\r\t":
        assert sentence_of(texts.normal, f"one{sign}two", is_long=False)


def test_accents_are_few():
    stacked = "a" + "\u0323" * texts.MOST_MARKS
    assert texts.normal(stacked + "b" + "\u0323", is_long=False)

    assert "more than 6 accents" in sentence_of(texts.normal, "x" + "\u0335" * 7, is_long=True)
    assert "more than 6 accents" in sentence_of(texts.normal, "x" + "\u0335" * 10_000, is_long=True)


def test_joiners_stand_where_a_script_needs_them():
    for needed in ("می\u200cخواهم", "ක්\u200dෂ"):
        assert texts.normal(needed, is_long=False) == needed
    for hidden in ("An\u200dna", "\u200cAnna", "Anna\u200d", "می\u200c"):
        assert "nobody can see" in sentence_of(texts.normal, hidden, is_long=False)


def test_the_style_of_a_sign_is_for_long_texts():
    assert texts.normal("thanks ❤\ufe0f", is_long=True)
    assert "nobody can see" in sentence_of(texts.normal, "thanks ❤\ufe0f", is_long=False)


@pytest.mark.parametrize("text", ["٢٣", "２３", "2024-०८", "x²"])
def test_digits_are_those_from_0_to_9(text):
    assert "Write them as 0 to 9" in sentence_of(texts.check_digits, text)
    assert "Write them as 0 to 9" in sentence_of(texts.check_code, text)


def test_a_code_does_not_look_like_another():
    for code in ("SR-001", "курск-2024", "RU-KRS", "mother-1", "Αθήνα", "日本-1"):
        texts.check_code(code)
    for code in ("SR-001с", "kursk-hеld", "Α1B"):
        assert "mixes letters of two scripts" in sentence_of(texts.check_code, code)


def test_addresses_are_of_the_web():
    for address in ("https://example.org/a", "HTTP://example.org"):
        texts.check_address(address)
    for address in (
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://example.org",
        "//example.org",
    ):
        assert "beginning with https://" in sentence_of(texts.check_address, address)


def test_length_is_said_with_its_limit():
    texts.check_length("x" * 200, 200)

    assert sentence_of(texts.check_length, "x" * 201, 200) == texts.too_long(200)
