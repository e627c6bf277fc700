"""How dates are written in Russian: the month in the genitive.

Without the word for “year”, whose own full stop would meet that of the sentence.
"""

DATE_FORMAT = "j E Y"
DATETIME_FORMAT = "j E Y H:i"
MONTH_DAY_FORMAT = "j E"
YEAR_MONTH_FORMAT = "F Y"
