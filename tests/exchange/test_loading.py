"""`loaddata` with our fixtures."""

from django.core import serializers
from django.core.management import call_command

from cases.exchange.fixtures import CONTENTS, LOAD_ORDER
from cases.models import AuditEntry


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
