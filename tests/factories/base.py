"""What the factories have in common: no row is saved that its own model would refuse."""

from typing import Any

from factory.declarations import SubFactory
from factory.django import DjangoModelFactory

from cases.access.gate import System, acting_as
from cases.actions import names

OWNERS = ("individual", "batch", "assessment", "discrepancy")


class CheckedFactory(DjangoModelFactory):
    """Checks a row, then saves it, acting as the system; a name is found at once."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        with acting_as(System("tests")):
            row = model_class(*args, **kwargs)
            row.full_clean()
            row.save(force_insert=True)
            names.follow(row)
        return row


class RecordFactory(CheckedFactory):
    """A row of the organisation of whatever it belongs to; else of the one that tests share."""

    class Meta:
        abstract = True

    organisation = SubFactory("tests.factories.organisations.OrganisationFactory")

    @classmethod
    def _generate(cls, strategy: Any, params: dict[str, Any]) -> Any:
        owners = [params[name] for name in OWNERS if params.get(name) is not None]
        if owners:
            params.setdefault("organisation", owners[0].organisation)
        return super()._generate(strategy, params)
