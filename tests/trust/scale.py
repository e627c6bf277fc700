"""How hard to try: `TRUST_SCALE=0.1` is a tenth of everything, for a quick look."""

import os

SCALE = float(os.environ.get("TRUST_SCALE", "1"))


def scaled(number: int) -> int:
    """Give that share of a number, at least one."""
    return max(1, round(number * SCALE))
