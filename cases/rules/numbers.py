"""Numbers in print."""

from django.utils.formats import number_format


def grouped(number: int) -> str:
    """Write a number with its thousands apart: “1,501” is one and a half to a Russian reader."""
    return number_format(number, force_grouping=True)
