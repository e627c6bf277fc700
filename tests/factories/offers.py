"""Records of other registries that wait to be looked at."""

import json
from datetime import UTC, datetime

from factory.declarations import LazyFunction, Sequence, SubFactory, Trait

from cases import clock, ids
from cases.models import PersonOffer
from cases.vocabulary.offers import OfferState
from tests.factories.base import RecordFactory
from tests.factories.organisations import UserFactory


class PersonOfferFactory(RecordFactory):
    class Meta:
        model = PersonOffer

    class Params:
        noted = Trait(
            state=OfferState.NOTED,
            content="",
            decided_by=SubFactory(UserFactory),
            decided_at=LazyFunction(clock.now),
            target_id=LazyFunction(ids.new_id),
        )

    record_key = Sequence(lambda n: f"{n:064d}")
    source_at = datetime(2024, 8, 6, tzinfo=UTC)
    content = json.dumps({"pfif": "1.4", "fields": {
        "person_record_id": "people.example.org/1", "source_date": "2024-08-06T00:00:00Z",
        "full_name": "Анна Проба"}, "notes": []})  # fmt: skip
