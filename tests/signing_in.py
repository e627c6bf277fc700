"""Signing in as a browser does, with the codes that a phone would show."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from cases import clock
from cases.access.gate import Actor, System, acting_as
from cases.actions import factors
from cases.models import User
from cases.rules import factors as rules
from tests.factories import PASSWORD

LOGIN, CODE, SET_UP = "/admin/login/", "/admin/login/code/", "/admin/login/set-up/"


def secret_in(sealed: str) -> str:
    """Give the letters of a secret, as the app's page shows them."""
    return factors.to_scan(sealed, User(email="x@example.org"))[1]


def add_factor(user: User) -> tuple[Callable[..., str], list[str]]:
    """Give a user a second factor: what the app shows so many steps from now, and the codes."""
    sealed = factors.new_secret()
    secret = secret_in(sealed)

    def shown(steps: int = 0) -> str:
        return rules.code_of(secret, rules.step_at(clock.now()) + steps)

    with acting_as(Actor.of(user)):
        codes = factors.add(user, by=Actor.of(user), sealed=sealed, code=shown(-1))
    return shown, codes


def give_password(client: Client, user: User, password: str = PASSWORD, **more: Any) -> Any:
    return client.post(LOGIN, {"username": user.email, "password": password, **more})


def is_in(client: Client) -> bool:
    """Say whether the admin's first page opens."""
    return client.get("/admin/").status_code == 200


def system() -> Any:
    return acting_as(System("tests"))
