"""A page asks the database as often for many rows as for few."""

import pytest
from django.urls import reverse

from tests.factories import (
    BatchSlotFactory,
    CountLinkFactory,
    DiscrepancyMemberFactory,
    PopulationFactory,
    RepatriationBatchFactory,
)
from tests.queries.scenes import flow, says, stock

pytestmark = pytest.mark.django_db


def grow(scene) -> None:
    """More of everything: populations, claimants, reports, batches, discrepancies, links."""
    for number in range(3):
        said = says(f"Speaker {number}", reports=(f"SR-1{number}", f"SR-2{number}"))
        batch = RepatriationBatchFactory(arrived=True)
        BatchSlotFactory(batch=batch)
        other = stock(PopulationFactory(), 40, said)
        own = stock(scene["held"], 40 + number, said, as_of_edtf=f"2025-0{number + 1}")
        flow(scene["eight"].population, 2, said, as_of_edtf="2025-08-11", batch=batch)
        for count in (other, own, scene["twenty"]):
            DiscrepancyMemberFactory(count=count)
        CountLinkFactory(to_count=scene["twenty"])


@pytest.mark.parametrize(
    ("page", "most"),
    [
        ("/dashboard/", 75),
        ("/dashboard/outstanding/?population=held", 45),
        ("/dashboard/discrepancies/", 25),
        ("/dashboard/reconciliation/", 30),
        ("/dashboard/methodology/", 8),
    ],
)
def test_pages(
    page, most, manager, scene, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(most) as few:
        manager.get(page)
    grow(scene)
    with django_assert_num_queries(len(few)):
        manager.get(page)


def test_a_figure(manager, scene, django_assert_num_queries, django_assert_max_num_queries):
    address = reverse("dashboards:figure", args=[scene["twenty"].pk])
    CountLinkFactory(to_count=scene["twenty"])
    with django_assert_max_num_queries(45) as few:
        manager.get(address)
    grow(scene)
    with django_assert_num_queries(len(few)):
        manager.get(address)
