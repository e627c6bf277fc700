"""Every term has a definition and fits where it is stored."""

from importlib import import_module
from pkgutil import iter_modules

import pytest

from cases import vocabulary
from cases.vocabulary.base import Terms

MODULES = [module.name for module in iter_modules(vocabulary.__path__)]
LISTS = sorted(
    {
        terms
        for name in MODULES
        for terms in vars(import_module(f"cases.vocabulary.{name}")).values()
        if isinstance(terms, type) and issubclass(terms, Terms) and terms is not Terms
    },
    key=str,
)


@pytest.mark.parametrize("terms", LISTS)
def test_every_term_is_defined_in_a_sentence(terms):
    for term in terms:
        assert term.definition.endswith("."), term
        assert not term.definition[0].islower(), term
        assert term.label.strip(), term
        assert term.value == term, term


def test_a_term_is_its_value_to_the_database_and_its_label_to_people():
    status = import_module("cases.vocabulary.status").ReturnStatus

    assert status.HOME == "home"
    assert status.HOME.label == "Home"
    assert status.HOME.definition == "Back in the home place."
