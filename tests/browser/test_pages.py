"""What only a browser can tell: the policy holds, nothing runs off a small screen, axe agrees."""

from typing import Any
from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib import admin
from django.urls import reverse

from cases.access.actor import Actor
from cases.access.gate import System, acting_as, can
from cases.models import Individual, RepatriationBatch, SourceReport
from cases.vocabulary.organisations import Role
from tests.factories import AttachmentFactory

pytestmark = [pytest.mark.browser, pytest.mark.slow]


READER = Role.CASEWORKER
"""Whose browser it is."""


def lists():
    """Give the list of every model that a caseworker reads, and the form to add one."""
    registry: dict[Any, Any] = admin.site._registry
    worker = Actor(uuid4(), uuid4(), READER)
    for model, model_admin in sorted(registry.items(), key=lambda item: str(item[0])):
        name = model._meta.model_name
        if can(worker, model_admin.read_act):
            yield reverse(f"admin:cases_{name}_changelist")
            if getattr(model_admin, "add_action", None) and can(worker, model_admin.keep_act):
                yield reverse(f"admin:cases_{name}_add")


def addresses():
    with acting_as(System("tests")):
        report = SourceReport.objects.get(code="SR-001").pk
        batch = RepatriationBatch.objects.get(code="kursk-2024-11-22").pk
        child = Individual.objects.get(age_as_stated=3).pk
        letter = AttachmentFactory(individual=Individual.objects.get(pk=child)).pk
    return [
        "/admin/",
        *lists(),
        "/admin/find/?find=Hinstein",
        "/admin/today/",
        "/admin/duplicates/",
        "/admin/account/",
        f"/admin/cases/sourcereport/{report}/",
        f"/admin/cases/repatriationbatch/{batch}/",
        f"/admin/cases/individual/{child}/",
        f"/admin/cases/individual/{child}/change/",
        f"/admin/cases/individual/{child}/do/attach/",
        "/admin/cases/attachment/",
        f"/admin/cases/attachment/{letter}/change/",
        f"/admin/cases/attachment/{letter}/do/withdraw/",
        "/dashboard/",
        "/dashboard/outstanding/",
        "/dashboard/discrepancies/",
        "/dashboard/methodology/",
        "/api/v1/docs/",
    ]


def test_the_policy_blocks_nothing_of_ours(page):
    for address in addresses():
        response = page.goto(address)
        assert response.status == 200, address

    assert page.faults == []


def test_no_page_runs_off_a_small_screen(page):
    page.set_viewport_size({"width": 360, "height": 740})
    wide = {}

    for address in addresses()[:-1]:  # the documentation page is a package's own
        page.goto(address)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 360:
            wide[address] = width

    assert wide == {}


def test_a_screen_reader_can_use_every_page(page):
    found = {}

    for address in addresses()[:-1]:
        page.goto(address)
        results = Axe().run(page)
        if results.violations_count:
            found[address] = [
                (v["id"], n["html"][:160])
                for v in results.response["violations"]
                for n in v["nodes"]
            ]

    assert found == {}, found
