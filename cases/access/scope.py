"""Which rows of a model an actor reaches, declared once on the model."""

from dataclasses import dataclass
from enum import Enum

from django.db.models import Q

from cases.access.actor import Actor, Anonymous, AnyActor, System
from cases.access.roles import Act, Reach
from cases.vocabulary.individuals import CaseSensitivity

NOTHING = Q(pk__in=[])
EVERYTHING = Q()


class Kind(Enum):
    """How rows are tied to their readers."""

    SHARED = "shared"
    CASE = "case"
    ACCOUNT = "account"
    TRAIL = "trail"


@dataclass(frozen=True)
class Scope:
    """How a row is tied to whoever may reach it.

    ``published`` names the flag that makes a row readable by all signed-in actors. ``person`` is
    the look-up path to the individual a row is about: "" on the individual itself. ``others``
    are links to further people: whoever may not see them does not see that there is a tie.
    """

    kind: Kind
    published: str | None = None
    person: str | None = None
    is_person_optional: bool = False
    others: tuple[str, ...] = ()

    def rows(self, actor: AnyActor) -> Q:
        if isinstance(actor, System):
            return EVERYTHING
        if isinstance(actor, Anonymous):
            return NOTHING
        return _ROWS[self.kind](self, actor)


SHARED = Scope(Kind.SHARED)
ACCOUNT = Scope(Kind.ACCOUNT)
TRAIL = Scope(Kind.TRAIL)
ORGANISATION = Scope(Kind.CASE)
PERSON = Scope(Kind.CASE, person="")
OF_PERSON = Scope(Kind.CASE, person="individual__")
OF_TWO = Scope(Kind.CASE, person="individual__", others=("relative", "contact"))
OF_PERSON_IF_ANY = Scope(Kind.CASE, person="individual__", is_person_optional=True)


def publishable(flag: str) -> Scope:
    """Declare rows of an organisation that ``flag`` opens to all signed-in actors."""
    return Scope(Kind.CASE, published=flag)


def _shared(_scope: Scope, actor: Actor) -> Q:
    return EVERYTHING if actor.may(Act.READ_EVIDENCE) else NOTHING


def _case(scope: Scope, actor: Actor) -> Q:
    rows = _own(scope, actor) & _cleared(scope, actor)
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
    recorded = Q(recorded_by=actor.user_id)
    if scope.person:
        recorded |= Q(**{f"{scope.person}recorded_by": actor.user_id})
    return recorded


def _cleared(scope: Scope, actor: Actor) -> Q:
    if scope.person is None or actor.is_cleared_for_restricted:
        return EVERYTHING
    standard = Q(**{f"{scope.person}sensitivity": CaseSensitivity.STANDARD})
    if scope.is_person_optional:
        standard |= Q(**{f"{scope.person}isnull": True})
    for other in scope.others:
        is_standard = Q(**{f"{other}__sensitivity": CaseSensitivity.STANDARD})
        standard &= is_standard | Q(**{f"{other}__isnull": True})
    return standard


def _account(_scope: Scope, actor: Actor) -> Q:
    return Q(organisation=actor.organisation_id)


def _trail(_scope: Scope, actor: Actor) -> Q:
    if actor.may(Act.READ_TRAIL):
        return Q(organisation_id=actor.organisation_id)
    return NOTHING


_ROWS = {Kind.SHARED: _shared, Kind.CASE: _case, Kind.ACCOUNT: _account, Kind.TRAIL: _trail}
