"""An invented crowd: rows as the acts would have written them, the same ones each time."""

from collections import Counter
from random import Random
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import connection

from cases.access.gate import Anonymous
from cases.actions import loading
from cases.exchange.invented_crowd import BEGINNING, Crowd, Keeper, Sheets
from cases.exchange.invented_names import family_names, names_of
from cases.models import (
    AuditEntry,
    BatchSlot,
    FamilyLink,
    Individual,
    IndividualName,
    RepatriationBatch,
    StatusEvent,
)
from cases.models.dates import BoundField
from cases.models.names import SearchKeyField
from cases.rules import status
from cases.rules.batches import is_live
from cases.rules.dates import bounds
from cases.rules.individuals import are_inverse, is_minor
from cases.vocabulary.individuals import Certainty, Sex
from cases.vocabulary.places import PlaceKind
from cases.vocabulary.status import Axis, ReturnStatus, WorkStatus
from tests.crowds import load
from tests.factories import PlaceFactory

PEOPLE = 200
MODELS = (Individual, IndividualName, FamilyLink, StatusEvent, RepatriationBatch, BatchSlot)


@pytest.fixture
def crowd(db):
    load(PEOPLE)


def test_every_row_is_one_that_the_rules_let_through(crowd):
    for model in MODELS:
        rows = list(model.objects.all())
        assert rows, model
        for row in rows:
            before = dict(row.__dict__)
            row.full_clean()
            assert {**row.__dict__, "_state": None} == {**before, "_state": None}


def test_what_follows_from_a_column_is_what_a_save_would_write(crowd):
    for model in MODELS:
        follows = [
            field
            for field in model._meta.concrete_fields
            if isinstance(field, BoundField | SearchKeyField)
        ]
        for row in model.objects.all():
            stored = {field.name: getattr(row, field.name) for field in follows}
            assert stored == {field.name: field.pre_save(row, add=False) for field in follows}


def test_a_case_stands_where_its_steps_led_it(crowd):
    for person in Individual.objects.prefetch_related("status_events"):
        stands: dict[str, str] = {Axis.RETURN: ReturnStatus.REPORTED, Axis.WORK: WorkStatus.DRAFT}
        for event in sorted(person.status_events.all(), key=lambda event: event.recorded_at):
            assert event.from_status == stands[event.axis]
            status.check_step(event.axis, event.from_status, event.to_status)
            stands[event.axis] = event.to_status
            assert person.recorded_at < event.recorded_at <= person.updated_at
            second = status.needs_second_person(event.axis, event.from_status, event.to_status)
            assert not second or event.recorded_by_id != person.recorded_by_id
        assert (person.return_status, person.work_status) == tuple(stands.values())
        assert person.version == 1 + person.status_events.count()


def test_a_child_is_with_family_on_a_confirmed_tie_only(crowd):
    for person in Individual.objects.filter(return_status=ReturnStatus.WITH_FAMILY):
        if is_minor(None, born_latest=bounds(person.birth_edtf)[1], on=BEGINNING):
            assert person.family_links.filter(certainty=Certainty.CONFIRMED).exists()


def test_a_tie_is_told_from_both_ends(crowd):
    links: dict[Any, str] = {
        (link.individual_id, link.relative_id): link.tie for link in FamilyLink.objects.all()
    }

    assert links
    for (one, other), tie in links.items():
        assert are_inverse(tie, links[other, one])


def test_a_slot_is_live_with_its_batch(crowd):
    slots = BatchSlot.objects.select_related("batch")
    assert {slot.is_live for slot in slots} == {True, False}
    for slot in slots:
        assert slot.is_live == is_live(slot.batch.status, slot.presence)


def test_nearly_everybody_has_one_to_three_names(crowd):
    told = Counter(IndividualName.objects.values_list("individual", flat=True))

    assert set(told.values()) == {1, 2, 3}
    assert 0.9 * PEOPLE < len(told) <= PEOPLE


def test_a_million_people_have_some_40_000_words_in_their_names():
    chance = Random("words")  # noqa: S311
    families = family_names()
    assert 10_000 < len(families) < 15_000
    some = [
        text
        for family in families
        for sex in (Sex.FEMALE, Sex.MALE)
        for text, *_ in names_of(chance, sex, family, is_whole=True)
    ]
    words = {word for text in some for word in text.split()}
    assert 30_000 < len(words) < 60_000


def test_only_the_system_loads(db):
    with pytest.raises(PermissionDenied, match="past the acts"):
        loading.load(Sheets.made().person, [], by=Anonymous())
    with (
        pytest.raises(PermissionDenied, match="past the acts"),
        loading.unindexed([], by=Anonymous()),
    ):
        pass


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_command(settings, capsys):
    settings.DEMO = True
    PlaceFactory(kind=PlaceKind.SETTLEMENT, id=UUID(int=1))
    indexes = indexes_of(Individual)

    call_command("generate", individuals=40)

    assert "Generated 40 individuals" in capsys.readouterr().out
    assert Individual.objects.count() == 40
    assert indexes_of(Individual) == indexes
    entry = AuditEntry.objects.filter(act="acted as the system").get()
    assert entry.reason == "generating 40 people for measuring"
    call_command("index_names", check=True)
    with pytest.raises(CommandError, match="people already"):
        call_command("generate", individuals=40)
    call_command("generate", individuals=40, if_empty=True)
    assert Individual.objects.count() == 40
    call_command("generate", individuals=3, add=True)
    assert Individual.objects.count() == 43


def indexes_of(model):
    with connection.cursor() as cursor:
        return sorted(connection.introspection.get_constraints(cursor, model._meta.db_table))


def test_a_crowd_is_the_same_each_time():
    keeper = Keeper("0" * 32, ["1" * 32], "2" * 32, "3" * 32, 1)

    def invented(seed):
        crowd = Crowd(Random(seed), [keeper], ["4" * 32], events=4)  # noqa: S311
        return [list(rows.values()) for rows in crowd.invent(50)]

    assert invented("one") == invented("one") != invented("another")


def test_nothing_is_generated_on_a_real_server(db, settings):
    settings.DEMO, settings.DEBUG = False, False

    with pytest.raises(CommandError, match="not for measuring"):
        call_command("generate", individuals=1)
    assert not Individual.objects.exists()
