"""When a basis holds, what it covers, and whom a text names."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from cases.rules import consents
from cases.vocabulary.consents import GivenBy, ProcessingPurpose
from cases.vocabulary.grants import LegalBasis
from cases.vocabulary.organisations import OrganisationKind
from tests.refusals import sentence_of

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
DAY = date(2026, 1, 1)
US, THEM = uuid4(), uuid4()


@pytest.mark.parametrize("basis", LegalBasis)
@pytest.mark.parametrize("giver", GivenBy)
def test_a_consent_is_given_by_somebody_and_nothing_else_is(basis, giver):
    is_right = (basis == LegalBasis.CONSENT) is (giver != GivenBy.NOBODY)

    if is_right:
        consents.check_giver(basis, giver, "2024")
    else:
        assert (
            "Somebody gives" in (said := sentence_of(consents.check_giver, basis, giver, "2024"))
            or "Only a consent" in said
        )


def test_a_consent_has_a_date():
    said = sentence_of(consents.check_giver, LegalBasis.CONSENT, GivenBy.PERSON, "")

    assert said == "Say when the consent was given, as exactly as it is known."


@pytest.mark.parametrize(("version", "language"), [("2", ""), ("", "ru")])
def test_a_notice_has_a_version_and_a_language(version, language):
    consents.check_notice("", "")
    consents.check_notice("2", "ru")

    assert "Give both" in sentence_of(consents.check_notice, version, language)


@pytest.mark.parametrize("purpose", ProcessingPurpose)
@pytest.mark.parametrize("given", [{"organisation": US}, {"body": US}, {"use": "tracing"}])
def test_only_sharing_has_a_recipient(purpose, given):
    asked = {"organisation": None, "body": None, "use": "", **given}

    if purpose in consents.SHARING:
        consents.check_recipients(purpose, **asked)
    else:
        assert "Nothing is shared" in sentence_of(consents.check_recipients, purpose, **asked)


def test_a_basis_has_one_recipient():
    purpose = ProcessingPurpose.SHARE_WITH_AUTHORITIES

    said = sentence_of(consents.check_recipients, purpose, organisation=US, body=US, use="")

    assert said == "Name an organisation or a body, one of the two."


@pytest.mark.parametrize(
    ("withdrawn_at", "expires_on", "is_live"),
    [
        (None, None, True),
        (None, DAY, True),
        (None, date(2025, 12, 31), False),
        (NOON, None, False),
    ],
)
def test_a_basis_holds_to_its_last_day(withdrawn_at, expires_on, is_live):
    found = consents.is_live(withdrawn_at=withdrawn_at, expires_on=expires_on, on=DAY)

    assert found is is_live


@pytest.mark.parametrize(
    ("named", "body", "shared_for", "is_covered"),
    [
        (None, None, "", True),
        (US, None, "tracing", True),
        (None, None, "medical", False),
        (THEM, None, "", False),
        (None, US, "", False),
    ],
)
def test_what_a_basis_reaches(named, body, shared_for, is_covered):
    found = consents.covers(
        named=named, body=body, shared_for=shared_for, recipient=US, use="tracing"
    )

    assert found is is_covered


def test_a_public_office_is_an_authority():
    kinds = {kind: consents.purpose_of_sharing(kind) for kind in OrganisationKind}

    assert {kind for kind, purpose in kinds.items() if purpose == "share_authorities"} == {
        OrganisationKind.OFFICIAL
    }


@pytest.mark.parametrize(
    ("text", "name", "is_named"),
    [
        ("The Ministry of Returns must not know", "Ministry of Returns", True),
        ("министерство обороны, и только", "Министерство обороны", True),
        ("Not with the ministry", "Ministry of Returns", False),
        ("Helpers", "Help", False),
        ("anything", "", False),
        ("", "Help", False),
    ],
)
def test_a_name_in_a_text_is_found_by_whole_words(text, name, is_named):
    assert consents.is_named_in(text, name) is is_named
