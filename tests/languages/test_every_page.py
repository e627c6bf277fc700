"""No page shows a word that the catalogues were not asked for."""

import pytest

from cases import models as m
from cases.vocabulary.organisations import Role
from tests.admin.samples import ADMINISTERED, ADMINS, made, url
from tests.languages.marking import mark, stored_texts, unmarked

pytestmark = pytest.mark.django_db

NAMES = {"Return case tracker", "English", "UTC", "EDTF", "CSV", "PDF"}
"""Words that are the same in every language."""


@pytest.fixture(autouse=True)
def marking(monkeypatch):
    mark(monkeypatch)


def untranslated(client, address: str) -> list[str]:
    response = client.get(address)
    assert response.status_code == 200, address
    return sorted(set(unmarked(response.content.decode(), stored_texts() | NAMES)))


@pytest.mark.parametrize("model", ADMINS, ids=lambda model: model.__name__)
def test_the_pages_of_every_model(model, client_of):
    row = None if model is m.AuditEntry else made(model)
    roles = {m.AuditEntry: Role.AUDITOR} | dict.fromkeys(ADMINISTERED, Role.ADMINISTRATOR)
    client = client_of(roles.get(model, Role.SUPERVISOR))
    addresses = [url(model), url(model, "add")]
    if row is not None:
        addresses += [url(model, "change", row.pk), url(model, "page", row.pk)]
    seen = [address for address in addresses if client.get(address).status_code == 200]

    assert url(model) in seen
    assert [line for address in seen for line in untranslated(client, address)] == []
