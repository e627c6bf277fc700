"""The way of a batch as its page draws it: places in order, with what happens on the way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

from django.utils.translation import gettext as _, gettext_lazy

from cases.models import Route, RouteLeg
from cases.vocabulary.routes import LegMode

_MODES = {
    LegMode.ROAD: gettext_lazy("by road"),
    LegMode.RAIL: gettext_lazy("by rail"),
    LegMode.AIR: gettext_lazy("by air"),
    LegMode.FOOT: gettext_lazy("on foot"),
    LegMode.UNKNOWN: "",
}


@dataclass(frozen=True)
class Stop:
    """A place on the way, how it is reached and what happens there."""

    place: str
    role: str
    mode: str
    border: str
    kind: str

    @property
    def way(self) -> str:
        """Say how the place is reached."""
        if not self.border:
            return self.mode
        if not self.mode:
            return _("across %(border)s") % {"border": self.border}
        return _("%(mode)s, across %(border)s") % {"mode": self.mode, "border": self.border}

    @property
    def in_words(self) -> str:
        given = {"way": self.way, "place": self.place, "role": self.role.lower()}
        if self.way:
            return _("%(way)s to %(place)s (%(role)s)") % given
        return _("to %(place)s (%(role)s)") % given


def stops_of(route: Route | None) -> list[Stop]:
    """List the places of a route, the start first."""
    if route is None:
        return []
    legs = list(route.legs.prefetch_related("from_place", "to_place", "border_point"))
    legs.sort(key=lambda leg: leg.number)
    return list(_stops(legs))


def in_words(stops: Sequence[Stop]) -> str:
    """Say the whole way in one sentence, for who does not see the line."""
    if not stops:
        return ""
    onward = reduce(_then, (stop.in_words for stop in stops[1:]))
    return _("From %(place)s %(onward)s.") % {"place": stops[0].place, "onward": onward}


def _then(before: str, after: str) -> str:
    return _("%(before)s; then %(after)s") % {"before": before, "after": after}


def _stops(legs: Sequence[RouteLeg]) -> Iterable[Stop]:
    for number, leg in enumerate(legs):
        if number == 0:
            yield Stop(str(leg.from_place), _("Start"), "", "", "start")
        mode = str(_MODES[LegMode(leg.mode)])
        border = str(leg.border_point or "")
        role = leg.get_far_end_role_display()
        yield Stop(str(leg.to_place), role, mode, border, leg.far_end_role)
