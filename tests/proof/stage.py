"""The stage of the proofs: two organisations with a row of everything, and who looks at them."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.test import Client
from factory.declarations import LazyFunction
from knox.models import AuthToken
from rest_framework.test import APIClient

from cases.access.gate import System, acting_as
from cases.models import AuditEntry, BatchStep, Body, Individual, Organisation, User
from cases.vocabulary.organisations import Role
from tests.architecture.test_every_model_has_a_factory import FACTORIES
from tests.factories import (
    AssistanceFactory,
    GrantFactory,
    IndividualFactory,
    IndividualNameFactory,
    OrganisationFactory,
    StatusEventFactory,
    UserFactory,
)

SONG = "cnry"
SONG_LENGTH = 30


def sing() -> str:
    """Give a canary: a string that stands nowhere else; see ``canaries.py``."""
    return f"{SONG}{uuid4().hex}"[:SONG_LENGTH]


KEPT = [model for model in FACTORIES if not model._meta.proxy and model is not User]
GRANTED = {
    IndividualNameFactory: "individual",
    StatusEventFactory: "individual",
    AssistanceFactory: "individual",
}
LEVEL = "identifying"
POSITIONS = ("own", "granted", "foreign", "random")
TRAITS: dict[Any, dict[str, Any]] = {
    # Out of the way of those that the proofs themselves cause, and with a canary: see there.
    AuditEntry: {"number": 1_000_000, "reason": LazyFunction(sing)},
    Body: {"mediating": True},
    BatchStep: {"batch__arrived": True},  # else it is the movement cell's
}


@dataclass(frozen=True)
class Onlooker:
    """One of the eight who look: a role, or nobody at all."""

    name: str
    role: Role | None
    flags: tuple[str, ...] = ()


ONLOOKERS = [
    *(Onlooker(role.value, role) for role in Role),
    Onlooker(
        "caseworker with every clearance",
        Role.CASEWORKER,
        ("is_movement_cell", "is_cleared_for_restricted"),
    ),
    Onlooker("nobody", None),
]


@dataclass
class Stage:
    """Whose rows are whose: ``own`` and ``foreign`` by model, ``granted`` of another's person."""

    ours: Organisation
    theirs: Organisation
    own: dict[Any, Any] = field(default_factory=dict)
    foreign: dict[Any, Any] = field(default_factory=dict)
    granted: dict[Any, Any] = field(default_factory=dict)
    user: User | None = None
    random: UUID = field(default_factory=uuid4)

    def row(self, model: Any, position: str) -> UUID:
        """Give the id of a row in a position; a random one where the model has none there."""
        if model is User:
            return self.user.pk if position == "own" and self.user else self.random
        rows = {"own": self.own, "foreign": self.foreign, "granted": self.granted}.get(position, {})
        found = rows.get(model._meta.concrete_model)
        return found.pk if found is not None else self.random


def kept_by(organisation: Organisation, recorder: User | None) -> dict[Any, Any]:
    """Make one row of each model, kept by ``organisation``."""
    givers: dict[str, Any] = {
        "organisation": lambda: organisation,
        "organisation_id": lambda: organisation.pk,
        "recorded_by": lambda: recorder,
        "principal": lambda: recorder or UserFactory(organisation=organisation),
        "user": lambda: recorder or UserFactory(organisation=organisation),
    }
    rows: dict[Any, Any] = {Organisation: organisation}
    for model in KEPT:
        if model is not Organisation:
            names = [column.name for column in model._meta.fields if column.name in givers]
            given = {name: givers[name]() for name in names}
            rows[model] = FACTORIES[model](**given, **TRAITS.get(model, {}))
    return rows


def set_up(onlooker: Onlooker) -> Stage:
    """Make the rows of both sides, and the onlooker on ours."""
    with acting_as(System("tests")):
        ours, theirs = OrganisationFactory(), OrganisationFactory(other=True)
        user = None
        if onlooker.role is not None:
            flags = dict.fromkeys(onlooker.flags, True)
            user = UserFactory(organisation=ours, role=onlooker.role, **flags)
        stage = Stage(ours, theirs, user=user)
        stage.own = kept_by(ours, user)
        stage.foreign = kept_by(theirs, None)
        person = IndividualFactory(organisation=theirs)
        GrantFactory(individual=person, recipient=ours, level=LEVEL)
        stage.granted = {Individual: person}
        for factory, link in GRANTED.items():
            stage.granted[factory._meta.model] = factory(**{link: person}, organisation=theirs)
    return stage


def api_for(user: User | None) -> APIClient:
    client = APIClient(raise_request_exception=False)
    if user is not None:
        _row, token = AuthToken.objects.create(user)
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
    return client


def browser_for(user: User | None) -> Client:
    client = Client(raise_request_exception=False)
    if user is not None:
        with acting_as(System("tests")):
            client.force_login(user)
    return client
