"""A small crowd of `manage.py generate` in the database of a test."""

from collections.abc import Collection
from random import Random
from typing import Any

from cases.access.gate import current_actor
from cases.actions import loading
from cases.exchange.invented_crowd import Crowd, Keeper
from cases.models import Organisation
from cases.vocabulary.organisations import Role
from tests.factories import OrganisationFactory, PlaceFactory, StatementFactory, UserFactory


def load(people: int, *, organisations: int = 1, only: Collection[Any] = ()) -> list[Organisation]:
    """Load invented people, shared out evenly; with ``only``, no rows of other models."""
    keepers: list[Any] = [
        OrganisationFactory(key=f"crowd-{number}") for number in range(organisations)
    ]
    crowd = Crowd(
        Random("a crowd"),  # noqa: S311 - the same each time
        [_keeper(organisation) for organisation in keepers],
        [PlaceFactory().pk.hex for _ in range(3)],
        events=4,
    )
    for rows in crowd.invent(people):
        for sheet, some in rows.items():
            if not only or sheet.model in only:
                loading.load(sheet, some, by=current_actor())
    return keepers


def _keeper(organisation: Organisation) -> Keeper:
    worker, supervisor = (
        UserFactory(organisation=organisation, role=role)
        for role in (Role.CASEWORKER, Role.SUPERVISOR)
    )
    return Keeper(
        organisation=organisation.pk.hex,
        workers=[worker.pk.hex],
        supervisor=supervisor.pk.hex,
        statement=StatementFactory(organisation=organisation).pk.hex,
        share=1,
    )
