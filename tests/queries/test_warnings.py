"""What a reader should know of a figure and no rule refuses."""

import pytest

from cases.queries import warnings
from tests.factories import CitationFactory, ReportedCountFactory

pytestmark = pytest.mark.django_db


def test_a_plain_figure_has_none():
    count = ReportedCountFactory(as_of_edtf="2024-11-22")
    CitationFactory(statement=count.statement)

    assert warnings.of(count) == ()


def test_an_undated_figure_in_no_report_says_so():
    said = " ".join(warnings.of(ReportedCountFactory(as_of_edtf="")))

    assert "No report" in said
    assert "undated" in said


@pytest.mark.parametrize(("part", "is_larger"), [(47, True), (46, False)])
def test_a_subgroup_larger_than_its_whole_is_a_warning(part, is_larger):
    whole = ReportedCountFactory(stated_value=46)
    count = ReportedCountFactory(
        stated_value=part,
        part_of=whole,
        population=whole.population,
        dimension="age",
        label="child",
    )

    assert any("larger than its whole" in said for said in warnings.of(count)) is is_larger
