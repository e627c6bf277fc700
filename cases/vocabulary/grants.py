"""Sharing one person's case with another organisation."""

from cases.vocabulary.base import Terms


class GrantLevel(Terms):
    """In ascending order: each opens what those before it open."""

    OPERATIONAL = (
        "operational",
        "That the case exists, its stage and its steps; no name.",
        "Stage only",
    )
    IDENTIFYING = "identifying", "Also names, sex and age.", "Names too"
    PROTECTED = (
        "protected",
        "Also exact birth date, places, circumstances and remarks.",
        "The whole case",
    )


class GrantPurpose(Terms):
    TRACING = "tracing", "To find out where the person is.", "Tracing"
    RETURN = "return", "To organise the journey home.", "Return"
    FAMILY_REUNION = "family_reunion", "To bring a family together.", "Family reunion"
    ASSISTANCE = "assistance", "To give or arrange help.", "Assistance"
    MEDICAL = "medical", "To give or arrange medical care.", "Medical care"
    VERIFICATION = "verification", "To check what is recorded, or duplicates.", "Verification"


class LegalBasis(Terms):
    CONSENT = "consent", "The person, or their guardian, agreed to this.", "Consent"
    VITAL_INTEREST = (
        "vital_interest",
        "Life or integrity is at stake and the person cannot be asked.",
        "Vital interest",
    )
    PUBLIC_INTEREST = (
        "public_interest",
        "A humanitarian mandate laid down in law.",
        "Public interest",
    )
    LEGITIMATE_INTEREST = (
        "legitimate_interest",
        "The organisation's humanitarian task, weighed against the person's rights.",
        "Legitimate interest",
    )
    LEGAL_OBLIGATION = "legal_obligation", "A law demands it.", "Legal obligation"
