"""The glossary, the machines and the tables of who sees what say what the code says."""

import pytest
from django.core.management import CommandError, call_command

from cases.management.commands import build_data_protection, build_glossary, build_machines

GENERATED = {
    "build_glossary": (build_glossary, "GLOSSARY"),
    "build_machines": (build_machines, "PAGE"),
    "build_data_protection": (build_data_protection, "TABLES"),
}


@pytest.mark.parametrize("command", GENERATED)
def test_a_generated_page_is_what_the_code_says(command):
    call_command(command, check=True)


@pytest.mark.parametrize("command", GENERATED)
def test_a_page_out_of_date_is_a_failure_until_it_is_written(command, tmp_path, monkeypatch):
    module, name = GENERATED[command]
    monkeypatch.setattr(module, name, tmp_path / "docs" / "page.md")

    with pytest.raises(CommandError, match=f"Run: manage.py {command}"):
        call_command(command, check=True)
    call_command(command)
    call_command(command, check=True)
