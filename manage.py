#!/usr/bin/env python
"""Run a management command, as a named system actor."""

import os
import sys

from django.core.management import execute_from_command_line

SERVERS = {"runserver", "serve"}  # their requests bring actors of their own


def main() -> None:
    """Hand the command line to Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    if command in SERVERS:
        execute_from_command_line(sys.argv)
        return
    from cases.access.gate import System, acting_as  # noqa: PLC0415 (needs the settings' name)

    with acting_as(System(f"manage.py {command}")):
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
