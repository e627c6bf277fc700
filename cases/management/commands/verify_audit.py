"""Check the audit trail against itself, against the rows, and against anchors kept elsewhere."""

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cases.access.gate import System, acting_as
from cases.exchange.audit import AnchorRefused, public_half, read, signing_key
from cases.queries.audit import Head, Tampered, verify
from cases.queries.snapshot import snapshot


class Command(BaseCommand):
    """Reads as of one moment and writes nothing, so that it runs on a copy as well."""

    help = "Check the audit trail; name the first bad entry and exit 1, or print what was checked."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--anchor", type=Path, action="append", default=[], help="a file from anchor_audit"
        )
        parser.add_argument(
            "--public-key", help="the key that anchor_audit printed, as you noted it elsewhere"
        )

    def handle(
        self, *_args: Any, anchor: list[Path], public_key: str | None, **_options: Any
    ) -> None:
        known = list(self._heads(anchor, public_key))
        try:
            with acting_as(System("verifying the audit trail")), snapshot(is_long=True):
                checked = verify(known)
        except Tampered as finding:
            raise CommandError(str(finding)) from None
        self.stdout.write(
            f"The audit trail is whole: {checked.entries} entries in {checked.chains} chains, "
            f"{checked.rows} rows, {checked.anchored} anchored heads."
        )

    def _heads(self, files: list[Path], public_key: str | None) -> Iterator[Head]:
        for file in files:
            try:
                yield from read(file.read_text("utf-8"), public_key or self._own_key())
            except (AnchorRefused, OSError, ValueError) as refusal:
                message = f"Anchor {file}: {refusal}"
                raise CommandError(message) from None

    def _own_key(self) -> str:
        self.stderr.write("No --public-key: trusting this server's own, as a thief of it could.")
        return public_half(signing_key(settings.ANCHOR_KEY_FILE))
