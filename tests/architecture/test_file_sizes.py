"""Files stay short enough to read at once."""

from pathlib import Path
from statistics import median

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
FOLDERS = ("cases", "tracker", "tests")
LIMIT, MEDIAN = 400, 90
LENGTHS = {
    path.relative_to(ROOT): len(path.read_text("utf-8").splitlines())
    for folder in FOLDERS
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "migrations" not in path.parts
}


@pytest.mark.parametrize("path", LENGTHS, ids=str)
def test_no_file_is_too_long(path):
    assert LENGTHS[path] <= LIMIT, f"{path} has {LENGTHS[path]} lines: split it by concept."


def test_most_files_are_short():
    ours = [length for path, length in LENGTHS.items() if path.parts[0] != "tests" and length > 1]

    assert median(ours) <= MEDIAN
