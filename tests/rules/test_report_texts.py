"""Texts of reports in the form in which they are kept, and their paragraphs."""

import pytest
from django.core.exceptions import ValidationError

from cases.rules.attachments import LARGEST
from cases.rules.report_texts import LARGEST_PAGE, LONGEST, paragraphs, pasted, uploaded
from cases.vocabulary.attachments import MediaType
from tests.files import PLAIN_PDF, picture

PAGE = """<!DOCTYPE html><html><head><title>Buses &amp; boats</title>
<style>p {color: red}</style><script>alert("<p>run</p>")</script></head>
<body><nav>Home | About</nav><!-- a remark --><h1>Buses
came</h1><p>Forty &lt;people&gt; came,<br>by\u00ad bus.</p><ul><li>One</li></ul>
<p>5 < 6</p><svg><text>x</text></svg><P>End</P></body></html>"""


def sentence_of(call, *args):
    with pytest.raises(ValidationError) as refusal:
        call(*args)
    return refusal.value.messages[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One\nstill one\n\nTwo", ["One still one", "Two"]),
        ("One\nTwo\n", ["One", "Two"]),
        ("\n\nOne\n \n\n  Two  words\n", ["One", "Two words"]),
        ("", []),
    ],
)
def test_paragraphs_are_parted_by_empty_lines_or_else_by_lines(text, expected):
    found = paragraphs(text)
    assert [paragraph.text for paragraph in found] == expected
    assert [paragraph.number for paragraph in found] == list(range(1, len(expected) + 1))


def test_a_paragraph_is_a_place_in_the_text():
    assert paragraphs("One\nTwo")[1].locator == "paragraph 2"


def test_a_pasted_text_is_kept_in_its_one_form():
    kept = pasted("\ufeff One\u00ad\u200b day\r\nTwo ")
    assert kept.text == "One day\nTwo"
    assert kept.content == kept.text.encode()
    assert (kept.media_type, len(kept.sha256)) == (MediaType.TEXT, 64)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (" \n ", "There is no text."),
        ("a" * (LONGEST + 1), "This text is too long."),
        ("turned \u202e round", "has a character that nobody can see"),
    ],
)
def test_what_is_no_text_is_refused(text, said):
    assert said in sentence_of(pasted, text)


def test_of_a_web_page_the_words_are_kept():
    kept = uploaded(PAGE.encode())
    assert [p.text for p in paragraphs(kept.text)] == [
        "Buses & boats", "Buses came", "Forty <people> came, by bus.", "One", "5 < 6", "End",
    ]  # fmt: skip
    assert kept.media_type is MediaType.TEXT


def test_a_web_page_says_its_letters():
    page = '<html><meta charset="windows-1251"><p>Автобусы</p></html>'
    assert uploaded(page.encode("cp1251")).text == "Автобусы"
    plain = page.replace("windows-1251", "utf-8")
    assert uploaded(plain.encode()).text == "Автобусы"
    assert "cannot be read" in sentence_of(uploaded, plain.encode("cp1251"))


@pytest.mark.parametrize("end", ["<!-- ", "<script>", "<p", "<!doctype ", "<p " * 3000])
def test_a_page_that_breaks_off_is_read_as_far_as_it_goes(end):
    assert uploaded(f"<html><p>Forty came.</p>{end} x".encode()).text.startswith("Forty came.")


def test_letters_that_grow_when_made_small_move_nothing():
    assert uploaded("<html><p>İİ</p><p>Two</p></html>".encode()).text == "İİ\n\nTwo"


def test_a_text_file_is_kept_as_its_words():
    assert uploaded(b"Forty came.\r\n").text == "Forty came."


def test_a_pdf_document_is_archived_with_the_text_beside_it():
    kept = uploaded(PLAIN_PDF, "Forty came.")
    assert (kept.content, kept.text, kept.media_type) == (PLAIN_PDF, "Forty came.", MediaType.PDF)
    assert "Paste its text" in sentence_of(uploaded, PLAIN_PDF, " ")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (picture(), "This file is a picture."),
        (b"<html>" + b"x" * LARGEST_PAGE, "A web page may have"),
        (b"x" * (LARGEST + 1), "The file is too large."),
        (b"", "There is no text."),
        (PLAIN_PDF + b"<html>", "hangs behind its end"),
    ],
)
def test_other_files_are_refused(content, said):
    assert said in sentence_of(uploaded, content, "Words.")
