"""What a test leaves to be looked at: a picture of each step."""

import os
from pathlib import Path

from playwright.sync_api import Page

FOLDER = Path(os.environ.get("BROWSER_SHOTS", ".cache/shots"))


def keep(page: Page, name: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=FOLDER / f"{name}.png", full_page=True)
