"""Which pages there are: one of each kind that links lead to."""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from urllib.parse import urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

from cases.access.gate import System, acting_as
from cases.models import Individual, RepatriationBatch, SourceReport, User
from tests.factories import (
    AttachmentFactory,
    BulkItemFactory,
    BulkRunFactory,
    ConsentFactory,
    FrozenPageFactory,
    GrantFactory,
    LegalHoldFactory,
    LikelyPairFactory,
    MergeFactory,
    ReferralFactory,
    ReportTextFactory,
    SavedViewFactory,
    StatusProposalFactory,
    TaskFactory,
)

LINK = re.compile(r"""<a\s[^>]*?href=["']([^"'#]+)""")
NOT_PAGES = {"admin:logout", "admin:jsi18n", "download", "dashboards:file"}


def starts(user: User) -> list[str]:
    """Give pages to begin at, with work of every kind waiting there; needs the fixtures."""
    with acting_as(System("tests")):
        child = Individual.objects.get(age_as_stated=3)
        own = {"organisation": user.organisation}
        of_child = {"individual": child, **own}
        for factory in (AttachmentFactory, ConsentFactory, GrantFactory, LegalHoldFactory,
                        ReferralFactory, TaskFactory):  # fmt: skip
            factory(**of_child)
        for factory in (MergeFactory, StatusProposalFactory):
            factory(**own)
        people = Individual.objects.filter(**own).exclude(pk=child.pk).order_by("pk")
        LikelyPairFactory(first=child, second=people.first())
        run = BulkRunFactory(user=user, **own)
        BulkItemFactory(run=run, target_id=child.pk, target_version=child.version)
        SavedViewFactory(recorded_by=user, **own)
        FrozenPageFactory(recorded_by=user, **own)
        report = SourceReport.objects.get(code="SR-001")
        ReportTextFactory(report=report, text="Twelve came home.", **own)
        batch = RepatriationBatch.objects.get(code="kursk-2024-11-22")
    return [
        f"/admin/cases/individual/{child.pk}/",
        f"/admin/cases/repatriationbatch/{batch.pk}/",
        f"/admin/cases/sourcereport/{report.pk}/",
        "/admin/",
        "/admin/find/?find=Hinstein",
        "/admin/duplicates/",
        f"/admin/bulk/{run.pk}/",
        "/dashboard/",
    ]


def pages(client: Client, starts: Iterable[str]) -> Iterator[str]:
    """Give the addresses of ``opened``."""
    for address, _html in opened(client, starts):
        yield address


def opened(client: Client, starts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Give one page of each kind, with its address, that links lead to from ``starts``.

    A kind is a view, with the names of its parameters: a list sorted and a list filtered are two.
    """
    waiting, met = list(starts), set()
    while waiting:
        address = waiting.pop(0)
        kind = _kind(address)
        if kind is None or kind in met:
            continue
        response = client.get(address)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if response.status_code != 200 or not is_page or response.streaming:
            continue
        met.add(kind)
        html = response.content.decode()
        yield address, html
        waiting += _links(address, html)


def _kind(address: str) -> tuple[str, ...] | None:
    parts = urlsplit(address)
    try:
        found = resolve(parts.path)
    except Resolver404:
        return None
    name = found.view_name or str(found.route)
    if name in NOT_PAGES or parts.path.startswith("/api/"):
        return None
    deed = str(found.kwargs.get("deed", ""))
    asked = {pair.partition("=")[0] for pair in parts.query.split("&")} - {""}
    return (name, deed, *sorted(asked)) if asked <= MEANT else (name, deed)


MEANT = {"individual", "batch", "report", "statement", "axis", "to_status", "corrects"}
"""Parameters that make a form another one; those of lists do not."""


def _links(address: str, html: str) -> Iterator[str]:
    for link in LINK.findall(html):
        parts = urlsplit(unescape(link))
        if not parts.scheme and not parts.netloc:
            path = parts.path or urlsplit(address).path
            yield f"{path}?{parts.query}" if parts.query else path
