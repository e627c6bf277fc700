"""The locked packages are not older than what closes the holes we know of."""

import re
from importlib.metadata import version
from pathlib import Path

import pytest
from django.conf import settings

FLOORS = {"django": "5.2.19", "djangorestframework": "3.18.3", "django-filter": "26.2"}


def numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", text))


@pytest.mark.parametrize("name", FLOORS)
def test_no_version_is_below_its_floor(name):
    lock = (Path(settings.BASE_DIR) / "requirements.txt").read_text()
    locked = re.search(rf"^{name}==(\S+)", lock, re.MULTILINE)

    assert locked
    assert numbers(locked[1]) >= numbers(FLOORS[name])
    assert numbers(version(name)) >= numbers(FLOORS[name])


def test_every_locked_package_has_its_hash():
    lock = (Path(settings.BASE_DIR) / "requirements.txt").read_text()
    packages = re.findall(r"^[\w.\[\],-]+==.*?(?=^\w|\Z)", lock, re.MULTILINE | re.DOTALL)

    assert packages
    assert [package for package in packages if "--hash=sha256:" not in package] == []
