"""Digests → fixtures."""

import json

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError

from cases.exchange import fixtures
from cases.exchange.digests import DigestError
from cases.models import Place
from tests.exchange.test_digests import spoil

NOT_IN_FIXTURES = {
    "User", "AuditEntry", "AuditHead", "IdempotencyKey", "Task", "Assessment", "AssessmentBasis",
    "Attachment", "BulkItem", "BulkRun", "CaseSerial", "CaseloadRelease", "Change",
    "DailySummary", "ExportRun", "Factor", "Grant", "ImportKey", "ImportRow", "ImportRun",
    "NameKey", "NamePair", "NameToken", "PersonOffer", "QueuedJob", "RecoveryCode",
    "ReportText", "Session",
    "SignInCount", "StatusProposal",
    "Anonymisation", "Consent", "DuplicateDecision", "Exclusion", "LikelyPair", "Merge",
    "MergedRow", "LegalHold", "Referral", "RetentionPeriod",
    "TracingAction", "TracingCandidate", "TracingRequest", "Webhook", "WebhookDelivery",
    "FiguresTaken", "FrozenPage", "SavedView", "WeeklySummary",
}  # fmt: skip

REFUSED_BY_ACTIONS = [
    pytest.param(
        "reports/001-newsweek-return-of-46.yaml",
        "qualifier: more_than",
        "qualifier: more_than\n    low: 1000",
        "count relocated-1000: low: The bounds “1,000 or more” contradict “more than 1,000”, "
        "which means “1,001 or more”.",
        id="bounds that contradict their qualifier",
    ),
    pytest.param(
        "reports/001-newsweek-return-of-46.yaml",
        'said_edtf: "2024-11-22"',
        "said_edtf: last autumn",
        "statement moskalkova-46: said_edtf: “last autumn” is not a date we can read.",
        id="date outside the subset",
    ),
    pytest.param(
        "routes.yaml",
        "from_place: belarus",
        "from_place: moscow",
        "route leg ua-by-ru/2: from_place: Leg 2 begins at Moscow, but the leg before it ends at "
        "Belarus.",
        id="leg that does not join",
    ),
    pytest.param(
        "reports/001-newsweek-return-of-46.yaml",
        "population: kursk-returned-from-ukraine\n    measure: flow_of_event\n    stated_text: 12",
        "population: kursk-displaced\n    measure: flow_of_event\n    stated_text: 12",
        "reported count returned-46-children: part_of: The subgroup has the population",
        id="subgroup of another population",
    ),
    pytest.param(
        "links.yaml",
        "      - {statement: sr003-smirnov, version_text: Sergei}\n",
        "",
        "discrepancy smirnov-first-name: members: A discrepancy has at least two sides.",
        id="discrepancy of one side",
    ),
    pytest.param(
        "reports/001-newsweek-return-of-46.yaml",
        "attribution: collective",
        "attribution: unattributed",
        "statement officials-relocation: speakers: “Nobody named” has no speaker.",
        id="nobody who speaks",
    ),
    pytest.param(
        "organisation.yaml",
        "  a:\n    name: Homeward Tracing Desk\n    kind: ngo\n",
        "  {}\n",
        "seeds/places.yaml, place ukraine: A row is recorded for one's own organisation.",
        id="no organisation",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "sentence"), REFUSED_BY_ACTIONS)
def test_what_an_action_refuses_says_where_and_writes_nothing(
    digests, tmp_path, monkeypatch, django_db_blocker, file, old, new, sentence
):
    spoil(digests, file, old, new)
    monkeypatch.setattr(fixtures, "SEEDS", digests)
    monkeypatch.setattr(fixtures, "FIXTURES", tmp_path)

    with django_db_blocker.unblock(), pytest.raises(CommandError) as refused:
        call_command("build_fixtures", verbosity=0)

    assert sentence in str(refused.value)
    assert not list(tmp_path.glob("*.json"))


def test_a_new_row_moves_nobody_elses_id(built, digests, django_db_blocker):
    spoil(digests, "places.yaml", "places:\n", "places:\n  poland: {kind: country, name: Poland}\n")

    with django_db_blocker.unblock():
        after = fixtures.build(digests)

    added = json.loads(after.pop("20_places.json"))
    before = json.loads(built["20_places.json"])
    assert [row for row in added if row not in before] == [added[0]]
    assert after == {name: text for name, text in built.items() if name != "20_places.json"}


@pytest.mark.django_db
def test_building_again_gives_the_same_bytes_and_leaves_the_configured_database_alone(built):
    assert fixtures.build(fixtures.SEEDS) == built
    assert not Place.objects.exists()


@pytest.mark.django_db
def test_after_a_digest_is_refused_the_configured_database_is_back(digests):
    spoil(digests, "places.yaml", "iso_3166_1: UA", "iso_3166_1: UKRAINE")

    with pytest.raises(DigestError, match=r"places\.yaml, place ukraine: iso_3166_1: "):
        fixtures.build(digests)

    assert not Place.objects.exists()


def test_files_are_written_and_stale_ones_taken_away(built, tmp_path):
    (tmp_path / "95_stale.json").write_text("[]")

    fixtures.write(built, tmp_path)

    assert {path.name for path in tmp_path.iterdir()} == {*built, fixtures.SUMS}
    fixtures.compare(built, tmp_path)
    for text in built.values():
        assert text.endswith("]\n")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("60_routes.json", "[]\n", id="edited"),
        pytest.param("60_routes.json", None, id="missing"),
        pytest.param("95_extra.json", "[]\n", id="extra"),
    ],
)
def test_a_file_that_was_edited_by_hand_is_named(built, tmp_path, name, text):
    fixtures.write(built, tmp_path)
    if text is None:
        (tmp_path / name).unlink()
    else:
        (tmp_path / name).write_text(text)

    with pytest.raises(fixtures.FixturesDiffer, match=f"fixtures/{name}. Fixtures are generated"):
        fixtures.compare(built, tmp_path)


def test_the_command_writes_and_checks(built, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(fixtures, "build", lambda _digests: built)
    monkeypatch.setattr(fixtures, "FIXTURES", tmp_path)

    call_command("build_fixtures")
    call_command("build_fixtures", "--check")
    call_command("build_fixtures", "--check", verbosity=0)
    (tmp_path / "60_routes.json").write_text("[]")
    with pytest.raises(CommandError, match=r"fixtures/60_routes.json"):
        call_command("build_fixtures", "--check")

    said = capsys.readouterr().out
    assert "14 fixtures, written." in said
    assert "14 fixtures, as the digests give them." in said


def test_every_model_is_in_the_fixtures_or_left_out_on_purpose():
    held = {model.__name__ for models in fixtures.CONTENTS.values() for model in models}
    known = {m.__name__ for m in apps.get_app_config("cases").get_models() if not m._meta.proxy}

    assert held | NOT_IN_FIXTURES == known
    assert not held & NOT_IN_FIXTURES
