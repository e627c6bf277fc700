"""No page shows a word that the catalogues were not asked for."""

import pytest
from django.core.management import call_command

from cases.access.gate import System, acting_as
from cases.exchange.fixtures import LOAD_ORDER
from cases.models import Organisation
from cases.vocabulary.organisations import Role
from tests.crawl import opened, starts
from tests.languages.marking import mark, stored_texts, unmarked
from tests.matrices import exhaustively

pytestmark = pytest.mark.django_db

STAFF = [role for role in Role if role != Role.PARTNER]
SAME = {"Return case tracker", "English", "UTC", "EDTF", "CSV", "PDF"}
"""Words that are the same in every language."""


@pytest.mark.parametrize("role", exhaustively(STAFF, {Role.SUPERVISOR, Role.MANAGER}))
def test_every_page_of_a_role(role, client_of, monkeypatch):
    with acting_as(System("tests")):
        call_command("loaddata", *LOAD_ORDER, verbosity=0)
        desk = Organisation.objects.get(key="a")
    client = client_of(role, organisation=desk, is_cleared_for_restricted=True)
    begin = starts(client.user)
    known = stored_texts() | SAME
    mark(monkeypatch)

    met = dict(opened(client, begin))
    faults = {
        address: found
        for address, html in met.items()
        if (found := unmarked(html, known | {address}))  # which a page says of itself on paper
    }

    assert faults == {}, "\n".join(
        f"{text!r}: {address}" for address, found in faults.items() for text in found
    )
    assert len(met) > 50
