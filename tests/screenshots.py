"""Take the pictures of the README and the guide: `make screenshots`."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests import walkthrough
from tests.serving import ROOT, Served, served

OUT = ROOT / "docs" / "screenshots"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE = ViewportSize(width=1280, height=900)
NARROW = ViewportSize(width=360, height=740)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Open the browser of this machine."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def sign_in(page: Page, tracker: Served, key: str) -> None:
    actor = tracker.actor(key)
    page.goto(f"{tracker.url}/admin/login/?next=/admin/")
    page.fill("input[name=username]", actor["email"])
    page.fill("input[name=password]", actor["password"])
    page.click("[type=submit]")
    page.wait_for_url("**/admin/")


def pages(tracker: Served) -> dict[str, str]:
    """Name the pages worth showing, with their addresses."""
    report = tracker.get("/api/v1/source-reports/?q=SR-001")["results"][0]["id"]
    batch = next(
        row["id"]
        for row in tracker.get("/api/v1/repatriation-batches/?page_size=200")["results"]
        if row["slots_count"] == 46
    )
    child = next(
        row["individual"]
        for row in tracker.get(f"/api/v1/batch-slots/?batch={batch}&page_size=200")["results"]
        if row["individual"] and row["age_class"] == "child"
    )
    return {
        "admin-index": "/admin/",
        "admin-report": f"/admin/cases/sourcereport/{report}/",
        "admin-batch": f"/admin/cases/repatriationbatch/{batch}/",
        "admin-individual": f"/admin/cases/individual/{child}/",
        "dashboard-overview": "/dashboard/",
        "dashboard-outstanding": "/dashboard/outstanding/",
    }


def take(folder: Path = OUT) -> None:
    """Take every page wide, and the dashboards at 360 px."""
    folder.mkdir(parents=True, exist_ok=True)
    with served() as tracker, chromium() as browser:
        page = browser.new_page(viewport=WIDE)
        sign_in(page, tracker, "a-caseworker")
        for name, address in pages(tracker).items():
            page.set_viewport_size(WIDE)
            page.goto(f"{tracker.url}{address}")
            page.screenshot(path=folder / f"{name}.png")
            if name.startswith("dashboard"):
                page.set_viewport_size(NARROW)
                page.screenshot(path=folder / f"{name}-narrow.png")
        page.goto(f"{tracker.url}/admin/")
        page.set_viewport_size(WIDE)
        walkthrough.take(page, lambda shown, name: _of_the_walk(shown, name, folder))


def _of_the_walk(page: Page, name: str, folder: Path) -> None:
    """Keep the two pictures that the guide shows; no slot with a person of a report is on them."""
    kept = {"walk-8-girl-back": "walk-girl", "walk-10-batch-after": "walk-batch-after"}
    if name in kept:
        page.evaluate("window.scrollTo(0, 0)")
        page.screenshot(path=folder / f"{kept[name]}.png")


if __name__ == "__main__":
    take()
