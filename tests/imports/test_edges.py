"""What seldom happens to a file on its way in or out, and must not go wrong then."""

import io
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from cases import clock
from cases.access.gate import Actor, System, acting_as
from cases.actions import (
    audit,
    exports,
    import_acts,
    import_rows,
    imports,
    intake,
    recording,
    sealing,
)
from cases.models import ImportRow, ImportRun, Individual, Place, QueuedJob
from cases.rules import imports as rules
from cases.rules.imports import Readied
from cases.vocabulary.organisations import Role
from tests.factories import ExportRunFactory, PlaceFactory, UserFactory
from tests.imports.running import begun, imported, many, people, told, uploaded
from tests.refusals import sentence_of

pytestmark = pytest.mark.django_db
PLACES = b"name,kind\nSudzha,settlement\n"


@pytest.fixture
def keeper(actor_of):
    return actor_of(Role.CASEWORKER)


def test_a_portion_out_of_turn_is_noted_by_nobody(keeper):
    run = begun(keeper, uploaded(keeper, people(*many(2))))
    with acting_as(keeper):
        for late in (
            lambda: import_rows.try_rows(run, by=keeper, rows=[], before=99),
            lambda: import_rows.note(run, by=keeper, tried=[], before=99),
        ):
            with pytest.raises(import_rows.NotOurTurn):
                late()
    assert not ImportRow.objects.exists()


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (PermissionDenied("You may not do that."), "You may not do that."),
        (PermissionDenied(), "You may not do this."),
        (IntegrityError("x"), "clashes"),
    ],
)
def test_whatever_stops_a_row_is_said_of_that_row(fault, said, keeper, monkeypatch):
    def stopped(*_given):
        raise fault

    monkeypatch.setitem(import_acts.ACTS, "places", stopped)
    run = imported(keeper, PLACES, kind="places")

    ((outcome, why),) = told(run).values()
    assert outcome == "refused"
    assert said.lower() in why.lower() or isinstance(fault, IntegrityError)
    assert why


def test_a_row_overtaken_by_a_colleague_is_refused(keeper, monkeypatch):
    def overtaken(*_given):
        raise recording.Conflict(PlaceFactory(), 1)

    monkeypatch.setitem(import_acts.ACTS, "places", overtaken)
    ((outcome, why),) = told(imported(keeper, PLACES, kind="places")).values()

    assert outcome == "refused"
    assert "was changed by somebody else" in why


def test_a_row_that_another_import_has_added_meanwhile_is_undone(keeper, monkeypatch):
    monkeypatch.setattr(import_rows, "_claim", lambda *_given: frozenset())
    run = imported(keeper, PLACES, kind="places")

    assert [outcome for outcome, _ in told(run).values()] == ["refused"]
    assert not Place.objects.filter(name="Sudzha").exists()


def test_one_clash_among_many_is_found_out_row_by_row(keeper, monkeypatch):
    def clashes(_people, *, by):
        raise IntegrityError

    monkeypatch.setattr(intake, "register_many", clashes)
    run = imported(keeper, people(*many(3)))

    assert (run.rows_added, Individual.objects.count()) == (3, 3)


def test_a_row_that_is_known_and_words_without_a_field(keeper):
    row = PlaceFactory()
    known = import_rows._without_act(Readied(1, known=row), {})

    assert known is not None
    assert known.target_id == row.pk
    assert import_rows.in_words(ValidationError("A sentence.")) == "A sentence."


def test_people_without_names_are_taken_in(keeper):
    with acting_as(keeper):
        (one,) = intake.prepared([{"sex": "female"}], by=keeper)
        assert one is not None
        (person,) = intake.register_many([one], by=keeper)
        assert intake.register_many([], by=keeper) == []
    assert person.case_number == Individual.objects.get().case_number


def test_files_that_nobody_ran_are_forgotten(keeper):
    run = uploaded(keeper, people(*many(2)))
    with clock.fixed(clock.now() + timedelta(days=8)):
        assert imports.forget_old(by=System("tests")) == 1

    kept = ImportRun.objects.get(pk=run.pk)
    assert (kept.state, kept.stored_name) == ("stopped", "")
    imports._delete_file(kept)  # there is none any more


def test_a_run_whose_job_was_given_up_ends_and_says_so(keeper):
    given_up, going_on = (begun(keeper, uploaded(keeper, people(*many(2, n)))) for n in (0, 9))
    QueuedJob.objects.filter(argument=str(given_up.pk)).update(state="failed")
    imports.forget_old(by=System("tests"))
    assert ImportRun.objects.filter(state="running").count() == 2
    with clock.fixed(clock.now() + timedelta(days=2)):
        imports.forget_old(by=System("tests"))

    ended = ImportRun.objects.get(pk=given_up.pk)
    assert (ended.state, ended.why) == ("stopped", rules.FAILED)
    assert ImportRun.objects.get(pk=going_on.pk).state == "running"


def test_a_file_that_was_tampered_with_is_not_read(keeper):
    run = uploaded(keeper, people(*many(2)))
    run.sha256 = "0" * 64
    with pytest.raises(FileNotFoundError):
        imports.content_of(run)


def test_a_file_is_opened_under_a_former_key_and_no_other(settings):
    locked = sealing.sealed(b"names")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    assert sealing.opened(locked) == b"names"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(FileNotFoundError):
        sealing.opened(locked)


def test_the_system_takes_no_file_in():
    file: Any = SimpleNamespace()
    with pytest.raises(PermissionDenied, match="somebody who signs in"):
        imports.take_in(
            by=System("tests"), upload=file, kind="places", mode="each",
            file_name="list", mapping=[], is_certain=False,
        )  # fmt: skip


def test_a_file_is_refused_with_a_reason(organisation):
    run = ExportRunFactory(organisation=organisation, recorded_by=UserFactory())
    by = Actor.of(UserFactory(organisation=organisation, role=Role.SUPERVISOR))
    with acting_as(by):
        said = sentence_of(exports.decline, run, by=by, version=None, reason="  ")

    assert said == "Say why there is to be no file."


def test_a_file_that_no_row_names_is_taken_away():
    with exports.stored(io.BytesIO(b"sealed")) as stored_name:
        assert default_storage.exists(stored_name)
    assert not default_storage.exists(stored_name)


@pytest.mark.django_db(transaction=True)
def test_many_entries_of_the_trail_need_the_transaction_of_their_act(organisation):
    with pytest.raises(transaction.TransactionManagementError):
        audit.note_many(
            by=System("tests"), act="recorded", model="place",
            organisation_id=organisation.pk, rows=[],
        )  # fmt: skip
