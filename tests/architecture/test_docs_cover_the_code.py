"""The glossary says every term as the vocabulary does."""

import pytest
from django.core.management import CommandError, call_command

from cases.management.commands import build_glossary


def test_the_glossary_is_what_the_vocabulary_says():
    call_command("build_glossary", check=True)


def test_a_glossary_out_of_date_is_a_failure_until_it_is_written(tmp_path, monkeypatch):
    monkeypatch.setattr(build_glossary, "GLOSSARY", tmp_path / "docs" / "glossary.md")

    with pytest.raises(CommandError, match="Run: manage"):
        call_command("build_glossary", check=True)
    call_command("build_glossary")
    call_command("build_glossary", check=True)
