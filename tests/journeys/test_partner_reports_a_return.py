"""A partner system's whole way: evidence, figure, batch, person, slot, and the figures again."""

import pytest

from cases.vocabulary.organisations import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def api(api_of):
    return api_of(Role.PARTNER)


@pytest.fixture
def send(api):
    def post(path, **body):
        response = api.post(f"/api/v1/{path}", body, format="json")
        assert response.status_code == 201, response.content
        return response.json()

    return post


@pytest.fixture
def read(api):
    def get(path):
        response = api.get(f"/api/v1/{path}")
        assert response.status_code == 200, response.content
        return response.json()

    return get


def test_a_return_is_reported_bound_and_counted(api, send, read):
    report = send(
        "source-reports/",
        code="P-1",
        title="Five people come home",
        published_edtf="2026-05-02",
        published_basis="stated",
    )
    statement = send("statements/", code="p-1-five", attribution="unattributed", summary="Five.")
    send("citations/", statement=statement["id"], report=report["id"])
    held = send("populations/", code="held", title="Held", definition="All held.", category="held")
    returned = send(
        "populations/",
        code="returned",
        title="Returned",
        definition="All returned.",
        category="returned",
        leaves=held["id"],
    )
    batch = send(
        "repatriation-batches/",
        code="P-5",
        title="Five people",
        kind="negotiated",
        status="arrived",
        arrived_edtf="2026-05-01",
        slots=5,
    )
    figures = {"statement": statement["id"], "qualifier": "exact", "unit": "person"}
    send(
        "reported-counts/",
        **figures,
        population=returned["id"],
        measure="flow_of_event",
        stated_text="five",
        stated_value=5,
        as_of_edtf="2026-05-01",
        batch=batch["id"],
    )
    for text, number, day in (("20", 20, "2026-04-01"), ("15", 15, "2026-06-01")):
        send(
            "reported-counts/",
            **figures,
            population=held["id"],
            measure="stock",
            stated_text=text,
            stated_value=number,
            as_of_edtf=day,
        )
    person = send(
        "individuals/",
        identification="partly_named",
        names=[{"text": "Олена", "part": "given", "language_tag": "uk-Cyrl"}],
    )
    slot = read(f"batch-slots/?batch={batch['id']}")["results"][0]
    bound = api.post(
        f"/api/v1/batch-slots/{slot['id']}/bind/",
        {"individual": person["id"]},
        format="json",
        headers={"If-Match": f'"{slot["version"]}"'},
    )
    assert bound.status_code == 200, bound.content

    whole = read(f"repatriation-batches/{batch['id']}/reconciliation/")
    bridge = read("outstanding/bridge/?population=held&from=2026-04-02&to=2026-07-01")
    found = read("individuals/?q=olena")

    assert "1 named" in str(whole)
    assert "4 with nobody bound" in str(whole)
    assert bridge["verdict"] == "consistent"
    assert [row["id"] for row in found["results"]] == [person["id"]]
