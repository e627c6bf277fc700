"""The three commands of the trail."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cases.access.gate import System
from cases.actions import individuals, organisations
from cases.models import AuditEntry, Individual

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(settings, tmp_path):
    settings.ANCHOR_KEY_FILE = tmp_path / "anchor_key.pem"
    system = System("tests")
    keeper = organisations.enrol(by=system, key="kept", name="Kept")
    return individuals.register(by=system, organisation=keeper)


def run(name, *arguments):
    out, err = StringIO(), StringIO()
    call_command(name, *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_a_whole_trail_and_its_anchor(person, tmp_path):
    file = tmp_path / "anchor.json"
    printed, told = run("anchor_audit", "--out", str(file))
    public_key = told.split()[-1]

    out, err = run("verify_audit", "--anchor", str(file), "--public-key", public_key)

    assert printed == ""
    expected = "The audit trail is whole: 3 entries in 2 chains, 2 rows, 2 anchored heads.\n"
    assert (out, err) == (expected, "")


def test_an_anchor_is_printed_and_covers_its_own_making(person):
    printed, _told = run("anchor_audit")

    anchor = json.loads(printed)["anchor"]
    assert anchor["entries"] == AuditEntry.objects.count() == 3
    assert AuditEntry.objects.filter(reason="anchoring the audit trail", door="command").exists()


def test_without_a_key_the_servers_own_is_used_and_that_is_said(person, tmp_path):
    file = tmp_path / "anchor.json"
    run("anchor_audit", "--out", str(file))

    assert "as a thief of it could" in run("verify_audit", "--anchor", str(file))[1]


def test_the_first_bad_entry_is_named(person):
    Individual.objects.update(circumstances="Never heard of.")

    with pytest.raises(CommandError, match=f"Chain {person.organisation_id}, entry 2: "):
        run("verify_audit")


@pytest.mark.parametrize("name", ["missing.json", "."])
def test_an_anchor_that_cannot_be_read_is_named(person, tmp_path, name):
    with pytest.raises(CommandError, match="Anchor "):
        run("verify_audit", "--anchor", str(tmp_path / name))


def test_an_anchor_that_cannot_be_written_is_a_sentence(person, tmp_path):
    with pytest.raises(CommandError, match="cannot be written"):
        run("anchor_audit", "--out", str(tmp_path))


def test_a_key_that_cannot_be_read_is_a_sentence(person, settings):
    settings.ANCHOR_KEY_FILE.write_text("no key")

    with pytest.raises(CommandError, match="The key cannot be read"):
        run("anchor_audit")


def test_rows_are_sealed_with_a_reason(person):
    Individual.objects.update(circumstances="As the migration left it.")

    out, _err = run("seal_audit", "--reason", "Migration 0009 renamed a column.")

    assert out == "Sealed 1 row. Entries of the act “sealed” say which.\n"
    assert run("verify_audit")[0].startswith("The audit trail is whole")
    entry = AuditEntry.objects.get(act="sealed")
    assert (entry.target_id, entry.reason) == (person.pk, "Migration 0009 renamed a column.")


def test_what_is_gone_is_not_sealed_over(person):
    Individual.objects.all().delete()

    with pytest.raises(CommandError, match="is gone"):
        run("seal_audit", "--reason", "Cleaning up.")
    assert not AuditEntry.objects.filter(act="sealed").exists()


def test_rows_are_not_sealed_without_a_reason(person):
    with pytest.raises(CommandError, match="Say why"):
        run("seal_audit", "--reason", " ")
