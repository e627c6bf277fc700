"""The schema, and the page to try it on."""

import pytest
from rest_framework.test import APIClient

from cases.api.documentation import SWAGGER_STYLE
from tests.api.test_collections import assert_problem

pytestmark = pytest.mark.django_db
SCHEMA, DOCS = "/api/v1/schema/", "/api/v1/docs/"


def test_schema_is_for_the_signed_in(organisation, api_of, client_of):
    assert_problem(APIClient().get(SCHEMA), 401)
    assert_problem(APIClient().get(DOCS), 401)
    assert api_of().get(SCHEMA, headers={"Accept": "application/json"}).status_code == 200
    assert b"openapi: 3" in client_of().get(SCHEMA).content


def test_page_calls_nobody_else(organisation, client_of):
    page = client_of().get(DOCS)

    assert page.status_code == 200
    assert b"http" not in page.content.replace(b"http://testserver", b"")
    assert SWAGGER_STYLE in page["Content-Security-Policy"]
    assert "unsafe" not in page["Content-Security-Policy"]
    script = client_of().get(f"{DOCS}?script=")
    assert script["Content-Type"].startswith("application/javascript")


def test_schema_tells_of_filters_problems_versions_and_masks(organisation, api_of):
    schema = api_of().get(SCHEMA, headers={"Accept": "application/json"}).json()
    paths, shapes = schema["paths"], schema["components"]["schemas"]

    listed = {p["name"] for p in paths["/api/v1/individuals/"]["get"]["parameters"]}
    changed = paths["/api/v1/individuals/{id}/"]["patch"]

    assert {"q", "cursor", "page_size", "include", "updated_after"} <= listed
    stale = schema["components"]["responses"]["Problem412"]
    assert changed["responses"]["412"] == {"$ref": "#/components/responses/Problem412"}
    assert "application/problem+json" in stale["content"]
    assert "ETag" in stale["headers"]
    assert "ETag" in changed["responses"]["200"]["headers"]
    needed = {p["name"]: p.get("required", False) for p in changed["parameters"]}
    assert needed["If-Match"]
    assert {"fields", "expand"} <= listed
    assert {"Prefer", "Idempotency-Key"} <= {
        p["name"] for p in paths["/api/v1/individuals/bulk/"]["post"]["parameters"]
    }
    assert "304" in paths["/api/v1/individuals/{id}/"]["get"]["responses"]
    assert shapes["Individual"]["properties"]["circumstances"]["nullable"]
    assert "masked" in shapes["Individual"]["required"]
    assert "masked" not in shapes["IndividualRequest"]["properties"]
    assert "search_key" not in str(schema)
    assert "password" not in str(schema)
