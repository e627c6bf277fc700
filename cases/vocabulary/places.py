"""Places and their names."""

from cases.vocabulary.base import Terms


class PlaceKind(Terms):
    COUNTRY = "country", "A state, under its ISO 3166-1 code.", "Country"
    OBLAST = "oblast", "A first-level division of a country.", "Oblast"
    DISTRICT = "district", "A second-level division: a district or raion.", "District"
    SETTLEMENT = "settlement", "A city, town or village.", "Settlement"
    FACILITY = "facility", "A building or site, such as a shelter.", "Facility"
    BORDER_POINT = "border_point", "A place where a border is crossed.", "Border point"
    INFORMAL_AREA = (
        "informal_area",
        "An area without an administrative border, such as “border communities”.",
        "Informal area",
    )


class NameKind(Terms):
    OFFICIAL = "official", "The name in official use.", "Official name"
    VARIANT = "variant", "Another spelling or romanisation in use.", "Variant"
    ALIAS = "alias", "Another name for the same thing or person.", "Alias"
    NICKNAME = "nickname", "A short or familiar form.", "Nickname"
    ACRONYM = "acronym", "Initials in use for the name.", "Acronym"
    SOURCE_SPELLING = (
        "source_spelling",
        "The spelling a source used, kept as it stands there.",
        "Spelling of a source",
    )
