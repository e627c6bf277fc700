"""What is asked of whom: the same rows, by the address under which each has them."""

from collections.abc import Mapping
from typing import Any

from tests.bench_api.serving import DATASETTE, DRF, LIMIT, NINJA, OURS

LIST, FILTERED, DEEP = "list of 50", "list of 50, filtered", "page half-way down"
DETAIL, RECORDED = "detail", "detail, with its entry in the trail"
EVENTS, CREATE = "events of a person", "create"
_COLUMNS = "return_status=located_held&sex=female"


def reads(known: Mapping[str, str], deep: str) -> dict[str, dict[str, str]]:
    """Give for each read the path of each contestant that offers it."""
    organisation, person = known["organisation"], known["person"]
    theirs = f"/people/?organisation_id={organisation}"
    return {
        LIST: {
            OURS: "/api/v1/individuals/",
            DRF: theirs,
            NINJA: theirs,
            LIMIT: f"/list/{organisation}",
            DATASETTE: _datasette(f"organisation_id={organisation.replace('-', '')}"),
        },
        FILTERED: {
            OURS: f"/api/v1/individuals/?{_COLUMNS}",
            DRF: f"{theirs}&{_COLUMNS}",
            NINJA: f"{theirs}&{_COLUMNS}",
            LIMIT: f"/filtered/{organisation}",
        },
        DEEP: {OURS: deep},
        DETAIL: {
            OURS: f"/api/v1/individuals/{person}/",
            DRF: f"/people/{person}/",
            NINJA: f"/people/{person}/",
            LIMIT: f"/detail/{person}",
        },
        RECORDED: {OURS: f"/api/v1/individuals/{person}/", DRF: f"/people/{person}/"},
        EVENTS: {
            OURS: f"/api/v1/status-events/?individual={person}",
            DRF: f"/events/?individual={person}",
            NINJA: f"/events/?individual={person}",
            LIMIT: f"/events/{person}",
        },
    }


def _datasette(narrowed: str) -> str:
    return (
        f"/tracker/cases_individual.json?{narrowed}&_size=50&_sort_desc=updated_at"
        "&_shape=array&_nocount=1&_nofacet=1"
    )


def writes(known: Mapping[str, str]) -> tuple[dict[str, str], dict[str, Any]]:
    """Give where each takes a new person, and in which words."""
    named = [{"text": "Олена Коваленко", "language_tag": "uk-Cyrl", "part": "full"}]
    plain = {
        "organisation_id": known["organisation"],
        "case_number": "KEY",
        "sex": "female",
        "names": named,
    }
    paths = {OURS: "/api/v1/individuals/", DRF: "/people/", NINJA: "/people/"}
    return paths, {OURS: {"sex": "female", "names": named}, DRF: plain, NINJA: plain}
