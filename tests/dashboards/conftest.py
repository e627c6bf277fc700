"""The scene of the pages: the thirty, the eight and the more than twenty."""

from typing import Any

import pytest

from cases.vocabulary.organisations import Role
from tests.factories import (
    BatchSlotFactory,
    DiscrepancyFactory,
    DiscrepancyMemberFactory,
    RepatriationBatchFactory,
)
from tests.queries.scenes import flow, held_and_returned, says, stock


@pytest.fixture
def manager(client_of) -> Any:
    return client_of(Role.MANAGER)


@pytest.fixture
def scene(db) -> dict[str, Any]:
    held, returned = held_and_returned()
    batch = RepatriationBatchFactory(arrived=True, title="The eight")
    BatchSlotFactory(batch=batch)
    public = {"is_published": True}
    thirty = stock(held, 30, says(reports=("SR-000",)), as_of_edtf="2025-07-04", **public)
    eight = flow(
        returned,
        8,
        says("Moskalkova", reports=("SR-001",)),
        as_of_edtf="2025-08-10",
        batch=batch,
        **public,
    )
    said = says("Vladimir Medinsky", reports=("SR-002", "SR-004"))
    twenty = stock(held, 20, said, as_of_edtf="2025-08-20", more_than=True, **public)
    discrepancy = DiscrepancyFactory(title="Thirty or more than twenty")
    for count in (thirty, twenty):
        DiscrepancyMemberFactory(discrepancy=discrepancy, count=count)
    return {"held": held, "thirty": thirty, "eight": eight, "twenty": twenty}
