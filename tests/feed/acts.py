"""Acts at random, by both organisations: what a feed must tell of."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError

from cases import clock
from cases.access.gate import Actor, System, acting_as
from cases.actions import (
    anonymising,
    assistance,
    batches,
    bodies,
    casework,
    changes,
    consents,
    duplicates,
    grants,
    individuals,
    merges,
    organisations,
    places,
    referrals,
    status,
    tracing,
    tracing_steps,
)
from cases.actions.recording import Conflict
from cases.models import (
    BatchSlot,
    Consent,
    Contact,
    Grant,
    Individual,
    IndividualName,
    Merge,
    Organisation,
    Place,
    Referral,
    RepatriationBatch,
    Task,
    TracingRequest,
    User,
)
from cases.vocabulary.organisations import Role

REFUSALS = (ValidationError, PermissionDenied, Conflict)


@dataclass
class World:
    """Who writes, what the time is, and how it is all drawn."""

    random: Random
    writers: list[User]
    moment: datetime
    done: dict[str, int] = field(default_factory=dict)

    def act(self) -> None:
        """Do one act; one that is refused has written nothing."""
        self.moment += timedelta(minutes=self.random.choice([1, 1, 1, 60, 60 * 24 * 3]))
        act = self.random.choice(ACTS)
        by = Actor.of(self.random.choice(self.writers))
        with clock.fixed(self.moment), acting_as(by), suppress(*REFUSALS):
            if act(self, by) is not None:
                self.done[act.__name__] = self.done.get(act.__name__, 0) + 1

    def one(self, model: Any, **which: Any) -> Any:
        """Draw a row that the writer sees.

        :raises ValidationError: where there is none.
        """
        keys = sorted(model.objects.filter(**which).values_list("pk", flat=True))
        if not keys:
            raise ValidationError("There is none.")
        return model.objects.get(pk=self.random.choice(keys))

    def other(self, by: Actor) -> Organisation:
        found: Organisation = self.random.choice(
            list(Organisation.objects.exclude(pk=by.organisation_id).order_by("key"))
        )
        return found


def register(world: World, by: Actor) -> Any:
    names = [{"text": f"Anna {world.random.random()}", "language_tag": "ru-Latn"}]
    harm = world.random.choice(["standard", "standard", "restricted"])
    return individuals.register(by=by, names=names, sensitivity=harm, sex="unknown")


def hurry(world: World, by: Actor) -> Any:
    priority = world.random.choice(["routine", "high", "urgent"])
    return individuals.amend(world.one(Individual), by=by, version=None, priority=priority)


def guard(world: World, by: Actor) -> Any:
    harm = world.random.choice(["standard", "standard", "restricted"])
    return individuals.amend(world.one(Individual), by=by, version=None, sensitivity=harm)


def name(world: World, by: Actor) -> Any:
    text = f"Oleg {world.random.random()}"
    person = world.one(Individual)
    return individuals.add_name(by=by, individual=person, text=text, language_tag="uk-Latn")


def rename(world: World, by: Actor) -> Any:
    text = f"Olga {world.random.random()}"
    return individuals.amend_name(world.one(IndividualName), by=by, version=None, text=text)


def tie(world: World, by: Actor) -> Any:
    whom: dict[str, Any] = {"relative": world.one(Individual)}
    if world.random.random() < 0.5:
        reference = f"c{world.random.random()}"[:12]
        whom = {"contact": individuals.add_contact(by=by, reference=reference, name="Maria")}
    person = world.one(Individual)
    return individuals.link_family(by=by, individual=person, tie="sibling", **whom)


def step(world: World, by: Actor) -> Any:
    to_status = world.random.choice(["unaccounted_for", "located_held", "listed_for_return"])
    person = world.one(Individual)
    return status.record(by=by, individual=person, to_status=to_status, observation="Seen.")


def help_(world: World, by: Actor) -> Any:
    person = world.one(Individual)
    return assistance.record(by=by, individual=person, kind="medical", stage="needed")


def note(world: World, by: Actor) -> Any:
    return casework.write_note(by=by, individual=world.one(Individual), text="Called.")


def task(world: World, by: Actor) -> Any:
    return casework.add_task(by=by, individual=world.one(Individual), title="Call")


def finish(world: World, by: Actor) -> Any:
    return casework.finish(world.one(Task), by=by, version=None)


def agree(world: World, by: Actor) -> Any:
    return consents.record(
        by=by, individual=world.one(Individual), purpose="share_organisation",
        legal_basis="consent", given_edtf="2024-08", given_by="person",
        notice_version="2", notice_language="ru",
    )  # fmt: skip


def disagree(world: World, by: Actor) -> Any:
    return consents.withdraw(world.one(Consent), by=by, version=None, withdrawn_by="person")


def share(world: World, by: Actor) -> Any:
    person = world.one(Individual, organisation=by.organisation_id)
    if not Consent.objects.filter(individual=person).exists():
        agree_on(person, by)
    return grants.give(
        by=by, individual=person, recipient=world.other(by),
        level=world.random.choice(["operational", "identifying", "protected"]),
        expires_at=clock.now() + timedelta(days=world.random.choice([1, 5, 150])),
        legal_basis="consent", purpose="medical",
    )  # fmt: skip


def agree_on(person: Individual, by: Actor) -> Any:
    return consents.record(
        by=by, individual=person, purpose="share_organisation", legal_basis="consent",
        given_edtf="2024-08", given_by="person", notice_version="2", notice_language="ru",
    )  # fmt: skip


def unshare(world: World, by: Actor) -> Any:
    return grants.revoke(world.one(Grant), by=by, version=None)


def exclude(world: World, by: Actor) -> Any:
    return consents.exclude(by=by, individual=world.one(Individual), excluded=world.other(by))


def refer(world: World, by: Actor) -> Any:
    person = world.one(Individual, organisation=by.organisation_id)
    agree_on(person, by)
    kind, given = "transfer", dict[str, Any]()
    if world.random.random() < 0.5:
        until = clock.now() + timedelta(days=30)
        kind, given = "referral", {"level": "protected", "grant_ends_at": until}
    return referrals.request(
        by=by, individual=person, recipient=world.other(by), kind=kind, purpose="medical",
        answer_by=clock.now() + timedelta(days=7), reason="A surgeon is needed.", **given,
    )  # fmt: skip


def accept(world: World, by: Actor) -> Any:
    asked = world.one(Referral, recipient=by.organisation_id, state="requested")
    return referrals.accept(asked, by=by, version=None)


def announce(world: World, by: Actor) -> Any:
    return batches.announce(
        by=by, slots=2, code=f"b{world.random.random()}"[:15], kind="negotiated",
        title="Return", status=world.random.choice(["proposed", "arrived"]),
    )  # fmt: skip


def publish(world: World, by: Actor) -> Any:
    batch = world.one(RepatriationBatch, organisation=by.organisation_id)
    return batches.amend(batch, by=by, version=None, is_published=not batch.is_published)


def move(world: World, by: Actor) -> Any:
    batch = world.one(RepatriationBatch, organisation=by.organisation_id)
    to_status = world.random.choice(
        ["agreed", "scheduled", "departed", "arrived", "cancelled", "postponed"]
    )
    return batches.move(batch, by=by, version=None, to_status=to_status)


def bind(world: World, by: Actor) -> Any:
    slot = world.one(BatchSlot, organisation=by.organisation_id)
    if slot.individual_id is not None:
        return batches.unbind(slot, by=by, version=None)
    return batches.bind(slot, by=by, version=None, individual=world.one(Individual))


def merge(world: World, by: Actor) -> Any:
    kept, duplicate = world.one(Individual), world.one(Individual)
    return merges.merge(kept, by=by, version=None, duplicate=duplicate, reason="One passport.")


def unmerge(world: World, by: Actor) -> Any:
    return merges.undo(world.one(Merge), by=by, version=None, reason="Two people.")


def decide(world: World, by: Actor) -> Any:
    one, other = world.one(Individual), world.one(Individual)
    return duplicates.decide(one, by=by, other=other, verdict="same")


def look_for(world: World, by: Actor) -> Any:
    person = world.one(Individual, organisation=by.organisation_id)
    asking = world.one(Contact)
    return tracing.take_in(by=by, enquirer=asking, individual=person, asked_edtf="2024-08")


def find(world: World, by: Actor) -> Any:
    to_state = world.random.choice(["in_progress", "found"])
    return tracing_steps.move(world.one(TracingRequest), by=by, version=None, to_state=to_state)


def forget(world: World, by: Actor) -> Any:
    if world.random.random() < 0.85:
        return None
    person = world.one(Individual, organisation=by.organisation_id)
    with acting_as(System("tests")) as system:
        anonymising.anonymise(person, by=system)
    return person


def settle_place(world: World, by: Actor) -> Any:
    return places.add(by=by, kind="settlement", name=f"Village {world.random.random()}")


def rename_place(world: World, by: Actor) -> Any:
    return places.amend(world.one(Place), by=by, version=None, name=f"V {world.random.random()}")


def body(world: World, by: Actor) -> Any:
    return bodies.add(by=by, name=f"Body {world.random.random()}", kind="society")


def hire(world: World, by: Actor) -> Any:
    with acting_as(System("tests")) as system:
        keeper = Organisation.objects.get(pk=by.organisation_id)
        email = f"u{world.random.random()}@example.org"
        return organisations.add_user(
            by=system, password=None, organisation=keeper, email=email, role=Role.PARTNER
        )


def note_ends(_world: World, _by: Actor) -> Any:
    with acting_as(System("tests")) as system:
        return changes.note_ended_grants(by=system) or None


ACTS: list[Callable[[World, Actor], Any]] = [
    register, register, hurry, guard, name, rename, tie, step, help_, note, task, finish, agree,
    disagree, share, share, share, unshare, exclude, refer, accept, accept, announce, publish,
    publish, move, bind, bind, merge, unmerge, decide, look_for, find, forget, settle_place,
    rename_place, body, hire, note_ends,
]  # fmt: skip
