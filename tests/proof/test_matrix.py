"""Every address × method × eight onlookers × own, granted, foreign and random rows."""

from http.cookies import SimpleCookie
from typing import Any

import pytest

from cases import ids
from tests.matrices import exhaustively
from tests.proof.addresses import Address, addresses, deed_of, path_of
from tests.proof.expected import (
    NO_OPTIONS,
    is_visible,
    of_api_act,
    of_api_bulk,
    of_api_detail,
    of_api_list,
    of_options,
)
from tests.proof.expected_pages import OTHERS, of_the_admin
from tests.proof.stage import ONLOOKERS, POSITIONS, Onlooker, api_for, browser_for, set_up

pytestmark = pytest.mark.django_db
ADDRESSES = addresses()
API_METHODS = ("get", "head", "options", "post", "put", "patch", "delete")
PAGE_METHODS = ("get", "post")


def test_every_address_has_an_expectation():
    kinds = {address.kind for address in ADDRESSES}
    known = {kind for kind in kinds if kind.startswith(("admin-", "api-list", "api-detail"))}

    assert kinds - known - {"api-act", "api-bulk"} <= OTHERS.keys(), (
        "Say in expected_pages.py who gets it."
    )
    assert OTHERS.keys() <= kinds, "An expectation for an address that is gone."


def expected(address: Address, method: str, who: Onlooker, position: str) -> set[int]:
    if method == "options" and address.name not in NO_OPTIONS:
        return of_options(who)
    if address.kind.startswith("admin-"):
        return of_the_admin(address, method, who, position)
    if address.kind in {"api-list", "api-bulk"}:
        of_many = of_api_list if address.kind == "api-list" else of_api_bulk
        return of_many(address, method, who)
    of_one = {"api-detail": of_api_detail, "api-act": of_api_act}.get(address.kind)
    answers: set[int] = (of_one or OTHERS[address.kind])(address, method, who, position)
    return answers


def asked(address: Address) -> list[tuple[str, str]]:
    """Give the methods and positions that make a difference to an address."""
    methods = API_METHODS if address.name.startswith("api:") else PAGE_METHODS
    positions = POSITIONS if address.has_row else POSITIONS[:1]
    return [(method, position) for method in methods for position in positions]


PARTS = len(ONLOOKERS)
CELLS = [(onlooker.name, part) for onlooker in ONLOOKERS for part in range(PARTS)]
SAMPLE = [(onlooker.name, part) for part, onlooker in enumerate(ONLOOKERS)]
"""Each onlooker asks for another eighth of the addresses; the rest waits for the long run."""


@pytest.mark.parametrize("cell", exhaustively(CELLS, SAMPLE), ids=str)
def test_everybody_gets_what_they_are_to_get(cell, transactional_marks, without_chance):
    name, part = cell
    onlooker = next(one for one in ONLOOKERS if one.name == name)
    stage = set_up(onlooker)
    clients = {"api:": api_for(stage.user), "": browser_for(stage.user)}
    wrong, said = [], {}
    for address in ADDRESSES[part::PARTS]:
        client: Any = clients["api:" if address.name.startswith("api:") else ""]
        for method, position in asked(address):
            path = path_of(address, stage, position)
            cookies = SimpleCookie(client.cookies.output(header=""))
            with transactional_marks(), ids.derived_from("one question"):
                answer = getattr(client, method)(path)
            client.cookies = cookies  # one of the questions signs out
            right = expected(address, method, onlooker, position)
            if address.kind == "admin-deed" and deed_of(address.model) == "nothing":
                right = (right - {200}) | {404}
            if answer.status_code not in right:
                wrong.append((method, position, address.name, answer.status_code, sorted(right)))
            assert answer.status_code < 500, (method, path)
            said[method, address, position] = told(answer, path)

    assert wrong == [], "\n".join(map(str, wrong))
    told_apart = [
        (method, address.name)
        for (method, address, position), unseen in said.items()
        if position == "foreign" and not is_seen(address, onlooker)
        if unseen != said[method, address, "random"]
    ]
    assert told_apart == []


def is_seen(address: Address, onlooker: Onlooker) -> bool:
    return onlooker.role is not None and is_visible(address.model, "foreign", onlooker.role)


def told(answer: Any, path: str) -> tuple[int, list[tuple[str, str]], bytes]:
    """Give all that an answer tells, without the address that was asked for."""
    content = b"".join(answer) if answer.streaming else answer.content
    headers = sorted((name, value.replace(path, "")) for name, value in answer.items())
    return answer.status_code, headers, content.replace(path.encode(), b"")
