"""The map of ways home: countries, stops and legs in whole pixels, with no tiles from anywhere."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import cos, hypot, radians
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from cases.queries.ways import Stop
from cases.vocabulary.routes import FarEndRole

_FILE = Path(__file__).with_name("boundaries.json")
_LANGUAGES = ("en", "ru", "uk")
_THINNEST, _THICKEST, _BEND, _SHORTEST, _SMALL, _EDGE = 3, 10, 0.16, 40, 700, 45
Point = tuple[float, float]


@dataclass(frozen=True)
class Land:
    """One country: its outline, and where its name stands."""

    outline: str
    name: str
    x: int
    y: int
    is_named: bool
    is_on_a_way: bool


@dataclass(frozen=True)
class Leg:
    """A leg on paper; ``batches`` took it."""

    path: str
    width: int
    title: str
    batches: int
    x: int
    y: int


@dataclass(frozen=True)
class Dot:
    """A stop on paper; a hollow one is somewhere in its country."""

    x: int
    y: int
    name: str
    kind: str
    is_rough: bool


@dataclass(frozen=True)
class Map:
    """All geometry of one map."""

    key: str
    width: int
    height: int
    lands: tuple[Land, ...]
    legs: tuple[Leg, ...]
    dots: tuple[Dot, ...]


def origin() -> str:
    """Say where the boundaries are from."""
    return str(_boundaries()["origin"])


def draw(key: str, ways: Sequence[tuple[Sequence[Stop], int]], *, width: int) -> Map:
    """Draw ways, each with how many batches took it."""
    paper = _Paper.of(width)
    dots: dict[Point, Dot] = {}
    counted: dict[tuple[Point, Point], tuple[int, str]] = {}
    for stops, batches in ways:
        points = [paper.place(stop) for stop in stops]
        for number, (stop, point) in enumerate(zip(stops, points, strict=True)):
            if point is not None:
                kind = "origin" if number == 0 else str(stop.role or FarEndRole.TRANSIT)
                is_rough = stop.latitude is None or bool(stop.placed_by)
                name = stop.name if stop.latitude is not None else stop.country_name
                dots.setdefault(point, Dot(*_whole(point), name, kind, is_rough))
        for number, (start, end) in enumerate(pairwise(points)):
            if start is not None and end is not None and start != end:
                title = f"{stops[number].name} → {stops[number + 1].name}"
                before = counted.get((start, end), (0, title))[0]
                counted[start, end] = (before + batches, title)
    met = {stop.country for stops, _batches in ways for stop in stops}
    return Map(
        key=key,
        width=width,
        height=paper.height,
        lands=paper.lands(met),
        legs=tuple(_leg(start, end, *told) for (start, end), told in counted.items()),
        dots=tuple(dots.values()),
    )


@dataclass(frozen=True)
class _Paper:
    window: tuple[float, float, float, float]
    across: float
    up: float
    height: int

    @classmethod
    def of(cls, width: int) -> "_Paper":
        west, south, east, north = _boundaries()["window"]
        across = width / (east - west)
        up = across / cos(radians((south + north) / 2))
        return cls((west, south, east, north), across, up, round(up * (north - south)))

    def at(self, longitude: float, latitude: float) -> Point:
        west, _south, _east, north = self.window
        return (longitude - west) * self.across, (north - latitude) * self.up

    def holds(self, longitude: float, latitude: float) -> bool:
        west, south, east, north = self.window
        return west < longitude < east and south < latitude < north

    def is_roomy(self, x: int) -> bool:
        """Say whether a name fits at ``x``: not on small maps, nor cut off at an edge."""
        width = self.across * (self.window[2] - self.window[0])
        return width > _SMALL and _EDGE < x < width - _EDGE

    def place(self, stop: Stop) -> Point | None:
        """Put a stop where it lies, else where the name of its country stands, else nowhere."""
        if stop.latitude is not None and stop.longitude is not None:
            spot = (stop.longitude, stop.latitude)
        elif stop.country in _boundaries()["countries"]:
            spot = tuple(_boundaries()["countries"][stop.country]["label"])
        else:
            return None
        return self.at(*spot) if self.holds(*spot) else None

    def lands(self, met: set[str]) -> tuple[Land, ...]:
        language = (get_language() or "en")[:2]
        index = _LANGUAGES.index(language) if language in _LANGUAGES else 0
        found = []
        for code, country in _boundaries()["countries"].items():
            x, y = _whole(self.at(*country["label"]))
            found.append(
                Land(
                    outline="".join(self._outline(ring) for ring in country["rings"]),
                    name=country["names"][index],
                    x=x,
                    y=y,
                    is_named=self.is_roomy(x) and self.holds(*country["label"]),
                    is_on_a_way=code in met,
                )
            )
        return tuple(found)

    def _outline(self, ring: Sequence[Sequence[float]]) -> str:
        points = [_whole(self.at(*point)) for point in ring]
        thin = [points[0], *(b for a, b in pairwise(points) if a != b)]
        return "M" + "L".join(f"{x} {y}" for x, y in thin) + "Z"


def _leg(start: Point, end: Point, batches: int, title: str) -> Leg:
    """Bend a leg to its right, so that there and back are two lines."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = hypot(dx, dy)
    middle = (start[0] + dx / 2 - dy * _BEND, start[1] + dy / 2 + dx * _BEND)
    short = min(14 / length, 0.3) if length > _SHORTEST else 0.1
    tip = (end[0] - (end[0] - middle[0]) * short, end[1] - (end[1] - middle[1]) * short)
    points = [_whole(point) for point in (start, middle, tip)]
    path = "M{0[0]} {0[1]}Q{1[0]} {1[1]} {2[0]} {2[1]}".format(*points)
    x, y = _whole((start[0] + dx / 2 - dy * _BEND / 2, start[1] + dy / 2 + dx * _BEND / 2))
    return Leg(path, min(_THINNEST + batches // 2, _THICKEST), title, batches, x, y)


def _whole(point: Point) -> tuple[int, int]:
    return round(point[0]), round(point[1])


@cache
def _boundaries() -> Mapping[str, Any]:
    found: dict[str, Any] = json.loads(_FILE.read_text("utf-8"))
    return found
