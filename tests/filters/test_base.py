"""What is declared of a filter holds."""

import pytest
from django.core.exceptions import ValidationError

from cases.api.urls import RESOURCES
from cases.filters.places import PlaceFilters
from cases.models import Place
from tests.factories import PlaceFactory, PlaceNameFactory

pytestmark = pytest.mark.django_db


def test_every_filter_says_what_it_does():
    for resource in RESOURCES.values():
        for name, narrowing in resource.filterset_class.base_filters.items():
            assert narrowing.said_of(name).endswith("."), name
            assert narrowing.schema["type"] in {"string", "boolean", "integer"}


@pytest.mark.parametrize("q", ["Курск", "kursk", "KURSKAYA", "obl kursk"])
def test_names_are_found_in_any_script(q, organisation):
    place = PlaceNameFactory(text="Курская область", language_tag="ru-Cyrl").place
    PlaceFactory()

    assert list(PlaceFilters.narrowed(Place.objects.all(), {"q": q})) == [place]


def test_all_that_is_wrong_is_named_at_once(organisation):
    with pytest.raises(ValidationError) as refusal:
        PlaceFilters.narrowed(Place.objects.all(), {"kind": "x", "parent": "y"})

    assert refusal.value.message_dict.keys() == {"kind", "parent"}
