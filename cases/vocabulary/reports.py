"""Who said what, where: reports, statements and citations."""

from cases.vocabulary.base import Terms


class ReportKind(Terms):
    NEWS = "news", "A news article.", "News article"
    WIRE = "wire", "A news agency's dispatch.", "Agency dispatch"
    OFFICIAL = "official", "A document of an authority.", "Official document"
    NGO = "ngo", "A report of a non-governmental organisation.", "NGO report"
    OTHER = "other", "None of the others.", "Other"


class DateBasis(Terms):
    STATED = "stated", "The report gives the date itself.", "Stated"
    DERIVED = "derived", "Worked out from other dates or days in the text.", "Derived"
    UNKNOWN = "unknown", "Neither given nor to be worked out.", "Unknown"


class Reliability(Terms):
    A = "A", "Completely reliable (Admiralty grade).", "A – completely reliable"
    B = "B", "Usually reliable.", "B – usually reliable"
    C = "C", "Fairly reliable.", "C – fairly reliable"
    D = "D", "Not usually reliable.", "D – not usually reliable"
    E = "E", "Unreliable.", "E – unreliable"
    F = "F", "Reliability cannot be judged; the default.", "F – cannot be judged"


class Credibility(Terms):
    CONFIRMED = "1", "Confirmed by other sources (Admiralty grade).", "1 – confirmed"
    PROBABLE = "2", "Probably true.", "2 – probably true"
    POSSIBLE = "3", "Possibly true.", "3 – possibly true"
    DOUBTFUL = "4", "Doubtfully true.", "4 – doubtful"
    IMPROBABLE = "5", "Improbable.", "5 – improbable"
    UNJUDGED = "6", "Truth cannot be judged; the default.", "6 – cannot be judged"


class QualityFlagKind(Terms):
    UNDATED = "undated", "The report carries no date that can be resolved.", "Undated"
    RELATIVE_DATE = (
        "relative_date",
        "Dates are given only as weekdays, “today” or “hours ago”.",
        "Relative dates only",
    )
    MACHINE_REWRITTEN = (
        "machine_rewritten",
        "The text reads as rewritten or translated by a machine.",
        "Machine-rewritten",
    )
    PLACEHOLDER_CITATION = (
        "placeholder_citation",
        "It cites sources that are placeholders, not sources.",
        "Placeholder citations",
    )
    SELF_CONTRADICTION = (
        "self_contradiction",
        "The report contradicts itself.",
        "Contradicts itself",
    )
    DERIVATIVE_COPY = (
        "derivative_copy",
        "A copy of another outlet's report, reached through an aggregator.",
        "Derivative copy",
    )
    NO_PUBLISHER = "no_publisher", "No publisher can be seen in the text.", "No publisher named"
    GARBLED_NAME = "garbled_name", "A name or acronym is plainly wrong.", "Garbled name"
    VARIANT_SPELLING = (
        "variant_spelling",
        "One name is spelled in two ways inside the report.",
        "Two spellings of one name",
    )
    AMBIGUOUS_CLAUSE = (
        "ambiguous_clause",
        "A sentence can be read in two ways that matter.",
        "Ambiguous clause",
    )
    UNRELATED_TEXT = (
        "unrelated_text",
        "Text of other pages or headlines is mixed in.",
        "Unrelated text",
    )
    UNVERIFIABLE_SOURCE = (
        "unverifiable_source",
        "It rests on sources that nobody else can check.",
        "Unverifiable sources",
    )


class Attribution(Terms):
    NAMED = "named", "A named official, body or person speaks.", "Named speaker"
    COLLECTIVE = "collective", "A group speaks together, nobody of it named.", "Collective"
    UNATTRIBUTED = "unattributed", "The report says it and names nobody.", "Nobody named"
    ANONYMOUS = "anonymous", "A source that the report does not name.", "Anonymous source"


class Channel(Terms):
    TELEGRAM = "telegram", "A post on Telegram.", "Telegram post"
    BRIEFING = "briefing", "A briefing, open or closed, to the press.", "Briefing"
    INTERVIEW = "interview", "An interview to a news agency or outlet.", "Interview"
    PRESS_OFFICE = "press_office", "A statement of a press office.", "Press office"
    REPORT_TO_AUTHORITY = (
        "report_to_authority",
        "A report made to a superior authority.",
        "Report to an authority",
    )
    EDITORIAL = "editorial", "The report's own voice.", "The report's own voice"
    FOOTAGE = "footage", "Video or photographs.", "Footage"
    LETTER = "letter", "A letter or formal appeal.", "Letter"
    UNKNOWN = "unknown", "Not said.", "Not said"


class Modality(Terms):
    ASSERTS = "asserts", "States as a fact.", "asserts"
    ESTIMATES = "estimates", "Gives as an estimate.", "estimates"
    ACCUSES = "accuses", "Alleges against another party.", "accuses"
    DENIES = "denies", "Rejects what another said.", "denies"
    PROMISES = "promises", "Says that something will be done.", "promises"
    HOPES = "hopes", "Expresses a hope.", "hopes"
    DECLINES = "declines", "Declines to say or to confirm.", "declines to say"
    SILENT = "silent", "Has not reacted or answered.", "has not reacted"


class DigestState(Terms):
    NEW = "new", "The text is kept; nobody has taken it up.", "To digest"
    IN_HAND = "in_hand", "Somebody is recording what the text says.", "In hand"
    DIGESTED = "digested", "All that matters to us in the text is recorded.", "Digested"
    SET_ASIDE = "set_aside", "Not to be digested, for a reason that is kept.", "Set aside"


class TextFault(Terms):
    UNDATED = "undated", "No date of publication is known.", "Undated"
    WEEKDAY = "weekday", "A weekday and the date beside it do not agree.", "Weekday against date"
    RELATIVE_DATE = (
        "relative_date",
        "A day counted from another one that is not known: “yesterday”, “last week”.",
        "Relative date",
    )
    PLACEHOLDER = (
        "placeholder",
        "A source is named by a placeholder that nobody has filled in.",
        "Placeholder citation",
    )
    SUBGROUP = (
        "subgroup",
        "A subgroup is larger than the whole it is part of.",
        "Subgroup too large",
    )
    SPELLING = "spelling", "One name seems to be spelled in two ways.", "Two spellings"
