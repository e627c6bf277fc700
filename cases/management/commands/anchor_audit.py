"""Sign the heads of the audit trail, for a copy that is kept off this machine."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cases import clock
from cases.actions import audit
from cases.exchange.audit import AnchorRefused, public_half, signed, signing_key
from cases.queries.audit import heads


class Command(BaseCommand):
    """Notes itself in the trail first, so that the anchor covers its own making."""

    help = "Sign the heads of all chains of the audit trail; keep the result off this machine."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--out", type=Path, help="write it to this file; else it is printed")

    def handle(self, *_args: Any, out: Path | None, **_options: Any) -> None:
        try:
            key = signing_key(settings.ANCHOR_KEY_FILE)
        except (AnchorRefused, OSError, ValueError) as error:
            message = f"The key cannot be read: {error}"
            raise CommandError(message) from None
        with audit.system("anchoring the audit trail"):
            anchor = signed(heads(), at=clock.now(), key=key)
        if out is None:
            self.stdout.write(anchor, ending="")
        else:
            self._write(out, anchor)
        self.stderr.write(f"Public key: {public_half(key)}")

    def _write(self, out: Path, anchor: str) -> None:
        try:
            out.write_text(anchor, "utf-8")
        except OSError as error:
            message = f"The anchor cannot be written: {error}"
            raise CommandError(message) from None
