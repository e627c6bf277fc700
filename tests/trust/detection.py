"""Has the twelve tamperings of `tampering.py` tried on a database made for them."""

import os
import subprocess
import sys

from tests.serving import ROOT
from tests.trust.figures import Figure, counted
from tests.trust.installation import Installation

TRY = (
    "import django; django.setup(); from tests.trust.tampering import alone; done = alone(); "
    "print(*done.missed, f'{len(done.found)} of {done.tried}', sep='\\n')"
)


def run(installation: Installation) -> list[Figure]:
    """Count those that the verifier found; name those that it missed."""
    asked = {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "TEST_DATABASE": installation.store.kind,
    }
    done = subprocess.run(
        [sys.executable, "-c", TRY],
        cwd=ROOT, env=os.environ | asked, capture_output=True, text=True, check=False,
    )  # fmt: skip
    *missed, found = done.stdout.strip().splitlines() or ["none"]
    for name in missed:
        print(f"  missed: {name}")
    if done.returncode:
        print(done.stderr[-2000:])
    return [counted("tampering", "tamperings detected", found, "12 of 12")]
