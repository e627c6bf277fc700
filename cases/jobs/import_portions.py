"""One turn at an imported file: portion after portion, or all in one transaction."""

import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation

from cases.access.gate import Actor, System, acting_as
from cases.actions import import_rows, imports, jobs
from cases.actions.attempts import repeated
from cases.actions.import_rows import Tried
from cases.exchange.imports import lines_of, reader_of
from cases.exchange.shapes import Line
from cases.jobs.import_duplicates import alike_of
from cases.models import ImportRun, User
from cases.outbox import Job
from cases.rules import imports as rules
from cases.vocabulary.imports import ImportKind, ImportMode, ImportState, RowOutcome

PATIENCE = 60.0
"""Seconds after which the rest is left to the next turn: others wait too."""
MANY, FEW = 500, 50
"""Rows of one transaction: of people, and of what is added one by one."""
S = ImportState


class RightsLost(Exception):  # noqa: N818 - a finding, not a fault
    """Whoever started the run may no longer go on."""


class Portion:
    """One turn at one file."""

    def __init__(self, run: ImportRun) -> None:
        self.run = run
        self.is_dry = run.state == S.CHECKING
        self.user = self._user()
        self.actor = Actor.of(self.user)
        self.end = time.monotonic() + PATIENCE
        self.seen: set[str] = set()

    def done(self) -> ImportState | None:
        """Go on from where the run stands; give the state that it ends in, None if it goes on."""
        is_of_people = self.run.kind == ImportKind.INDIVIDUALS
        is_whole = self.run.mode == ImportMode.WHOLE and not self.is_dry
        language = self.user.language or settings.LANGUAGE_CODE
        with acting_as(self.actor), translation.override(language):
            if is_whole or (self.is_dry and not is_of_people):
                return self._as_one()
            return self._bit_by_bit(MANY if is_of_people else FEW)

    def _user(self) -> User:
        """Give whoever started the run, as they stand now.

        :raises RightsLost: where they may not go on.
        """
        with acting_as(System("asking who may go on with an import")):
            user = User.objects.select_related("organisation").get(
                pk=self.run.recorded_by_id or self.run.pk
            )
            if not (user.is_active and user.organisation.is_active):
                raise RightsLost(rules.NO_LONGER)
        actor = Actor.of(user)
        if not actor.may(imports.NEEDED[self.run.kind]):
            raise RightsLost(rules.NOT_NOW)
        return user

    def _check_rights(self) -> None:
        if Actor.of(self._user()) != self.actor:
            raise RightsLost(rules.NOT_NOW)

    # --- Portion after portion ---

    def _bit_by_bit(self, size: int) -> ImportState | None:
        lines = lines_of(self.run)
        reader = reader_of(self.run)
        done = self.run.rows_done
        for line in islice(lines, done):
            if self.is_dry:
                self.seen.add(reader.readied(line).key)
        for some in _in_parts(lines, size):
            self._check_rights()
            if self.is_dry:
                self._checked(reader, some, done)
            else:
                self._tried(reader, some, done)
            done += len(some)
            self._get_on()
            if time.monotonic() > self.end:
                return None
        return S.CHECKED if self.is_dry else S.ENDED

    def _get_on(self) -> None:
        with acting_as(System("noting that an import gets on")) as by:
            repeated(lambda: jobs.get_on(Job.CARRY_OUT_IMPORT, str(self.run.pk), by=by))

    def _tried(self, reader: Any, lines: Sequence[Line], before: int) -> list[Tried]:
        def once() -> list[Tried]:
            # Of what is added one by one, a transaction that was undone must leave no memory.
            fresh = reader if self._is_of_people() else reader_of(self.run)
            rows = map(fresh.readied, lines)
            return import_rows.try_rows(self.run, by=self.actor, rows=rows, before=before)

        return repeated(once)

    def _checked(self, reader: Any, lines: Sequence[Line], before: int) -> None:
        tried = self._undone(reader, [lines], before)
        for one in tried:
            if one.outcome == RowOutcome.ADDED and one.readied is not None:
                if one.readied.key in self.seen:
                    one.outcome, one.why = RowOutcome.UNCHANGED, rules.SAME_AS
                else:
                    one.alike = alike_of(one.readied)
                self.seen.add(one.readied.key)
        self._note(tried, before)

    # --- All in one transaction ---

    def _as_one(self) -> ImportState:
        if self.run.rows_done >= self.run.rows and not self.is_dry:
            return S.ENDED  # killed between the rows and the end
        parts = list(_in_parts(lines_of(self.run), MANY))
        reader = reader_of(self.run)
        if self.is_dry:
            self._note(self._undone(reader, parts, 0), 0)
            return S.CHECKED
        tried: list[Tried] = repeated(lambda: self._all_or_none(parts))
        if not tried:
            return S.ENDED
        for one in tried:
            if one.outcome == RowOutcome.ADDED:
                one.outcome, one.target_id = RowOutcome.READY, None
        self._note(tried, 0)
        return S.REFUSED

    def _all_or_none(self, parts: Sequence[Sequence[Line]]) -> list[Tried]:
        """Try all rows; where one is refused undo all, and give what became of each."""
        with transaction.atomic():
            tried = self._through(reader_of(self.run), parts, 0)
            if all(one.outcome != RowOutcome.REFUSED for one in tried):
                return []
            transaction.set_rollback(True)
        return tried

    def _undone(self, reader: Any, parts: Any, before: int) -> list[Tried]:
        """Try rows for what would become of them, and write nothing."""

        def once() -> list[Tried]:
            with transaction.atomic():
                tried = self._through(reader, parts, before)
                transaction.set_rollback(True)
            return tried

        return repeated(once)

    def _through(self, reader: Any, parts: Any, before: int) -> list[Tried]:
        tried: list[Tried] = []
        for lines in parts:
            self._check_rights()
            rows = map(reader.readied, lines)
            at = before + len(tried)
            tried += import_rows.try_rows(self.run, by=self.actor, rows=rows, before=at)
        return tried

    def _note(self, tried: Sequence[Tried], before: int) -> None:
        repeated(lambda: import_rows.note(self.run, by=self.actor, tried=tried, before=before))

    def _is_of_people(self) -> bool:
        return self.run.kind == ImportKind.INDIVIDUALS


def _in_parts(lines: Iterable[Line], size: int) -> Iterator[list[Line]]:
    left = iter(lines)
    while part := list(islice(left, size)):
        yield part
