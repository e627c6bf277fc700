"""`loaddata` with our fixtures."""

import shutil

import pytest
from django.core import serializers
from django.core.management import CommandError, call_command

from cases.exchange import fixtures
from cases.exchange.fixtures import CONTENTS, LOAD_ORDER
from cases.models import AuditEntry, Organisation


def rows():
    return [
        row
        for models in CONTENTS.values()
        for model in models
        for row in model._default_manager.order_by("pk")
    ]


def test_every_row_is_valid(loaded):
    for row in rows():
        row.full_clean()


def test_loading_again_file_by_file_from_any_folder_changes_nothing(loaded, tmp_path, monkeypatch):
    before = serializers.serialize("json", rows())
    monkeypatch.chdir(tmp_path)

    for label in LOAD_ORDER:
        call_command("loaddata", label, verbosity=0)

    assert serializers.serialize("json", rows()) == before


def test_loading_is_noted_in_the_trail(loaded):
    entry = AuditEntry.objects.filter(act="acted as the system").earliest("number")

    assert entry.actor == "system: loading fixtures"


def test_a_fixture_edited_by_hand_is_refused_and_nothing_is_loaded(tmp_path, monkeypatch, db):
    folder = shutil.copytree(fixtures.FIXTURES, tmp_path / "fixtures")
    places = folder / "20_places.json"
    places.write_text(places.read_text("utf-8").replace("Kursk Oblast", "Kursk"), "utf-8")
    monkeypatch.setattr(fixtures, "FIXTURES", folder)

    with pytest.raises(CommandError, match=r"Edited by hand: fixtures/20_places.json"):
        call_command("loaddata", "10_organisations", str(places), verbosity=0)

    assert not Organisation.objects.exists()
