"""Organisations and their users."""

from typing import Any

from factory.declarations import Sequence, SubFactory, Trait

from cases.access.gate import System, acting_as
from cases.models import Organisation, User
from cases.vocabulary.organisations import Role
from tests.factories.base import CheckedFactory

PASSWORD = "correct horse battery staple"


class OrganisationFactory(CheckedFactory):
    """The organisation that tests share, unless it is given another key."""

    class Meta:
        model = Organisation

    class Params:
        other = Trait(key="b", name="Organisation B")

    key = "a"
    name = "Organisation A"

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        with acting_as(System("tests")):
            there = Organisation.objects.filter(key=kwargs["key"]).first()
        return there or super()._create(model_class, *args, **kwargs)


class UserFactory(CheckedFactory):
    """A caseworker, who signs in with ``PASSWORD``."""

    class Meta:
        model = User

    class Params:
        cleared = Trait(is_cleared_for_restricted=True)
        movement_cell = Trait(is_movement_cell=True)

    organisation = SubFactory(OrganisationFactory)
    email = Sequence(lambda n: f"user{n}@example.org")
    name = Sequence(lambda n: f"Colleague {n}")
    role = Role.CASEWORKER

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        user = model_class(*args, **{"password": "", **kwargs})
        user.set_password(kwargs.get("password") or PASSWORD)
        with acting_as(System("tests")):
            user.full_clean()
            user.save(force_insert=True)
        return user
