"""Cells that no spreadsheet runs."""

import pytest

from cases.rules.cells import fit_for_xml, harmless


@pytest.mark.parametrize("begins", list("=+-@\t\r\n\x00＝＋－＠"))
def test_a_formula_is_made_a_text(begins):
    assert harmless(f"{begins}1+1") == f"'{begins}1+1"


@pytest.mark.parametrize("text", ["", "Иван", "1+1", "a=b", "'=1"])
def test_any_other_text_stays_as_it_is(text):
    assert harmless(text) == text


def test_xml_has_its_characters_only():
    assert fit_for_xml("a\x00\x08\t\n\r\ud800\ufffeб😀") == "a\t\n\rб😀"
