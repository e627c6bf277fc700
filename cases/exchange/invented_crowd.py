"""An invented crowd, as rows for the database: for measuring, where acts would take days.

What a row holds is what the acts would have written: the steps are ones that the machines have,
case numbers carry their check digits, a child goes to family on a confirmed tie.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from itertools import count
from random import Random
from typing import Any

from django.db.models import Model

from cases.actions.loading import Row, Sheet
from cases.exchange.invented import ENDED, PATHS, REOPENED, WORK_PATHS
from cases.exchange.invented_names import FamilyName, family_name, names_of
from cases.models import (
    BatchSlot,
    FamilyLink,
    Individual,
    IndividualName,
    RepatriationBatch,
    StatusEvent,
)
from cases.rules.batches import is_live
from cases.rules.individuals import INVERSE_TIE, case_number
from cases.rules.status import BACK_IN_COUNTRY
from cases.vocabulary.batches import BatchKind, BatchStatus, Presence, RosterPolicy
from cases.vocabulary.individuals import (
    AgeClass,
    CaseSensitivity,
    Certainty,
    FamilyTie,
    Identification,
    Priority,
    Sex,
)
from cases.vocabulary.status import Axis, ReturnStatus, WorkStatus

INVENTED = "Invented for measuring."
BEGINNING = date(2024, 8, 6)
FIRST = datetime(2024, 8, 7, 6)  # noqa: DTZ001 - written in UTC
TAKEN_IN_OVER = timedelta(days=365)
A_MONTH = 30 * 24 * 3600
AT_ONCE = 5_000
MAJORITY = 18

Rows = dict[Sheet, list[Row]]
_RECORD = ("id", "recorded_at", "updated_at", "organisation", "recorded_by")


@dataclass(frozen=True)
class Keeper:
    """An organisation that keeps a share of the crowd; ids are hexadecimal digits."""

    organisation: str
    workers: Sequence[str]
    supervisor: str
    statement: str
    """An official's word, on which deaths rest."""
    share: int


@dataclass(frozen=True)
class Sheets:
    """What is written of each model."""

    person: Sheet
    name: Sheet
    link: Sheet
    event: Sheet
    batch: Sheet
    slot: Sheet

    @property
    def models(self) -> list[type[Model]]:
        return [sheet.model for sheet in vars(self).values()]

    @classmethod
    def made(cls) -> "Sheets":
        return cls(
            person=Sheet(
                Individual,
                *_RECORD,
                *("version", "case_number", "identification", "sex", "birth_edtf"),
                *("age_as_stated", "age_as_of_edtf", "home_place", "last_known_place"),
                *("separation_edtf", "return_status", "work_status", "assigned_to"),
                *("priority", "sensitivity"),
                circumstances=INVENTED,
            ),
            name=Sheet(
                IndividualName, *_RECORD, "individual", "text", "part", "language_tag", "kind"
            ),
            link=Sheet(
                FamilyLink, *_RECORD, "individual", "relative", "tie", certainty=Certainty.CONFIRMED
            ),
            event=Sheet(
                StatusEvent,
                *_RECORD,
                *("individual", "axis", "from_status", "to_status", "occurred_edtf"),
                *("statement", "observation"),
            ),
            batch=Sheet(
                RepatriationBatch,
                *_RECORD,
                *("code", "title", "kind", "status", "arrived_edtf"),
                roster_policy=RosterPolicy.NAMES_KNOWN,
                remarks=INVENTED,
            ),
            slot=Sheet(
                BatchSlot,
                *_RECORD,
                *("batch", "number", "individual", "age_class", "sex", "presence", "is_live"),
            ),
        )


@dataclass(frozen=True)
class Person:
    """Somebody who never lived, as far as others need to know."""

    id: str
    sex: str
    age: int
    moment: datetime


@dataclass
class _Batch:
    id: str
    status: str
    left: int
    filled: int = 0


class Crowd:
    """Invents people family by family; everything is drawn from one chance."""

    def __init__(
        self, chance: Random, keepers: Sequence[Keeper], places: Sequence[str], *, events: int
    ) -> None:
        self.chance, self.keepers, self.places = chance, keepers, places
        self.events = events
        self.sheets = Sheets.made()
        self.rows: Rows = defaultdict(list)
        self.serials = {keeper.organisation: count(1) for keeper in keepers}
        self.codes = {keeper.organisation: count(1) for keeper in keepers}
        self.batches: dict[tuple[str, str], _Batch] = {}

    def invent(self, people: int) -> Iterator[Rows]:
        """Give the rows of ``people`` people, some thousand at once; each in an order that fits."""
        shares = [keeper.share for keeper in self.keepers]
        made = told = 0
        while made < people:
            keeper = self.chance.choices(self.keepers, shares)[0]
            size = min(people - made, self.chance.choice((1, 1, 1, 2, 3, 4)))
            self._family(keeper, size, FIRST + TAKEN_IN_OVER * (made / people))
            made += size
            if made - told >= AT_ONCE or made == people:
                told = made
                yield {sheet: self.rows[sheet] for sheet in vars(self.sheets).values()}
                self.rows = defaultdict(list)

    def _family(self, keeper: Keeper, size: int, moment: datetime) -> None:
        family, home = family_name(self.chance), self.chance.choice(self.places)
        first: Person | None = None
        for _ in range(size):
            moment += timedelta(microseconds=self.chance.randrange(1, 10**9))
            age = self._age(first)
            person = Person(self._id(), self._sex(), age, moment)
            worker = self.chance.choice(keeper.workers)
            if first is not None:
                self._tie(keeper, worker, person, first)
            self._take_in(keeper, worker, person, home, has_family=first is not None)
            self._name(keeper, worker, person, family)
            first = first or person

    def _age(self, first: Person | None) -> int:
        if first is None:
            return self.chance.randrange(MAJORITY, 90)
        return max(0, first.age - self.chance.randrange(16, 40))

    def _sex(self) -> str:
        return self.chance.choices((Sex.FEMALE, Sex.MALE, Sex.UNKNOWN), (50, 48, 2))[0]

    def _id(self) -> str:
        bits = self.chance.getrandbits(128) & ~(0xF000 << 64) & ~(0xC000 << 48)
        return f"{bits | 0x4000 << 64 | 0x8000 << 48:032x}"

    def _record(self, keeper: Keeper, by: str, moment: datetime, changed: Any = None) -> Row:
        return (self._id(), f"{moment}", f"{changed or moment}", keeper.organisation, by)

    # --- The person ---

    def _take_in(
        self, keeper: Keeper, worker: str, person: Person, home: str, *, has_family: bool
    ) -> None:
        target = self._target()
        steps = self._steps(person, target, has_family=has_family)
        work = self._work(target, len(steps))
        last = self._walk(keeper, worker, person, steps, work)
        stated = self.chance.random() < 0.3  # noqa: PLR2004
        is_minor, chance = person.age < MAJORITY, self.chance
        status = steps[-1] if steps else ReturnStatus.REPORTED
        self.rows[self.sheets.person].append(
            (
                person.id,
                *(f"{person.moment}", f"{last}", keeper.organisation, worker),
                1 + len(steps) + len(work),
                case_number(next(self.serials[keeper.organisation])),
                chance.choices(tuple(_KNOWN), tuple(_KNOWN.values()))[0],
                person.sex,
                self._birth(person.age),
                person.age if stated else None,
                "2024-08" if stated else "",
                home,
                chance.choice(self.places),
                self._roughly(BEGINNING + timedelta(days=chance.randrange(200))),
                status,
                work[-1] if work else WorkStatus.DRAFT,
                worker if chance.random() < 0.9 else None,  # noqa: PLR2004
                Priority.URGENT if is_minor else chance.choice(Priority.values[:2]),
                CaseSensitivity.RESTRICTED if chance.random() < 0.02 else CaseSensitivity.STANDARD,  # noqa: PLR2004
            )
        )
        self._seat(keeper, worker, person, status)

    def _name(self, keeper: Keeper, worker: str, person: Person, family: FamilyName) -> None:
        known = self.rows[self.sheets.person][-1][_IDENTIFICATION]
        if known in _NAMELESS:
            return
        is_whole = known == Identification.NAMED
        for name in names_of(self.chance, person.sex, family, is_whole=is_whole):
            record = self._record(keeper, worker, person.moment)
            self.rows[self.sheets.name].append((*record, person.id, *name))

    def _birth(self, age: int) -> str:
        born = BEGINNING - timedelta(days=age * 365 + self.chance.randrange(365))
        return self.chance.choice((f"{born}", f"{born}", f"{born:%Y-%m}", f"{born.year}~"))

    def _roughly(self, day: date) -> str:
        return self.chance.choice(_written(day))

    def _tie(self, keeper: Keeper, worker: str, person: Person, first: Person) -> None:
        tie = FamilyTie.MOTHER if first.sex == Sex.FEMALE else FamilyTie.FATHER
        for one, other, seen in ((person, first, tie), (first, person, INVERSE_TIE[tie])):
            record = self._record(keeper, worker, person.moment)
            self.rows[self.sheets.link].append((*record, one.id, other.id, seen))

    # --- The steps ---

    def _target(self) -> str:
        targets, weights = _targets()
        return self.chance.choices(targets, cum_weights=weights)[0]

    def _steps(self, person: Person, target: str, *, has_family: bool) -> Sequence[str]:
        steps = PATHS[target][1]
        is_alone = person.age <= MAJORITY and not has_family
        if is_alone and ReturnStatus.WITH_FAMILY in steps:
            return [
                ReturnStatus.TEMPORARY_ACCOMMODATION if step == ReturnStatus.WITH_FAMILY else step
                for step in steps
            ]
        return steps

    def _work(self, target: str, steps: int) -> Sequence[str]:
        """Draw the steps of the work; cases that are long at work wait now and then."""
        work = self.chance.choice(_ENDINGS if target in _AT_AN_END else WORK_PATHS)
        wanted = self.chance.randrange(2 * self.events + 1)
        waits = max(0, wanted - steps - len(work)) // 2 if work else 0
        return (*work[:1], *(WorkStatus.ON_HOLD, WorkStatus.OPEN) * waits, *work[1:])

    def _walk(
        self,
        keeper: Keeper,
        worker: str,
        person: Person,
        steps: Sequence[str],
        work: Sequence[str],
    ) -> datetime:
        """Write the steps of both axes; give the moment of the last."""
        moment = person.moment
        walks = ((Axis.RETURN, ReturnStatus.REPORTED, steps), (Axis.WORK, WorkStatus.DRAFT, work))
        for axis, beginning, taken in walks:
            before: str = beginning
            for step in taken:
                moment += timedelta(seconds=self.chance.randrange(A_MONTH))
                is_second = step in _BY_A_SECOND
                rests = step == ReturnStatus.DECEASED
                record = self._record(keeper, keeper.supervisor if is_second else worker, moment)
                self.rows[self.sheets.event].append(
                    (
                        *(*record, person.id, axis, before, step),
                        self._roughly(moment.date()) if axis == Axis.RETURN else "",
                        keeper.statement if rests else None,
                        "" if rests else INVENTED,
                    )
                )
                before = step
        return moment

    # --- The batches ---

    def _seat(self, keeper: Keeper, worker: str, person: Person, status: str) -> None:
        """Give a slot to whoever is back, or about to leave."""
        if status in BACK_IN_COUNTRY:
            batch_status, presence = BatchStatus.ARRIVED, Presence.ARRIVED
        elif status == ReturnStatus.LISTED_FOR_RETURN:
            batch_status, presence = BatchStatus.SCHEDULED, Presence.PLANNED
        else:
            return
        batch = self._batch(keeper, worker, person, batch_status)
        batch.filled += 1
        batch.left -= 1
        record = self._record(keeper, worker, person.moment)
        age_class = AgeClass.CHILD if person.age < MAJORITY else AgeClass.ADULT
        live = is_live(batch_status, presence)
        self.rows[self.sheets.slot].append(
            (*record, batch.id, batch.filled, person.id, age_class, person.sex, presence, live)
        )

    def _batch(self, keeper: Keeper, worker: str, person: Person, status: str) -> _Batch:
        key = (keeper.organisation, status)
        batch = self.batches.get(key)
        if batch is None or not batch.left:
            batch = self.batches[key] = _Batch(self._id(), status, self.chance.randrange(2, 80))
            number = next(self.codes[keeper.organisation])
            moment = f"{person.moment}"
            arrived = self._roughly(person.moment.date())
            self.rows[self.sheets.batch].append(
                (
                    *(batch.id, moment, moment, keeper.organisation, worker),
                    *(f"INVENTED-{number:06d}", f"Invented batch {number}"),
                    self.chance.choice(BatchKind.values),
                    status,
                    arrived if status == BatchStatus.ARRIVED else "",
                )
            )
        return batch


_ENDINGS = (ENDED, ENDED, REOPENED)
_AT_AN_END = frozenset(
    {ReturnStatus.HOME, ReturnStatus.RESETTLED_ELSEWHERE, ReturnStatus.DECEASED}
    | {ReturnStatus.DUPLICATE, ReturnStatus.OUT_OF_SCOPE}
)
_BY_A_SECOND = frozenset({ReturnStatus.DECEASED, WorkStatus.CLOSED, WorkStatus.REOPENED})
_KNOWN = {
    Identification.NAMED: 92,
    Identification.PARTLY_NAMED: 5,
    Identification.DESCRIBED: 2,
    Identification.ANONYMOUS: 1,
}
_NAMELESS = frozenset({Identification.DESCRIBED, Identification.ANONYMOUS})
_IDENTIFICATION = 7
"""Where a person's row says it."""


@cache
def _targets() -> tuple[tuple[str, ...], tuple[int, ...]]:
    total, weights = 0, []
    for people, _steps in PATHS.values():
        total += people
        weights.append(total)
    return tuple(PATHS), tuple(weights)


@cache
def _written(day: date) -> tuple[str, ...]:
    return (f"{day}", f"{day}", f"{day:%Y-%m}", f"{day:%Y-%m}~")
