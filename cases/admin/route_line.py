"""The way of a batch as its page draws it: places in order, with what happens on the way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cases.models import Route, RouteLeg
from cases.vocabulary.routes import LegMode

_MODES = {
    LegMode.ROAD: "by road",
    LegMode.RAIL: "by rail",
    LegMode.AIR: "by air",
    LegMode.FOOT: "on foot",
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
        across = f"across {self.border}" if self.border else ""
        return ", ".join(filter(None, (self.mode, across)))

    @property
    def in_words(self) -> str:
        said = f"{self.way} to {self.place}" if self.way else f"to {self.place}"
        return f"{said} ({self.role.lower()})"


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
    onward = "; then ".join(stop.in_words for stop in stops[1:])
    return f"From {stops[0].place} {onward}."


def _stops(legs: Sequence[RouteLeg]) -> Iterable[Stop]:
    for number, leg in enumerate(legs):
        if number == 0:
            yield Stop(str(leg.from_place), "Start", "", "", "start")
        mode = _MODES[LegMode(leg.mode)]
        border = str(leg.border_point or "")
        role = leg.get_far_end_role_display()
        yield Stop(str(leg.to_place), role, mode, border, leg.far_end_role)
