"""An invented caseload of one organisation, recorded through the actions like any other."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle
from random import Random
from typing import Any

from cases import clock
from cases.access.actor import Actor
from cases.access.gate import acting_as
from cases.actions import assistance, casework, individuals, proposals, status
from cases.exchange.invented_people import (
    BEGINNING,
    INVENTED,
    InventedPersonFactory,
    family_name,
    roughly,
)
from cases.models import Body, Individual, Place, Statement, StatusProposal, User
from cases.rules import dates
from cases.rules.individuals import is_minor
from cases.rules.status import MACHINES, needs_second_person
from cases.vocabulary.assistance import AssistanceKind, AssistanceStage
from cases.vocabulary.casework import TaskState
from cases.vocabulary.individuals import CaseSensitivity, Certainty, FamilyTie, Priority, Sex
from cases.vocabulary.organisations import Role
from cases.vocabulary.status import Axis, ProposalState, ReturnStatus, WorkStatus

R, W = ReturnStatus, WorkStatus

PATHS: dict[str, tuple[int, tuple[str, ...]]] = {
    R.REPORTED: (40, ()),
    R.UNACCOUNTED_FOR: (40, (R.UNACCOUNTED_FOR,)),
    R.LOCATED_HELD: (25, (R.LOCATED_HELD,)),
    R.LOCATED_IN_AREA: (25, (R.LOCATED_IN_AREA,)),
    R.LOCATED_ELSEWHERE: (12, (R.LOCATED_ELSEWHERE,)),
    R.LISTED_FOR_RETURN: (20, (R.LOCATED_HELD, R.LISTED_FOR_RETURN)),
    R.IN_TRANSIT: (10, (R.LISTED_FOR_RETURN, R.IN_TRANSIT)),
    R.HANDED_OVER: (8, (R.IN_TRANSIT, R.HANDED_OVER)),
    R.RETURNED_TO_COUNTRY: (25, (R.LOCATED_HELD, R.RETURNED_TO_COUNTRY)),
    R.TEMPORARY_ACCOMMODATION: (20, (R.RETURNED_TO_COUNTRY, R.TEMPORARY_ACCOMMODATION)),
    R.HOSPITALISED: (5, (R.RETURNED_TO_COUNTRY, R.HOSPITALISED)),
    R.WITH_FAMILY: (20, (R.RETURNED_TO_COUNTRY, R.WITH_FAMILY)),
    R.HOME: (20, (R.RETURNED_TO_COUNTRY, R.HOME)),
    R.RESETTLED_ELSEWHERE: (8, (R.RETURNED_TO_COUNTRY, R.RESETTLED_ELSEWHERE)),
    R.RETURN_FAILED: (5, (R.LISTED_FOR_RETURN, R.RETURN_FAILED)),
    R.DOES_NOT_WISH_TO_RETURN: (5, (R.LOCATED_ELSEWHERE, R.DOES_NOT_WISH_TO_RETURN)),
    R.DECEASED: (4, (R.UNACCOUNTED_FOR, R.DECEASED)),
    R.OUT_OF_SCOPE: (4, (R.OUT_OF_SCOPE,)),
    R.DUPLICATE: (4, (R.DUPLICATE,)),
}
"""How many people of each organisation end where, and by which steps they came there."""

WORK_PATHS: tuple[tuple[str, ...], ...] = (
    *((W.OPEN,),) * 7,
    (),
    (W.OPEN, W.ON_HOLD),
    (W.OPEN, W.PENDING_CLOSURE),
)
ENDED = (W.OPEN, W.PENDING_CLOSURE, W.CLOSED)
REOPENED = (*ENDED, W.REOPENED)
_AT_AN_END = frozenset({R.HOME, R.RESETTLED_ELSEWHERE, R.DECEASED, R.DUPLICATE, R.OUT_OF_SCOPE})
_NEEDS_HELP = frozenset({R.RETURNED_TO_COUNTRY, R.TEMPORARY_ACCOMMODATION, R.WITH_FAMILY, R.HOME})
_PROMISED = frozenset({AssistanceStage.PROMISED, AssistanceStage.CONDITIONAL})


@dataclass(frozen=True)
class Desk:
    """Who records at one organisation, and what they refer to."""

    users: Mapping[Role, User]
    places: Sequence[Place]
    body: Body
    record: Statement
    """The invented office, and its word for what needs an official one."""

    def actor(self, role: Role) -> Actor:
        return Actor.of(self.users[role])


@dataclass(frozen=True)
class Course:
    """One person's way, drawn before anything is recorded."""

    number: int
    target: str
    steps: tuple[str, ...]
    work: tuple[str, ...]


def record_people(desk: Desk, chance: Random) -> list[Individual]:
    """Record some 300 people over all statuses, with their families, help, to-dos and notes."""
    people: list[Individual] = []
    parent: Individual | None = None
    family = family_name(chance)
    for course in _courses(chance):
        is_relative = parent is not None and course.number % 3 > 0
        family = family if is_relative else family_name(chance)
        role = Role.PARTNER if course.number % 10 == 0 else Role.CASEWORKER
        with acting_as(desk.actor(role)) as by:
            person = _take_in(desk, chance, course, family)
            if parent is not None and is_relative and role == Role.CASEWORKER:
                _tie(by, person, parent)
            elif role == Role.CASEWORKER:
                parent = person
        _move(desk, chance, course, person, role)
        _follow_up(desk, chance, course, person)
        people.append(person)
    return people


def _courses(chance: Random) -> Iterator[Course]:
    targets = [target for target, (people, _) in PATHS.items() for _ in range(people)]
    chance.shuffle(targets)
    endings = cycle((ENDED, ENDED, REOPENED))
    for number, target in enumerate(targets):
        work = next(endings) if target in _AT_AN_END else chance.choice(WORK_PATHS)
        yield Course(number, target, PATHS[target][1], work)


def _take_in(desk: Desk, chance: Random, course: Course, family: Any) -> Individual:
    invented = InventedPersonFactory.build(chance=chance, family=family)
    by = desk.actor(Role.PARTNER if course.number % 10 == 0 else Role.CASEWORKER)
    is_restricted = by.is_cleared_for_restricted and course.number % 25 == 1
    return individuals.register(
        by=by,
        **invented.intake,
        home_place=desk.places[0],
        last_known_place=chance.choice(desk.places),
        assigned_to=desk.users[Role.CASEWORKER],
        priority=Priority.URGENT if invented.is_minor else chance.choice(Priority.values[:2]),
        sensitivity=CaseSensitivity.RESTRICTED if is_restricted else CaseSensitivity.STANDARD,
    )


def _tie(by: Any, person: Individual, relative: Individual) -> None:
    tie = FamilyTie.MOTHER if relative.sex == Sex.FEMALE else FamilyTie.FATHER
    is_parent = relative.birth_edtf[:4] < person.birth_edtf[:4]
    individuals.link_family(
        by=by,
        individual=person,
        relative=relative,
        tie=tie if is_parent else FamilyTie.RELATIVE,
        certainty=Certainty.CONFIRMED,
    )


def _move(desk: Desk, chance: Random, course: Course, person: Individual, role: Role) -> None:
    """Walk both machines; what needs a second person, the supervisor approves."""
    today = clock.today()
    length = len(course.steps) + 1
    for number, step in enumerate(course.steps, start=1):
        day = BEGINNING + (today - BEGINNING) * number / length
        with acting_as(desk.actor(role)) as by:
            if step == R.WITH_FAMILY and _is_child_alone(person, today):
                step = R.TEMPORARY_ACCOMMODATION  # noqa: PLW2901 - a minor alone goes to a shelter
            when = roughly(chance, day - timedelta(days=20))
            _step(desk, by, person, step, occurred_edtf=when)
    for step in course.work:
        with acting_as(desk.actor(role)) as by:
            _step(desk, by, person, step, axis=Axis.WORK)


def _is_child_alone(person: Individual, today: date) -> bool:
    born_latest = dates.bounds(person.birth_edtf)[1]
    is_child = is_minor(None, born_latest=born_latest, on=today)
    return is_child and not person.family_links.exists()


def _step(
    desk: Desk, by: Any, person: Individual, step: str, axis: Axis = Axis.RETURN, **fields: Any
) -> None:
    given = {
        "statement": desk.record if step == R.DECEASED else None,
        "observation": f"{INVENTED} Told by the family.",
        **fields,
    }
    now = getattr(person, MACHINES[axis].column)
    if not needs_second_person(axis, now, step):
        status.record(by=by, individual=person, to_status=step, axis=axis, **given)
        return
    if step != W.CLOSED:  # which is proposed by the step before it
        proposals.propose(by=by, individual=person, to_status=step, axis=axis, **given)
    _approve(desk, person)


def _approve(desk: Desk, person: Individual) -> None:
    with acting_as(desk.actor(Role.SUPERVISOR)) as second:
        waiting = StatusProposal.objects.get(individual=person, state=ProposalState.PENDING)
        proposals.approve(waiting, by=second, version=waiting.version)
    person.refresh_from_db()


def _follow_up(desk: Desk, chance: Random, course: Course, person: Individual) -> None:
    today = clock.today()
    with acting_as(desk.actor(Role.CASEWORKER)) as by:
        if course.target in _NEEDS_HELP or course.number % 7 == 0:
            _help(desk, chance, by, person, course.number, today)
        if course.number % 4 == 0:
            state = TaskState.DONE if course.number % 12 == 0 else TaskState.OPEN
            casework.add_task(
                by=by,
                individual=person,
                title=f"{chance.choice(('Call', 'Visit', 'Write to'))} the family",
                due_on=today + timedelta(days=chance.randrange(-30, 30)),
                assigned_to=desk.users[Role.CASEWORKER],
                state=state,
            )
        if course.number % 5 == 0:
            casework.write_note(
                by=by, individual=person, text=f"{INVENTED} Spoke on the telephone."
            )


def _help(
    desk: Desk, chance: Random, by: Any, person: Individual, number: int, today: date
) -> None:
    stage = AssistanceStage.values[number % len(AssistanceStage.values)]
    kind = chance.choice(AssistanceKind.values)
    is_payment = kind in {AssistanceKind.PAYMENT, AssistanceKind.COMPENSATION}
    assistance.record(
        by=by,
        individual=person,
        kind=kind,
        stage=stage,
        provider=desk.body if stage in _PROMISED else None,
        due_edtf=f"{today + timedelta(days=chance.randrange(-60, 60))}",
        amount=chance.randrange(10, 100) * 1000 if is_payment else None,
        currency="RUB" if is_payment else "",
        remarks=INVENTED,
    )
