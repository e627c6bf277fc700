"""Strict reading: one form each, in ASCII digits."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError

from cases.filters import values

KEY = "0d7f0b34-6b6a-4a4e-8f6c-0f5f0f5f0f5f"


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (values.day, "2024-02-29", date(2024, 2, 29)),
        (values.moment, "2024-11-22T18:30:00Z", datetime(2024, 11, 22, 18, 30, tzinfo=UTC)),
        (values.moment, "2024-11-22t18:30z", datetime(2024, 11, 22, 18, 30, tzinfo=UTC)),
        (values.moment, "2024-11-22T18:30:00.0+03:00", datetime(2024, 11, 22, 15, 30, tzinfo=UTC)),
        (values.key, KEY.upper(), UUID(KEY)),
        (values.number, "046", 46),
        (values.flag, "true", True),
        (values.flag, "false", False),
    ],
)  # fmt: skip
def test_usual_forms_are_read(read, text, value):
    assert read(text) == value


@pytest.mark.parametrize(
    ("read", "text"),
    [
        *((values.day, t) for t in ("2023-02-29", "0000-01-01", "10000-01-01", "2024-1-1", "")),
        (values.day, "٢٠٢٤-١١-٢٢"),
        *(
            (values.moment, t)
            for t in (
                "2024-11-22",
                "2024-11-22T18:30:00",
                "9999-12-31T23:59:59-12:00",
                "0001-01-01T00:00:00+14:00",
                "2024-11-22T18:30:00+99:99",
                "2024-11-22 18:30:00Z",
            )
        ),
        *((values.key, t) for t in ("", "1", KEY.replace("-", ""), f"{{{KEY}}}", f"urn:{KEY}")),
        *((values.number, t) for t in ("-1", "1.0", "٣", "9" * 30, "")),
        *((values.flag, t) for t in ("True", "1", "yes", "")),
    ],
)  # fmt: skip
def test_other_forms_are_refused(read, text):
    with pytest.raises(ValidationError) as refusal:
        read(text)

    assert len(refusal.value.messages[0]) < 250
