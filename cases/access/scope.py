"""Which rows of a model an actor reaches, declared once on the model."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db.models import Q

from cases.access.actor import Actor, Anonymous, AnyActor, System
from cases.access.roles import Act, Reach
from cases.access.sensitivity import OPEN, Sensitivity
from cases.vocabulary.individuals import CaseSensitivity

NOTHING = Q(pk__in=[])
EVERYTHING = Q()

Shared = Callable[[Actor, Sensitivity], Any]
"""Gives the ids of the people that live grants open to an actor, at least up to a class."""


class Kind(Enum):
    """How rows are tied to their readers."""

    SHARED = "shared"
    CASE = "case"
    GRANT = "grant"
    ACCOUNT = "account"
    TRAIL = "trail"
    SYSTEM = "system"
    FEED = "feed"
    OWN = "own"
    FROZEN = "frozen"


@dataclass(frozen=True)
class Moving:
    """Rows that tell of a movement: while ``path`` is one of ``values``, the cell's alone."""

    path: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Scope:
    """How a row is tied to whoever may reach it.

    ``published`` names the flag that makes a row readable by all signed-in actors. ``person`` is
    the look-up path to the individual a row is about: "" on the individual itself. ``others``
    are links to further people: whoever may not see them does not see that there is a tie.
    ``is_granted`` says that a grant on the person opens the row; ``moving`` that the row itself
    is withheld from all but the movement cell.
    """

    kind: Kind
    published: str | None = None
    person: str | None = None
    is_person_optional: bool = False
    others: tuple[str, ...] = ()
    is_granted: bool = False
    moving: Moving | None = None
    keeper: str = "organisation"
    """The path to the organisation that keeps a row and alone writes it."""
    never: frozenset[str] = frozenset()
    """Statements that nobody uses on its table, not even the system."""
    is_derived: bool = False
    """The system works its rows out of a person's: nobody recorded them, and no user writes."""

    @property
    def person_key(self) -> str:
        """The column that holds the id of the person a row is about."""
        return f"{self.person}id".replace("__", "_")

    def rows(self, actor: AnyActor, shared: Shared | None = None) -> Q:
        """Say which rows ``actor`` reaches; without ``shared``, those that no grant opens."""
        if isinstance(actor, System):
            return EVERYTHING
        if isinstance(actor, Anonymous):
            return NOTHING
        return _ROWS[self.kind](self, actor, shared)

    def kept(self, actor: AnyActor) -> Q:
        """Say which rows ``actor`` may write, whatever the act: those of the own organisation.

        The actions are stricter. PostgreSQL holds to this what goes round them.
        """
        if isinstance(actor, System):
            return EVERYTHING
        if isinstance(actor, Anonymous):
            return NOTHING
        return _KEPT[self.kind](self, actor)

    def standard(self) -> Q:
        """Say which rows are for whoever is not cleared for restricted people."""
        if self.person is None:
            return EVERYTHING
        standard = Q(**{f"{self.person}sensitivity": CaseSensitivity.STANDARD})
        if self.is_person_optional:
            standard |= Q(**{f"{self.person}isnull": True})
        for other in self.others:
            is_standard = Q(**{f"{other}__sensitivity": CaseSensitivity.STANDARD})
            standard &= is_standard | Q(**{f"{other}__isnull": True})
        return standard

    def settled(self) -> Q:
        """Say which rows are for others than the movement cell too."""
        if self.moving is None:
            return EVERYTHING
        return ~Q(**{f"{self.moving.path}__in": self.moving.values})

    def granted(self, actor: Actor, shared: Shared, least: Sensitivity) -> Q:
        """Say which rows grants open to ``actor``, at least up to the class ``least``."""
        if not self.is_granted or actor.reach is Reach.NOTHING:
            return NOTHING
        path = self.person[:-2] if self.person else "pk"
        return Q(**{f"{path}__in": shared(actor, least)})


SHARED = Scope(Kind.SHARED)
ACCOUNT = Scope(Kind.ACCOUNT)
TRAIL = Scope(Kind.TRAIL, never=frozenset({"UPDATE", "DELETE"}))
TRAIL_HEAD = Scope(Kind.TRAIL, never=frozenset({"DELETE"}))
TRAIL_OF_KEYS = Scope(Kind.TRAIL)
ORGANISATIONS = Scope(Kind.SHARED, keeper="pk")
SYSTEM = Scope(Kind.SYSTEM)
"""Rows that guard the doors: no user reaches them, whatever the role; their own go by a query."""
FEED = Scope(Kind.FEED, never=frozenset({"UPDATE", "DELETE"}))
OWN = Scope(Kind.OWN)
"""Rows of one user alone: they keep them whatever their role, and nobody else reaches them."""
FROZEN = Scope(Kind.FROZEN, never=frozenset({"UPDATE"}))
"""What somebody who reads an organisation's figures has kept for all of it, and nobody changes."""
ORGANISATION = Scope(Kind.CASE)
PERSON = Scope(Kind.CASE, person="", is_granted=True)
CONTACT = Scope(Kind.CASE, person="")
OF_PERSON = Scope(Kind.CASE, person="individual__")
OF_SHARED_PERSON = Scope(Kind.CASE, person="individual__", is_granted=True)
FOUND_BY_NAME = Scope(Kind.CASE, person="individual__", is_granted=True, is_derived=True)
OF_TWO = Scope(Kind.CASE, person="individual__", others=("relative", "contact"))
OF_A_PAIR = Scope(Kind.CASE, person="first__", others=("second",))
FOUND_ALIKE = Scope(Kind.CASE, person="first__", others=("second",), is_derived=True)
OF_A_MERGE = Scope(Kind.CASE, person="individual__", others=("duplicate",))
OF_PERSON_IF_ANY = Scope(Kind.CASE, person="individual__", is_person_optional=True)
OF_SHARED_PERSON_IF_ANY = Scope(
    Kind.CASE, person="individual__", is_person_optional=True, is_granted=True
)
GRANT = Scope(Kind.GRANT, person="individual__")
TRACING = Scope(Kind.CASE, person="", others=("individual",))
OF_TRACING = Scope(Kind.CASE, person="request__", others=("request__individual",))
TRACED = Scope(Kind.CASE, person="request__", others=("request__individual", "individual"))
"""Requests to look for somebody, and what hangs on one: not for whoever may not see the request,
be it for itself or for the person that it leads to."""


def publishable(flag: str, moving: Moving | None = None) -> Scope:
    """Declare rows of an organisation that ``flag`` opens to all signed-in actors."""
    return Scope(Kind.CASE, published=flag, moving=moving)


def _shared(_scope: Scope, actor: Actor, _grants: Shared | None) -> Q:
    return EVERYTHING if actor.may(Act.READ_EVIDENCE) else NOTHING


def _case(scope: Scope, actor: Actor, shared: Shared | None) -> Q:
    rows = _own(scope, actor)
    if shared is not None and scope.is_granted:
        rows |= scope.granted(actor, shared, OPEN)
    rows &= _cleared(scope, actor) & _settled(scope, actor)
    if scope.published is None:
        return rows
    return rows | Q(**{scope.published: True})


def _own(scope: Scope, actor: Actor) -> Q:
    if actor.reach is Reach.ORGANISATION:
        return Q(organisation=actor.organisation_id)
    if actor.reach is Reach.INTAKE:
        return Q(organisation=actor.organisation_id) & _recorded_by(scope, actor)
    return NOTHING


def _recorded_by(scope: Scope, actor: Actor) -> Q:
    """Say which rows are one's intake: what one recorded, and on its people what a grant opens."""
    recorded = NOTHING if scope.is_derived else Q(recorded_by=actor.user_id)
    if scope.person and scope.is_granted:
        recorded |= Q(**{f"{scope.person}recorded_by": actor.user_id})
    return recorded


def _cleared(scope: Scope, actor: Actor) -> Q:
    return EVERYTHING if actor.is_cleared_for_restricted else scope.standard()


def _settled(scope: Scope, actor: Actor) -> Q:
    return EVERYTHING if actor.clearance >= Sensitivity.CRITICAL else scope.settled()


def _grant(scope: Scope, actor: Actor, _shared: Shared | None) -> Q:
    """Both sides of a grant see it, ended or not: the giver's rows and those given to it."""
    if actor.reach is Reach.NOTHING:
        return NOTHING
    rows = _own(scope, actor) | Q(recipient=actor.organisation_id)
    return rows & _cleared(scope, actor)


def _account(_scope: Scope, actor: Actor, _grants: Shared | None) -> Q:
    return Q(organisation=actor.organisation_id)


def _trail(_scope: Scope, actor: Actor, _grants: Shared | None) -> Q:
    if actor.may(Act.READ_TRAIL):
        return Q(organisation_id=actor.organisation_id)
    return NOTHING


def _system(_scope: Scope, _actor: Actor, _grants: Shared | None) -> Q:
    return NOTHING


def _feed(_scope: Scope, actor: Actor, shared: Shared | None) -> Q:
    """Ask of an entry of the feed what the scope of its row asked, as it was noted then.

    What is gone was noted for whoever could see it: a grant of today opens none of it.
    """
    rows = Q(organisation_id=actor.organisation_id)
    if actor.reach is Reach.INTAKE:
        rows &= Q(recorded_by_id=actor.user_id) | Q(taken_in_by_id=actor.user_id)
    if actor.reach is Reach.NOTHING:
        rows = NOTHING
    else:
        rows |= Q(recipient_id=actor.organisation_id)
        if shared is not None:
            rows |= Q(person_id__in=shared(actor, OPEN))
    if not actor.is_cleared_for_restricted:
        rows &= Q(is_restricted=False)
    if actor.clearance < Sensitivity.CRITICAL:
        rows &= Q(is_moving=False)
    if actor.may(Act.READ_USERS):
        rows |= Q(model="user", organisation_id=actor.organisation_id)
    return rows | Q(is_published=True)


def _one(_scope: Scope, actor: Actor, _grants: Shared | None) -> Q:
    return Q(recorded_by=actor.user_id)


def _frozen(scope: Scope, actor: Actor, _grants: Shared | None) -> Q:
    if actor.reach is not Reach.ORGANISATION:
        return NOTHING
    return Q(**{scope.keeper: actor.organisation_id})


_ROWS = {
    Kind.FEED: _feed,
    Kind.OWN: _one,
    Kind.FROZEN: _frozen,
    Kind.SHARED: _shared,
    Kind.CASE: _case,
    Kind.GRANT: _grant,
    Kind.ACCOUNT: _account,
    Kind.TRAIL: _trail,
    Kind.SYSTEM: _system,
}


def _kept_shared(scope: Scope, actor: Actor) -> Q:
    if not actor.writes:
        return NOTHING
    return Q(**{scope.keeper: actor.organisation_id})


def _kept_case(scope: Scope, actor: Actor) -> Q:
    if scope.is_derived:
        return NOTHING
    rows = Q(**{scope.keeper: actor.organisation_id})
    if actor.writes and actor.reach is Reach.ORGANISATION:
        return rows
    if actor.writes and actor.reach is Reach.INTAKE:
        return rows & Q(recorded_by=actor.user_id)
    return NOTHING


def _kept_account(scope: Scope, actor: Actor) -> Q:
    if actor.may(Act.KEEP_USERS):
        return Q(**{scope.keeper: actor.organisation_id})
    return Q(pk=actor.user_id)  # the own password


def _kept_by_system(_scope: Scope, _actor: Actor) -> Q:
    return NOTHING


def _kept_by_one(scope: Scope, actor: Actor) -> Q:
    return Q(**{scope.keeper: actor.organisation_id}) & Q(recorded_by=actor.user_id)


def _kept_frozen(scope: Scope, actor: Actor) -> Q:
    if actor.reach is not Reach.ORGANISATION:
        return NOTHING
    return _kept_by_one(scope, actor)


_KEPT = {
    Kind.FEED: _kept_by_system,
    Kind.OWN: _kept_by_one,
    Kind.FROZEN: _kept_frozen,
    Kind.SHARED: _kept_shared,
    Kind.CASE: _kept_case,
    Kind.GRANT: _kept_case,
    Kind.ACCOUNT: _kept_account,
    Kind.TRAIL: _kept_by_system,
    Kind.SYSTEM: _kept_by_system,
}
