"""How dates are written in English: the month in words, so that no reader takes it for the day."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y H:i"
MONTH_DAY_FORMAT = "j F"
