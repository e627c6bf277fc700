"""Invented batches: announced, moved on, filled with invented people; claims held against them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from cases import clock
from cases.access.actor import AnyActor
from cases.access.gate import acting_as
from cases.actions import batches, bodies, counts, reports
from cases.exchange.invented import Desk
from cases.exchange.invented_people import INVENTED
from cases.models import (
    Body,
    Individual,
    Organisation,
    Population,
    RepatriationBatch,
    Route,
    Statement,
)
from cases.rules.status import BACK_IN_COUNTRY
from cases.vocabulary.batches import BatchKind, BatchStatus, MediationRole, Presence, RosterPolicy
from cases.vocabulary.bodies import BodyKind
from cases.vocabulary.counts import Measure, PopulationCategory, Qualifier
from cases.vocabulary.individuals import AgeClass
from cases.vocabulary.organisations import Role
from cases.vocabulary.reports import Attribution, Channel

S = BatchStatus
OFFICE = "Invented Registry Office (demonstration)"


@dataclass(frozen=True)
class Plan:
    """How far a batch goes, how many it holds, how many of them are unnamed, what is claimed."""

    steps: tuple[str, ...]
    bound: int
    unnamed: int
    claimed: int | None


_HOME = (S.AGREED, S.SCHEDULED, S.DEPARTED, S.IN_TRANSIT, S.HANDED_OVER, S.ARRIVED)
PLANS = (
    Plan((*_HOME, S.RECONCILED, S.CLOSED), 12, 0, 12),
    Plan((*_HOME, S.RECONCILED), 6, 2, 8),
    Plan(_HOME, 9, 0, 11),
    Plan(_HOME, 5, 1, 5),
    Plan((S.AGREED, S.SCHEDULED, S.DEPARTED, S.PARTIALLY_ARRIVED), 7, 0, None),
    Plan((S.AGREED, S.SCHEDULED, S.DEPARTED, S.IN_TRANSIT), 4, 2, None),
    Plan((S.AGREED, S.SCHEDULED), 0, 10, None),
    Plan((S.POSTPONED,), 0, 4, None),
    Plan((S.AGREED, S.SCHEDULED, S.FAILED), 0, 5, None),
    Plan((), 0, 6, None),
)


def invented_office(by: AnyActor, organisation: Organisation) -> Body:
    """Record the office that promises and vouches in the demonstration."""
    return bodies.add_mediating(
        by=by,
        organisation=organisation,
        name=OFFICE,
        kind=BodyKind.GOVERNMENT_OFFICE,
    )


def invented_word(by: AnyActor, organisation: Organisation, office: Body) -> Statement:
    """Record what the office says; headcounts and deaths of the demonstration rest on it."""
    return reports.make_statement(
        by=by,
        organisation=organisation,
        code=f"invented-{organisation.key}",
        attribution=Attribution.NAMED,
        channel=Channel.LETTER,
        summary=f"{INVENTED} The office gives headcounts of invented batches.",
        speakers=[{"body": office}],
    )


def invented_population(by: AnyActor, organisation: Organisation) -> Population:
    """Define whom invented headcounts count: out of scope, so that no page mixes them with ours."""
    return counts.define_population(
        by=by,
        organisation=organisation,
        code=f"invented-{organisation.key}",
        title=f"Invented people of {organisation.name}",
        definition=f"{INVENTED} Nobody of them ever lived.",
        category=PopulationCategory.RETURNED,
        in_scope=False,
    )


def record_batches(
    desk: Desk, population: Population, people: Sequence[Individual], chance: Random
) -> None:
    """Record a batch in each stage of life, filled with those who are back in the country."""
    route = Route.objects.order_by("code").first()
    seen = desk.actor(Role.SUPERVISOR)
    back = [person for person in people if person.return_status in BACK_IN_COUNTRY]
    with acting_as(seen) as by:
        for number, plan in enumerate(PLANS, start=1):
            leaves = clock.today() - timedelta(days=40 * (len(PLANS) - number) + 25)
            batch = _announce(by, desk, number, route, chance)
            for _ in range(plan.bound):
                _fill(by, batch, back.pop())
            for _ in range(plan.unnamed):
                batches.add_slot(by=by, batch=batch)
            if plan.claimed is not None:
                _claim(by, desk, population, batch, plan.claimed, leaves)
            _move(by, batch, plan, leaves)


def _announce(
    by: Any, desk: Desk, number: int, route: Route | None, chance: Random
) -> RepatriationBatch:
    batch = batches.announce(
        by=by,
        code=f"INVENTED-{number:02d}",
        title=f"Invented batch {number}",
        kind=chance.choice(BatchKind.values),
        route=route,
        receiving_body=desk.body,
        destination=desk.places[0],
        roster_policy=RosterPolicy.NAMES_KNOWN,
        remarks=INVENTED,
    )
    batches.credit(
        by=by,
        body=desk.body,
        batch=batch,
        role=MediationRole.FACILITATOR,
        statement=desk.record,
    )
    return batch


def _fill(by: Any, batch: RepatriationBatch, person: Individual) -> None:
    adults_born_before = clock.today().year - 18
    is_child = int(person.birth_edtf[:4]) > adults_born_before
    batches.add_slot(
        by=by,
        batch=batch,
        individual=person,
        age_class=AgeClass.CHILD if is_child else AgeClass.ADULT,
        sex=person.sex,
        presence=Presence.ARRIVED,
    )


def _claim(
    by: Any,
    desk: Desk,
    population: Population,
    batch: RepatriationBatch,
    people: int,
    arrived: date,
) -> None:
    counts.report(
        by=by,
        statement=desk.record,
        population=population,
        batch=batch,
        measure=Measure.FLOW_OF_EVENT,
        stated_value=people,
        stated_text=str(people),
        qualifier=Qualifier.EXACT,
        as_of_edtf=f"{arrived}",
    )


def _move(by: Any, batch: RepatriationBatch, plan: Plan, leaves: date) -> None:
    for number, step in enumerate(plan.steps):
        day = leaves + timedelta(days=min(number, 20))
        batches.move(batch, by=by, version=None, to_status=step, occurred_edtf=f"{day}")
    if S.DEPARTED in plan.steps:
        is_there = bool({S.ARRIVED, S.PARTIALLY_ARRIVED} & set(plan.steps))
        arrived = f"{leaves + timedelta(days=5)}" if is_there else ""
        batches.amend(batch, by=by, version=None, departed_edtf=f"{leaves}", arrived_edtf=arrived)
