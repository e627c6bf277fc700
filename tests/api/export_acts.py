"""Acts on files that were asked for, as they are sent."""

from tests.api.collections import address
from tests.factories import ExportRunFactory, UserFactory


def a_file_approved():
    row = ExportRunFactory(recorded_by=UserFactory())
    return address("exports", row.pk, "approve"), {}


def a_file_declined():
    row = ExportRunFactory(recorded_by=UserFactory())
    return address("exports", row.pk, "decline"), {"reason": "Too much."}


EXPORTS = [a_file_approved, a_file_declined]
